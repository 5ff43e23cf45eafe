// Runs on any Node from 20 on, with nothing installed: installs what is missing, then hands over to the packaged Node 24.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const COMMANDS = ['start', 'dev', 'test', 'check', 'generate', 'bench', 'rotate-key'];

function say(text) {
  process.stdout.write(`${text}\n`);
}

function fail(text) {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

function digestOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(path.join(root, file)));
  return hash.digest('hex');
}

/** Runs the step unless its inputs are what they were when it last succeeded. */
function once(marker, digest, step) {
  const file = path.join(root, marker);
  if (existsSync(file) && readFileSync(file, 'utf8') === digest) return;
  step();
  writeFileSync(file, digest);
}

function run(command, args, env = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  if (result.status !== 0) {
    fail(`${command} ${args.join(' ')} failed:\n${result.error?.message ?? ''}${result.stdout}${result.stderr}`);
  }
}

const command = process.argv[2] ?? '';
if (!COMMANDS.includes(command)) fail(`Unknown command "${command}". There are: ${COMMANDS.join(', ')}.`);
const major = Number(process.versions.node.split('.')[0]);
if (major < 20) fail(`Node ${process.versions.node} is too old: 20 or newer is needed.`);

const lock = digestOf(['package.json', 'package-lock.json']);
once('node_modules/.quarterdeck-installed', lock, () => {
  say('Installing packages …');
  rmSync(path.join(root, 'node_modules/.quarterdeck-installed'), { force: true });
  // Not `npm ci`: it refuses a lock file made where a registry lacks packages of other operating systems.
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund']);
});

const schema = readdirSync(path.join(root, 'prisma/schema')).map((name) => `prisma/schema/${name}`);
once('node_modules/.quarterdeck-generated', digestOf([...schema, 'package-lock.json']), () => {
  // Generation needs no native engine; a harmless stand-in keeps Prisma from downloading one.
  run(path.join(root, 'node_modules/.bin/prisma'), ['generate'], { PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true' });
});

const node = path.join(root, 'node_modules/.bin/node');
// A terminal's Ctrl+C must not reach Postgres before the others have stopped: what serves gets a process group of its own,
// and ends in order when this process tells it to, or is gone.
const serves = command === 'start' || command === 'dev';
const child = spawn(node, [path.join(root, `lib/launcher/${command}.ts`), ...process.argv.slice(3)], {
  cwd: process.env.QUARTERDECK_CWD ?? root,
  stdio: serves ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
  detached: serves,
  env: { ...process.env, PATH: `${path.join(root, 'node_modules/.bin')}${path.delimiter}${process.env.PATH}` },
});
// This process waits until the launcher has ended everything.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
