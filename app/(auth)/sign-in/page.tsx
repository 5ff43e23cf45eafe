import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { SignInForm } from '#components/people/sign-in-form.tsx';
import { pageAfterSignIn } from '#lib/client/sign-in-path.ts';
import { serverQuery } from '../../server-query.ts';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const next = pageAfterSignIn((await searchParams).next);
  const { data } = await serverQuery({ route: 'getSession', params: {}, query: {} });
  if (data !== null) redirect(next);
  return <SignInForm next={next} />;
}
