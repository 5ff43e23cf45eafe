import { describe, expect, it } from 'vitest';
import { can, isRole, PERMISSIONS, ROLES } from './roles.ts';

const allowed = {
  viewer: ['applications:read', 'clusters:read', 'repositories:read', 'projects:read', 'audit:read'],
  operator: ['applications:refresh', 'applications:sync', 'applications:rollback', 'applications:pin', 'audit:export'],
  admin: [
    'applications:write',
    'projects:write',
    'clusters:write',
    'repositories:write',
    'credentials:rotate',
    'people:read',
    'people:write',
  ],
};

describe('roles', () => {
  it.each([
    ['viewer', allowed.viewer],
    ['operator', [...allowed.viewer, ...allowed.operator]],
    ['admin', [...allowed.viewer, ...allowed.operator, ...allowed.admin]],
  ] as const)('%s may do exactly its list', (role, expected) => {
    expect(PERMISSIONS.filter((permission) => can(role, permission)).toSorted()).toEqual([...expected].toSorted());
  });

  it('knows its own names only', () => {
    expect(ROLES.every(isRole)).toBe(true);
    expect(isRole('owner')).toBe(false);
  });
});
