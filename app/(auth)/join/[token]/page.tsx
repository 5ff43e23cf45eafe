import type { Metadata } from 'next';
import type { InvitationOffer } from '#lib/contracts/session.ts';
import { JoinForm } from '#components/people/join-form.tsx';
import { serverQuery } from '../../../server-query.ts';

export const metadata: Metadata = { title: 'Join', referrer: 'no-referrer' };

export default async function JoinPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const { data } = await serverQuery({ route: 'getInvitation', params: { token }, query: {} });
  // The door has shaped it with the same contract.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return <JoinForm token={token} offer={data as InvitationOffer | null} />;
}
