import { describe, expect, it } from 'vitest';
import { can, isPermission, isRole, PERMISSIONS, roleNeeded, ROLES, whyNot } from './roles.ts';

describe('roles', () => {
  it.each([
    ['viewer', 'applications:read', true],
    ['viewer', 'applications:sync', false],
    ['viewer', 'audit:read', true],
    ['viewer', 'audit:export', false],
    ['operator', 'applications:sync', true],
    ['operator', 'applications:rollback', true],
    ['operator', 'applications:pin', true],
    ['operator', 'applications:write', false],
    ['operator', 'clusters:write', false],
    ['operator', 'people:read', false],
    ['admin', 'people:write', true],
    ['admin', 'credentials:rotate', true],
  ] as const)('%s, %s: %s', (role, permission, allowed) => {
    expect(can(role, permission)).toBe(allowed);
    expect(whyNot(role, permission)).toBe(allowed ? null : `needs role ${roleNeeded(permission)}`);
  });

  it('a stronger role may all that a weaker one may, and an admin everything', () => {
    for (const permission of PERMISSIONS) {
      const allowed = ROLES.map((role) => can(role, permission));
      expect(allowed).toEqual([...allowed].sort((a, b) => Number(a) - Number(b)));
      expect(can('admin', permission)).toBe(true);
    }
  });

  it('lets a viewer change nothing', () => {
    const changing = PERMISSIONS.filter((permission) => !permission.endsWith(':read'));
    expect(changing.filter((permission) => can('viewer', permission))).toEqual([]);
  });

  it('knows its own words alone', () => {
    expect(isRole('admin')).toBe(true);
    expect(isRole('root')).toBe(false);
    expect(isPermission('toString')).toBe(false);
    expect(isPermission('audit:read')).toBe(true);
  });
});
