'use client';

import type { Body } from '#lib/client/api.ts';
import { AreaField, CheckField, RadioCards, TextField } from '#components/ui/field.tsx';

export interface CredentialDraft {
  server: string;
  ca: string;
  tlsServerName: string;
  insecure: boolean;
  kind: 'token' | 'client-certificate' | 'in-cluster';
  token: string;
  certificate: string;
  key: string;
}

export const EMPTY_CREDENTIAL: CredentialDraft = {
  server: '',
  ca: '',
  tlsServerName: '',
  insecure: false,
  kind: 'token',
  token: '',
  certificate: '',
  key: '',
};

/** How a cluster is reached, as the API wants it. */
export function credentialInput(draft: CredentialDraft): Omit<Body<'createCluster'>, 'name'> {
  const credential =
    draft.kind === 'token'
      ? { kind: 'token' as const, token: draft.token.trim() }
      : draft.kind === 'client-certificate'
        ? { kind: 'client-certificate' as const, certificate: draft.certificate, key: draft.key }
        : { kind: 'in-cluster' as const };
  return {
    server: draft.kind === 'in-cluster' && draft.server === '' ? 'https://kubernetes.default.svc' : draft.server.trim(),
    ...(draft.ca.trim() === '' ? {} : { caData: draft.ca }),
    ...(draft.tlsServerName === '' ? {} : { tlsServerName: draft.tlsServerName }),
    insecureSkipTlsVerify: draft.insecure,
    credential,
  };
}

interface FieldsProps {
  draft: CredentialDraft;
  onChange: (changed: Partial<CredentialDraft>) => void;
  problem: (path: string) => string | undefined;
  /** The kind was chosen elsewhere. */
  fixed?: boolean;
}

export function CredentialFields({ draft, onChange, problem, fixed = false }: FieldsProps) {
  return (
    <div className="space-y-3">
      {!fixed && (
        <RadioCards
          legend="Signs in with"
          name="credential"
          value={draft.kind}
          onChange={(kind) =>
            onChange({ kind: kind === 'client-certificate' || kind === 'in-cluster' ? kind : 'token' })
          }
          choices={[
            { value: 'token', label: 'Token' },
            { value: 'client-certificate', label: 'Client certificate' },
            { value: 'in-cluster', label: 'In-cluster' },
          ]}
        />
      )}
      {draft.kind !== 'in-cluster' && (
        <>
          <TextField
            label="Server"
            mono
            required
            value={draft.server}
            onChange={(server) => onChange({ server })}
            placeholder="https://10.0.0.1:6443"
            error={problem('server')}
          />
          <AreaField
            label="CA certificate"
            mono
            rows={3}
            value={draft.ca}
            onChange={(ca) => onChange({ ca })}
            placeholder="-----BEGIN CERTIFICATE-----"
            hint="PEM; empty when a public authority signed the server’s"
            error={problem('caData')}
          />
        </>
      )}
      {draft.kind === 'token' && (
        <AreaField
          label="Token"
          mono
          rows={3}
          value={draft.token}
          onChange={(token) => onChange({ token })}
          hint="Kept encrypted; no page or API shows it again."
          error={problem('token')}
        />
      )}
      {draft.kind === 'client-certificate' && (
        <div className="grid gap-3 sm:grid-cols-2">
          <AreaField
            label="Client certificate"
            mono
            rows={4}
            value={draft.certificate}
            onChange={(certificate) => onChange({ certificate })}
            error={problem('certificate')}
          />
          <AreaField
            label="Client key"
            mono
            rows={4}
            value={draft.key}
            onChange={(key) => onChange({ key })}
            hint="Kept encrypted."
            error={problem('key')}
          />
        </div>
      )}
      {draft.kind === 'in-cluster' && (
        <p className="text-sm text-mute">
          Uses the service account Quarterdeck itself runs with. Only the administrator’s configuration can allow it.
        </p>
      )}
      {draft.kind !== 'in-cluster' && (
        <details className="text-sm">
          <summary className="text-mute">More about TLS</summary>
          <div className="mt-2 space-y-3">
            <TextField
              label="TLS server name"
              value={draft.tlsServerName}
              onChange={(tlsServerName) => onChange({ tlsServerName })}
              hint="When the certificate is for another name"
              error={problem('tlsServerName')}
            />
            <CheckField
              label="Do not verify the server’s certificate"
              hint="Anyone on the way can read and change what is sent. Never for production."
              checked={draft.insecure}
              onChange={(insecure) => onChange({ insecure })}
            />
          </div>
        </details>
      )}
    </div>
  );
}
