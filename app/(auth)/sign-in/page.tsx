import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { SignInForm } from '#components/people/sign-in-form.tsx';
import { serverQuery } from '../../server-query.ts';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage() {
  const { data } = await serverQuery({ route: 'getSession', params: {}, query: {} });
  if (data !== null) redirect('/');
  return <SignInForm />;
}
