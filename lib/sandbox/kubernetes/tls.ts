import { generate } from 'selfsigned';

export interface Authority {
  certificate: string;
  key: string;
}

const YEARS = 10;
const DAY_MS = 86_400_000;

const range = (from: number, until: number) => ({ notBeforeDate: new Date(from), notAfterDate: new Date(until) });

/** A certificate authority of the sandbox's own, as PEM. */
export async function createAuthority(now: number): Promise<Authority> {
  const made = await generate([{ name: 'commonName', value: 'quarterdeck-sandbox' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    ...range(now - DAY_MS, now + YEARS * 365 * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, digitalSignature: true, critical: true },
    ],
  });
  return { certificate: made.cert, key: made.private };
}

/** A server certificate for loopback signed by the authority; `expired` makes one that ended yesterday. */
export async function issueCertificate(
  authority: Authority,
  options: { now: number; expired: boolean },
): Promise<Authority> {
  const until = options.expired ? options.now - DAY_MS : options.now + YEARS * 365 * DAY_MS;
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    ...range(options.now - 2 * DAY_MS, until),
    ca: { cert: authority.certificate, key: authority.key },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, keyAgreement: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { certificate: made.cert, key: made.private };
}
