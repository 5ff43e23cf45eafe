/** Roles, weakest first; each may all that the ones before it may. */
export const ROLES = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** The weakest role that may do each thing. A verb names its permission; pages only ask {@link can} to explain a disabled button. */
const NEEDED = {
  'applications:read': 'viewer',
  'applications:write': 'admin',
  'applications:refresh': 'operator',
  'applications:sync': 'operator',
  'applications:rollback': 'operator',
  'applications:pin': 'operator',
  'applications:suspend': 'operator',
  'applications:terminate': 'operator',
  'drift:read': 'viewer',
  'drift:revert': 'operator',
  'drift:ignore': 'operator',
  'clusters:read': 'viewer',
  'clusters:test': 'operator',
  'clusters:write': 'admin',
  'repositories:read': 'viewer',
  'repositories:refresh': 'operator',
  'repositories:test': 'operator',
  'repositories:write': 'admin',
  'projects:read': 'viewer',
  'projects:write': 'admin',
  'health-rules:read': 'viewer',
  'health-rules:write': 'admin',
  'people:read': 'admin',
  'people:write': 'admin',
  'audit:read': 'viewer',
  'audit:export': 'operator',
  'logs:read': 'operator',
  'manifests:read': 'viewer',
  'credentials:rotate': 'admin',
} as const satisfies Record<string, Role>;

export type Permission = keyof typeof NEEDED;

export const PERMISSIONS: readonly Permission[] = Object.keys(NEEDED).filter(isPermission);

export function isPermission(text: string): text is Permission {
  return Object.hasOwn(NEEDED, text);
}

export function isRole(text: string): text is Role {
  return ROLES.some((role) => role === text);
}

/** The weakest role that may do it. */
export function roleNeeded(permission: Permission): Role {
  return NEEDED[permission];
}

export function can(role: Role, permission: Permission): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(NEEDED[permission]);
}

/** Why an action is disabled, such as `needs role operator`; null when the role may. */
export function whyNot(role: Role, permission: Permission): string | null {
  return can(role, permission) ? null : `needs role ${NEEDED[permission]}`;
}
