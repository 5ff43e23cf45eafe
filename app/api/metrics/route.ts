import { answerMetrics } from '#lib/http/metrics.ts';

/** Of the web process, in Prometheus' text format, for who has the token. */
export const GET = answerMetrics;
