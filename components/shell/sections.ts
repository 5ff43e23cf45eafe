import { type LucideIcon, GitCompareArrows, LayoutGrid, ListTree, ScrollText, Settings } from 'lucide-react';

export interface Section {
  href: string;
  label: string;
  icon: LucideIcon;
  /** Second key after `g`. */
  key: string;
}

export const SECTIONS: readonly Section[] = [
  { href: '/', label: 'Fleet', icon: LayoutGrid, key: 'f' },
  { href: '/applications', label: 'Applications', icon: ListTree, key: 'a' },
  { href: '/drift', label: 'Drift', icon: GitCompareArrows, key: 'd' },
  { href: '/audit', label: 'Audit', icon: ScrollText, key: 'u' },
  { href: '/settings', label: 'Settings', icon: Settings, key: 's' },
];

export const SETTINGS_SECTIONS: readonly { href: string; label: string }[] = [
  { href: '/settings/clusters', label: 'Clusters' },
  { href: '/settings/repositories', label: 'Repositories' },
  { href: '/settings/projects', label: 'Projects' },
  { href: '/settings/health-rules', label: 'Health rules' },
  { href: '/settings/people', label: 'People' },
];

export function isCurrent(section: Section, pathname: string): boolean {
  return section.href === '/' ? pathname === '/' : pathname === section.href || pathname.startsWith(`${section.href}/`);
}
