import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { ClusterEndpointInput } from '#lib/contracts/clusters.ts';
import type { Policy } from '../context.ts';
import { invalid, ServiceError } from '../errors.ts';

/** An endpoint, whole or in part. */
type Given = { [Key in keyof ClusterEndpointInput]?: ClusterEndpointInput[Key] | undefined };

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * Refuses an endpoint before anything is stored of it: userinfo in the URL, plain http beyond this machine, what the
 * administrator does not allow, certificates and keys that are none. Answers it with PEM decoded. Errors: invalid, refused.
 */
export function checkClusterEndpoint<Endpoint extends Given>(endpoint: Endpoint, policy: Policy): Endpoint {
  if (endpoint.server !== undefined) checkServer(endpoint.server);
  const caData = endpoint.caData === undefined ? undefined : pem(endpoint.caData, 'caData');
  if (caData !== undefined) checkCertificate(caData, 'caData');
  const { credential } = endpoint;
  if (credential) checkCredential(credential, policy);
  return {
    ...endpoint,
    ...(caData === undefined ? {} : { caData }),
    ...(credential?.kind === 'client-certificate'
      ? {
          credential: {
            ...credential,
            certificate: pem(credential.certificate, 'credential.certificate'),
            key: pem(credential.key, 'credential.key'),
          },
        }
      : {}),
  };
}

function checkServer(server: string): void {
  const url = new URL(server);
  if (url.username !== '' || url.password !== '') {
    throw invalid('server', 'carries a user or password; put them in the credential instead');
  }
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
    throw invalid('server', 'must be https: a credential would travel in the clear');
  }
  if (url.search !== '' || url.hash !== '') throw invalid('server', 'must not have a query or a fragment');
}

/** PEM as it is, or the base64 of PEM that kubeconfigs hold. */
function pem(text: string, path: string): string {
  if (text.includes('-----BEGIN ')) return text;
  const decoded = Buffer.from(text, 'base64').toString('utf8');
  if (decoded.includes('-----BEGIN ')) return decoded;
  throw invalid(path, 'is neither PEM nor the base64 of PEM');
}

function checkCertificate(text: string, path: string): X509Certificate {
  try {
    return new X509Certificate(text);
  } catch {
    throw invalid(path, 'is not a certificate');
  }
}

function checkCredential(credential: ClusterEndpointInput['credential'], policy: Policy): void {
  switch (credential.kind) {
    case 'token':
      if (!/^[\x21-\x7e]+$/.test(credential.token)) throw invalid('credential.token', 'holds blanks or line ends');
      return;
    case 'client-certificate':
      checkClientCertificate(credential);
      return;
    case 'exec':
      if (!policy.allowExec) throw notAllowed('Exec plugins run a program beside the worker', 'QUARTERDECK_ALLOW_EXEC');
      return;
    case 'in-cluster':
      if (!policy.allowInCluster) {
        throw notAllowed("The worker's own service account", 'QUARTERDECK_ALLOW_IN_CLUSTER');
      }
  }
}

function notAllowed(what: string, variable: string): ServiceError {
  const message = `${what}; the administrator must allow it with ${variable}=on`;
  return new ServiceError('refused', `${message}.`, { fields: [{ path: 'credential.kind', message }] });
}

function checkClientCertificate(credential: { certificate: string; key: string }): void {
  const certificate = checkCertificate(pem(credential.certificate, 'credential.certificate'), 'credential.certificate');
  let matches: boolean;
  try {
    matches = certificate.checkPrivateKey(createPrivateKey(pem(credential.key, 'credential.key')));
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    throw invalid('credential.key', 'is not a private key without passphrase');
  }
  if (!matches) throw invalid('credential.key', 'does not belong to the certificate');
}
