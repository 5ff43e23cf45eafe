import { isObject, listAt, numberAt, objectAt, textAt } from '../../../../resource/json.ts';
import type { JsonObject, Manifest } from '../../../../resource/manifest.ts';

/** Statuses of a pod's containers, init containers first. */
export function containerStatuses(manifest: Manifest): JsonObject[] {
  return [
    ...listAt(manifest, 'status', 'initContainerStatuses'),
    ...listAt(manifest, 'status', 'containerStatuses'),
  ].filter(isObject);
}

/** What keeps the first troubled container of a pod from running, in words; null when none is in trouble. */
export function podTrouble(manifest: Manifest): string | null {
  for (const status of containerStatuses(manifest)) {
    const trouble = containerTrouble(status);
    if (trouble !== null) return isInit(manifest, status) ? trouble.replace(/^Container /, 'Init container ') : trouble;
  }
  return null;
}

function isInit(manifest: Manifest, status: JsonObject): boolean {
  return listAt(manifest, 'status', 'initContainerStatuses').includes(status);
}

/** What keeps a container from running, in words, or null when it is on its way or running. */
function containerTrouble(status: JsonObject): string | null {
  const reason = textAt(status, 'state', 'waiting', 'reason');
  if (!/^Err|Error$|BackOff$|^InvalidImageName$/.test(reason)) return null;
  const name = textAt(status, 'name') || 'unnamed';
  const message = textAt(status, 'state', 'waiting', 'message');
  const image = textAt(status, 'image') || 'unknown image';
  switch (reason) {
    case 'ImagePullBackOff':
    case 'ErrImagePull':
    case 'RegistryUnavailable':
      return `Image cannot be pulled: ${image}${pullCause(message)}`;
    case 'InvalidImageName':
    case 'ErrImageNeverPull':
      return `Image cannot be pulled: ${image} ${reason === 'InvalidImageName' ? 'is not a valid image name' : 'is not on the node'}`;
    case 'CrashLoopBackOff':
      return `Container ${name} keeps crashing${endOf(objectAt(status, 'lastState', 'terminated'))}`;
    case 'CreateContainerConfigError':
    case 'CreateContainerError':
    case 'RunContainerError':
      return `Container ${name} cannot start: ${firstLine(message) || reason}`;
    default:
      return `Container ${name} is waiting: ${reason}${message === '' ? '' : `, ${firstLine(message)}`}`;
  }
}

/** ` (exit code 1)` or ` (out of memory)`; '' when the state does not say. */
export function exitCause(terminated: JsonObject): string {
  if (textAt(terminated, 'reason') === 'OOMKilled') return ' (out of memory)';
  const code = numberAt(terminated, ['exitCode'], -1);
  if (code >= 0) return ` (exit code ${code})`;
  return '';
}

/** How it ended, and the last line it left: of its termination message, or of its log where the pod asks for that. */
export function endOf(terminated: JsonObject): string {
  const said = textAt(terminated, 'message').slice(-4_000).trimEnd().split(/\r?\n/).at(-1)?.trim() ?? '';
  return `${exitCause(terminated)}${said === '' ? '' : `${LAST_WORDS}${said.slice(0, 200)}`}`;
}

/** Before what a container said last. Not part of the cause's fingerprint: each pod says it with other numbers. */
export const LAST_WORDS = ', last words: ';

export function firstLine(text: string): string {
  return (text.split(/\r?\n/, 1)[0] ?? '').slice(0, 300).trim();
}

/** The registry's answer in two words, from the runtime's long message. */
function pullCause(message: string): string {
  const causes: [RegExp, string][] = [
    [/not found|manifest unknown|does not exist/i, ' not found'],
    [/unauthorized|denied|forbidden|authentication required|no basic auth/i, ', the registry refuses access'],
    [/toomanyrequests|rate limit/i, ', the registry limits the rate'],
    [/no such host|server misbehaving/i, ', the registry has no address'],
    [/timeout|deadline exceeded/i, ', the registry does not answer'],
    [/x509|certificate/i, ', the certificate of the registry is not trusted'],
    [/connection refused|connection reset|no route to host/i, ', the registry cannot be reached'],
  ];
  return causes.find(([pattern]) => pattern.test(message))?.[1] ?? '';
}
