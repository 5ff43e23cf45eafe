/**
 * Webhooks that repositories send. Both answer `webhookReceipt` of contracts/repositories.ts with 202, or a problem
 * document. An unknown repository, one without a secret and a wrong signature get the same 401.
 *
 * GitHub style: `POST /api/webhooks/github/<repository id>` with `X-GitHub-Event`, `X-GitHub-Delivery` and
 * `X-Hub-Signature-256: sha256=<hex HMAC-SHA-256 of the raw body>`.
 *
 * Generic: `POST /api/webhooks/generic/<repository id>` with `X-Quarterdeck-Delivery` (any unique id),
 * `X-Quarterdeck-Timestamp` (seconds since the epoch, at most {@link WEBHOOK_TOLERANCE_SECONDS} off) and
 * `X-Quarterdeck-Signature: sha256=<hex HMAC-SHA-256 of timestamp, a dot, and the raw body>`. The body may be empty.
 */
export const WEBHOOK_BODY_LIMIT = 5 * 1_048_576;
export const WEBHOOK_TOLERANCE_SECONDS = 300;
