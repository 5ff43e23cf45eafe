import { SourceError, type SourceErrorReason } from '#lib/ports/source.ts';

import { redactWords } from './redact.ts';
import type { GitOutput } from './run-git.ts';

interface Rule {
  words: RegExp;
  reason: SourceErrorReason;
  message: string;
}

/** First match wins; git runs with LC_ALL=C, so its words are stable. */
const RULES: Rule[] = [
  {
    words: /transport '[^']*' not allowed|credentials are not allowed|URL .* uses plaintext credentials/i,
    reason: 'unsafe',
    message: 'The repository (or a redirect of it) uses a protocol that is not allowed',
  },
  {
    words: /cannot run ssh|unable to find remote helper|ssh: (command )?not found/i,
    reason: 'internal',
    message: 'This machine lacks a program that git needs for the protocol (ssh, or git with https)',
  },
  {
    words: /REMOTE HOST IDENTIFICATION HAS CHANGED/,
    reason: 'unsafe',
    message:
      "The server's host key is not the one among the repository's known hosts: it was replaced, or somebody stands in between. Ask who runs the server, then correct the known hosts",
  },
  {
    words: /Host key verification failed|No [A-Z0-9]+ host key is known/i,
    reason: 'unsafe',
    message: "The server's host key is not among the repository's known hosts",
  },
  {
    words: /detected dubious ownership/i,
    reason: 'unsafe',
    message: 'The repository on disk belongs to another user',
  },
  {
    words:
      /Authentication failed|could not read (Username|Password)|terminal prompts disabled|Permission denied \(|error: 40[13]\b|HTTP (Basic|40[13])|Invalid username or (password|token)|unable to read askpass|Load key ".*": (invalid format|error in libcrypto)/i,
    reason: 'unauthenticated',
    message: 'The Git server refused the credential; check the token or key and its permissions',
  },
  {
    words:
      /repository .*not found|Repository not found|error: 404|does not appear to be a git repository|couldn't find remote ref|remote ref .* not found|No such file or directory/i,
    reason: 'not-found',
    message:
      'The Git server has no such repository or ref, or hides it from this credential; correct its URL or rotate the credential in Settings',
  },
  {
    words: /timed out|Operation too slow/i,
    reason: 'timeout',
    message: 'The Git server did not answer in time',
  },
  {
    words:
      /Could not resolve host|Failed to connect|Connection refused|Connection reset|Connection closed|unable to access|SSL|certificate|early EOF|hung up unexpectedly|unexpected disconnect|RPC failed|Network is unreachable|No route to host|Could not read from remote repository/i,
    reason: 'unreachable',
    message: 'The Git server cannot be reached',
  },
];

/** What damaged objects, packs or refs of a mirror make git say. */
const CORRUPTION =
  /loose object .* is corrupt|object file .* is empty|bad (object|signature|tree object|ref for)|packfile .* (cannot be accessed|does not match|is far too short)|index file .* is too small|index CRC mismatch|inflate: data stream error|unable to unpack|unable to read (tree|sha1 file)|missing (tree|blob|commit) |fatal: not a git repository|invalid object|broken (ref|link)|garbage (at end|found)|unresolved deltas|did not send all necessary objects|reference broken|bad config line|Could not read [0-9a-f]{40}|Failed to traverse parents/i;

export function looksCorrupt(output: GitOutput): boolean {
  return CORRUPTION.test(output.stderr);
}

/** SourceError for a failed command: our sentence, then git's own words without credentials. `what` names the repository and the attempt. */
export function sourceErrorOf(output: GitOutput, what: string, secrets: readonly string[]): SourceError {
  const words = redactWords(withoutFrame(output.stderr === '' ? output.stdout : output.stderr), secrets);
  const rule = RULES.find((candidate) => candidate.words.test(words));
  const tail = words === '' ? `git ended with code ${output.exitCode}` : words;
  if (rule === undefined) return new SourceError('internal', `${what} failed: ${tail}`);
  return new SourceError(rule.reason, `${what}: ${rule.message}. Git says: ${tail}`);
}

/** Drops the frame around ssh's warnings, which would take the room of its words. */
function withoutFrame(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^@+$/.test(line.trim()))
    .map((line) => line.replace(/^@\s*(.*?)\s*@$/, '$1'))
    .join('\n');
}
