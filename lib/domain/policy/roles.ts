/** Least to most; each role may do what the ones before it may. */
export const ROLES = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** The least role for each thing a person can do. Closed: a verb without a permission does not compile. */
const LEAST_ROLE = {
  'applications:read': 'viewer',
  'clusters:read': 'viewer',
  'repositories:read': 'viewer',
  'projects:read': 'viewer',
  'audit:read': 'viewer',
  'applications:refresh': 'operator',
  'applications:sync': 'operator',
  'applications:rollback': 'operator',
  'applications:pin': 'operator',
  'audit:export': 'operator',
  'applications:write': 'admin',
  'projects:write': 'admin',
  'clusters:write': 'admin',
  'repositories:write': 'admin',
  'credentials:rotate': 'admin',
  'people:read': 'admin',
  'people:write': 'admin',
} as const satisfies Record<string, Role>;

export type Permission = keyof typeof LEAST_ROLE;
export const PERMISSIONS = Object.keys(LEAST_ROLE) as Permission[];

export function isRole(value: string): value is Role {
  return ROLES.some((role) => role === value);
}

export function roleNeeded(permission: Permission): Role {
  return LEAST_ROLE[permission];
}

export function can(role: Role, permission: Permission): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(LEAST_ROLE[permission]);
}
