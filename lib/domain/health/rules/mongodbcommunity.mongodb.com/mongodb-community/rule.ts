import { mongoDBHealth } from '../../mongodb.com/shared.ts';

export const mongoDBCommunityHealth = mongoDBHealth;
