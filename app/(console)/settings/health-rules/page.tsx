import type { Metadata } from 'next';
import { ask } from '#lib/client/ask.ts';
import { HealthRuleSettings } from '#components/health/rule-settings.tsx';
import { ServerData } from '#components/shell/server-data.tsx';
import { prefetch } from '../../../server-query.ts';

export const metadata: Metadata = { title: 'Health rules' };

export default async function HealthRulesPage() {
  const snapshot = await prefetch({ others: [ask('listHealthRules')] });
  return (
    <ServerData snapshot={snapshot}>
      <HealthRuleSettings />
    </ServerData>
  );
}
