import { byConditions } from '../patterns.ts';

/** An issuer is ready when it could register or read its key; a failure is tried again but needs a look. */
export const anyIssuerHealth = byConditions({ ready: ['Ready'] });
