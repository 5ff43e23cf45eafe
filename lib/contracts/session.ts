import { z } from 'zod';
import { PERMISSIONS, ROLES } from '#lib/domain/policy/roles.ts';
import { timestamp } from './common.ts';

export const role = z.enum(ROLES);
export const permission = z.enum(PERMISSIONS);

export const sessionView = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string(), role }),
  permissions: z.array(permission),
});
export type SessionView = z.infer<typeof sessionView>;

/** One answer for an unknown e-mail and a wrong password. */
export const signInInput = z.strictObject({ email: z.email().max(254), password: z.string().min(1).max(200) });

export const person = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role,
  disabledAt: timestamp.nullable(),
  createdAt: timestamp,
  lastSeenAt: timestamp.nullable(),
});
export type Person = z.infer<typeof person>;

export const invitation = z.object({ id: z.string(), email: z.string().nullable(), role, expiresAt: timestamp });
export const peopleView = z.object({ people: z.array(person), invitations: z.array(invitation) });

export const invitePersonInput = z.strictObject({ email: z.email(), role });
/** The link is shown once; only its hash is kept. */
export const invitationLink = z.object({ id: z.string(), url: z.string(), expiresAt: timestamp });
/** What the page of a link shows before anyone joins. */
export const invitationOffer = z.object({ email: z.string().nullable(), role, expiresAt: timestamp });
export type InvitationOffer = z.infer<typeof invitationOffer>;
export type PeopleView = z.infer<typeof peopleView>;
export type InvitationLink = z.infer<typeof invitationLink>;
export const updatePersonInput = z
  .strictObject({ role, disabled: z.boolean() })
  .partial()
  .refine((value) => Object.keys(value).length > 0, 'nothing to change');
export const joinInput = z.strictObject({
  token: z.string().min(20).max(200),
  name: z.string().min(1).max(120),
  email: z.email(),
  password: z.string().min(12, 'at least 12 characters').max(200),
});
