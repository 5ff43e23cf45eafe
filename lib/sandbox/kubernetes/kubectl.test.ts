import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unpackTools } from '#lib/adapters/render/unpack-tools.ts';
import { type SandboxClusters, startSandboxClusters } from './start.ts';

const deployment = (image: string, replicas: number) =>
  `{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop, labels: {app: web}}, spec: {
    replicas: ${replicas}, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}},
    spec: {containers: [{name: web, image: "nginx:${image}"}]}}}}`;
const NAMESPACE = '{apiVersion: v1, kind: Namespace, metadata: {name: shop}}';
const REPLICAS = '{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}, spec: {replicas: 3}}';
const CONFIG = (name: string) =>
  `{apiVersion: v1, kind: ConfigMap, metadata: {${name}, namespace: shop}, data: {a: "1"}}`;

let clusters: SandboxClusters;
let folder: string;
let kubectl: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'quarterdeck-kubectl-'));
  ({ kubectl } = await unpackTools(path.join(folder, 'tools')));
  clusters = await startSandboxClusters({ names: ['dev'], readyDelayMs: 20 });
  await writeFile(path.join(folder, 'kubeconfig'), clusters.kubeconfig);
}, 60_000);
afterAll(async () => {
  await clusters.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Said {
  /** Standard output, then standard error. */
  words: string;
  code: number | null;
}

interface Given {
  stdin?: string;
  editor?: string;
  /** Ends it as soon as this is in its words, as a person does with Ctrl+C. */
  until?: RegExp;
}

/** Runs the real kubectl with a home of its own. Arguments are split at blanks; quotes hold them together. */
function run(line: string, given: Given = {}): Promise<Said> {
  const args = [...line.matchAll(/'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '');
  const child = spawn(kubectl, ['--kubeconfig', path.join(folder, 'kubeconfig'), ...args], {
    cwd: folder,
    env: { NODE_ENV: 'test', PATH: process.env['PATH'], HOME: folder, KUBE_EDITOR: given.editor },
  });
  return new Promise((resolve, reject) => {
    const parts = { out: '', err: '' };
    const words = () => `${parts.out}${parts.err}`;
    const hear = (part: 'out' | 'err') => (chunk: Buffer) => {
      parts[part] += chunk.toString('utf8');
      if (given.until?.test(words()) === true) child.kill('SIGINT');
    };
    child.stdout.on('data', hear('out'));
    child.stderr.on('data', hear('err'));
    child.once('error', reject);
    child.once('close', (code) => resolve({ words: words(), code }));
    child.stdin.end(given.stdin ?? '');
  });
}

/** A line for kubectl, what it must say, and what else it is given; `code` is the exit code, 0 unless said. */
type Row = [line: string, says: RegExp, given?: Given & { code?: number }];

const TOPICS: Record<string, Row[]> = {
  'what there is': [
    ['version', /Server Version: v1\.\d+\.\d+/],
    ['cluster-info', /control plane is running at https:\/\/127\.0\.0\.1/],
    ['api-resources --api-group=apps', /deployments +deploy +apps\/v1 +true +Deployment/],
    ['api-versions', /^apps\/v1$/m],
    ['explain deployment.spec.strategy.rollingUpdate', /maxSurge\t<IntOrString>/],
    ['auth can-i create deployments', /^yes/],
    ['auth whoami', /Username +sandbox-admin/],
    ['get nodes', /sandbox-node-1 +Ready/],
    ['get --raw /readyz', /^ok/],
    ['get gadgets', /doesn't have a resource type "gadgets"/, { code: 1 }],
    ['get configmap nope', /\(NotFound\): configmaps "nope" not found/, { code: 1 }],
  ],
  'server-side apply': [
    ['apply --server-side -f -', /namespace\/shop serverside-applied/, { stdin: NAMESPACE }],
    ['apply --server-side --field-manager=one -f -', /web serverside-applied/, { stdin: deployment('1.27', 2) }],
    ['-n shop rollout status deploy/web --timeout=20s', /successfully rolled out/],
    [
      'apply --server-side --field-manager=two -f -',
      /conflict with "one": \.spec\.replicas/,
      { stdin: REPLICAS, code: 1 },
    ],
    ['apply --server-side --field-manager=two --force-conflicts -f -', /serverside-applied/, { stdin: REPLICAS }],
    ['-n shop get deploy web -o jsonpath={.spec.replicas} --show-managed-fields', /^3$/],
    [
      'diff --server-side --force-conflicts -f -',
      /-.*nginx:1\.27\n\+.*nginx:1\.28/,
      { stdin: deployment('1.28', 3), code: 1 },
    ],
    ['diff --server-side --force-conflicts -f -', /^$/, { stdin: deployment('1.27', 3) }],
    [
      'apply --server-side -f -',
      /unknown field "dta"/,
      { stdin: '{apiVersion: v1, kind: ConfigMap, metadata: {name: x, namespace: shop}, dta: {}}', code: 1 },
    ],
  ],
  reading: [
    ['-n shop rollout status deploy/web --timeout=20s', /successfully rolled out/],
    ['-n shop get deploy', /NAME +READY +UP-TO-DATE +AVAILABLE +AGE\nweb +3\/3 +3 +3/],
    ['-n shop get deploy,rs,pods -o wide', /CONTAINERS +IMAGES +SELECTOR[\s\S]*NODE[\s\S]*pod\/web-\S+ +1\/1 +Running/],
    ['-n shop get deploy web -o yaml', /kind: Deployment[\s\S]*observedGeneration/],
    ['-n shop get pods -l app=web,app!=other -o name', /^(pod\/web-\S+\n){3}$/],
    ['-n shop get pods --field-selector status.phase=Pending', /No resources found/],
    ['-n shop get pods -o custom-columns=P:.status.phase --sort-by=.metadata.name', /^P\n(Running\n){3}$/],
    ['-n shop describe deploy web', /Replicas: +3 desired \| 3 updated \| 3 total \| 3 available[\s\S]*NewReplicaSet:/],
    ['-n shop describe pods --show-events', /Status: +Running[\s\S]*Events:/],
    ['-n shop events --for deployment/web', /ScalingReplicaSet/],
    ['-n shop logs deploy/web --tail=2', /level=info/],
    ['-n shop logs -f deploy/web', /level=info/, { until: /level=info/ }],
    ['-n shop get deploy -w', /web +3\/3/, { until: /web +3\/3/ }],
  ],
  changing: [
    ['apply -f -', /deployment\.apps\/web configured/, { stdin: deployment('1.27', 2) }],
    ['apply -f -', /deployment\.apps\/web unchanged/, { stdin: deployment('1.27', 2) }],
    ['-n shop edit deploy web', /web edited/, { editor: 'sed -i s/nginx:1.27/nginx:1.28/' }],
    ['-n shop rollout history deploy/web', /REVISION[\s\S]*\n2 /],
    ['-n shop rollout undo deploy/web', /web rolled back/],
    ['-n shop rollout status deploy/web --timeout=20s', /successfully rolled out/],
    ['-n shop get deploy web -o jsonpath={.spec.template.spec.containers[0].image}', /^nginx:1\.27$/],
    ['-n shop rollout restart deploy/web', /web restarted/],
    ['-n shop scale deploy/web --replicas=1', /web scaled/],
    ['-n shop set image deploy/web web=nginx:1.29', /image updated/],
    ['-n shop label deploy web tier=front', /web labeled/],
    ['-n shop annotate deploy web note=seen', /web annotated/],
    [
      `-n shop patch deploy web -p '{"spec":{"template":{"spec":{"containers":[{"name":"web","tty":true}]}}}}'`,
      /patched/,
    ],
    [`-n shop patch deploy web --type=merge -p '{"spec":{"replicas":2}}'`, /patched/],
    // kubectl compares what it read with the answer; a status written in between would be a change.
    ['-n shop rollout status deploy/web --timeout=20s', /successfully rolled out/],
    [
      `-n shop patch deploy web --type=json -p '[{"op":"test","path":"/spec/replicas","value":2}]'`,
      /patched \(no change\)/,
    ],
    [`-n shop patch deploy web --subresource=scale --type=merge -p '{"spec":{"replicas":1}}'`, /scale.*patched/],
    ['-n shop wait deploy/web --for=condition=Available --timeout=20s', /condition met/],
    ['-n shop get deploy web -o jsonpath={.spec.template.spec.containers[*].image}{.spec.replicas}', /^nginx:1\.291$/],
  ],
  'creating and deleting': [
    ['create -f -', /configmap\/one created/, { stdin: CONFIG('name: one') }],
    ['create -f -', /\(AlreadyExists\)/, { stdin: CONFIG('name: one'), code: 1 }],
    ['create -f -', /configmap\/some-\w{5} created/, { stdin: CONFIG('generateName: some-') }],
    ['replace -f -', /configmap\/one replaced/, { stdin: CONFIG('name: one') }],
    ['-n shop delete configmap one --dry-run=server', /deleted.*\(server dry run\)/],
    ['-n shop delete configmap --all', /"one" deleted[\s\S]*"some-/],
    ['-n shop delete deploy web --cascade=orphan', /"web" deleted/],
    ['-n shop get rs -l app=web -o name', /replicaset\.apps\/web-/],
    ['-n shop delete rs -l app=web --cascade=foreground', /deleted/],
    ['-n shop wait pod -l app=web --for=delete --timeout=20s', /^$|condition met/],
    ['delete ns shop --timeout=20s', /"shop" deleted/],
    ['get ns shop', /\(NotFound\)/, { code: 1 }],
  ],
};

describe.each(Object.entries(TOPICS))('%s', (_topic, rows) => {
  test.each(rows)('kubectl %s', async (line, says, given) => {
    const said = await run(line, given);
    expect(said.words).toMatch(says);
    if (given?.until === undefined) expect(said.code).toBe(given?.code ?? 0);
  });
});
