import { expect, test } from '@playwright/test';
import type { ApplicationView, ChangesView } from '#lib/contracts/applications.ts';
import type { DeploymentView } from '#lib/contracts/deployments.ts';
import type { DriftView } from '#lib/contracts/drift.ts';
import type { OperationView, PlanInput, PlanView } from '#lib/contracts/operations.ts';
import { ApiSession, until } from '../api-session.ts';
import { deployment } from '../manifests.ts';
import { type RealWorld, startRealWorld } from '../real-world.ts';

const NAME = 'ledger';

const manifests = (image: string, replicas: number) => deployment(NAME, image, replicas);

test.describe.configure({ mode: 'serial' });

/** The main job on a real API server and a real Git server, over the API that the console uses. */
test.describe('a real cluster and a real repository', () => {
  let world: RealWorld;
  let admin: ApiSession;
  let applicationId: string;
  let repositoryId: string;

  const application = () => admin.call<ApplicationView>('GET', `/api/v1/applications/${applicationId}`);
  const plan = async (input: PlanInput): Promise<PlanView> => {
    const { id } = await admin.call<PlanView>('POST', `/api/v1/applications/${applicationId}/plans`, input);
    const ask = () => admin.call<PlanView>('GET', `/api/v1/plans/${id}`);
    const { answer } = await until('the plan', ask, { holds: (view) => view.state !== 'computing' });
    expect(answer.error).toBeNull();
    return answer;
  };
  const operate = async (input: PlanInput): Promise<OperationView> => {
    const view = await plan(input);
    const click = { planId: view.id, planHash: view.hash };
    const { id } = await admin.call<OperationView>('POST', `/api/v1/applications/${applicationId}/operations`, click);
    const ask = () => admin.call<OperationView>('GET', `/api/v1/operations/${id}`);
    const { answer } = await until('the operation', ask, { holds: (one) => one.finishedAt !== null });
    return answer;
  };
  const replicas = () => world.kubectl('-n', 'books', 'get', 'deployment', NAME, '-o', 'jsonpath={.spec.replicas}');

  test.beforeAll(async () => {
    test.setTimeout(600_000);
    world = await startRealWorld();
    admin = await ApiSession.signIn(process.env['QUARTERDECK_E2E_URL'] ?? '');
    await world.push('Open the ledger', { 'deploy/ledger.yaml': manifests('registry.example/ledger:1.0.0', 2) });
  });
  test.afterAll(() => world?.stop());

  test('registers the cluster and the repository', async () => {
    const read = await admin.call<{ contexts: { name: string; problem: string | null }[] }>(
      'POST',
      '/api/v1/clusters/kubeconfig',
      {
        kubeconfig: world.plane.kubeconfig,
      },
    );
    expect(read.contexts).toMatchObject([{ problem: null }]);
    const context = read.contexts[0]?.name;
    const tested = await admin.call<{ ok: boolean; version: string }>('POST', '/api/v1/clusters/test', {
      kubeconfig: world.plane.kubeconfig,
      context,
    });
    expect(tested).toMatchObject({ ok: true, version: 'v1.36.3' });
    const name = `real-${world.suffix}`;
    await admin.call('POST', '/api/v1/clusters/import', {
      kubeconfig: world.plane.kubeconfig,
      contexts: [{ context, name, labels: { environment: 'test' } }],
    });
    const created = await admin.call<{ id: string; defaultBranch: string | null }>('POST', '/api/v1/repositories', {
      name,
      url: `${world.git.url}/${world.repository}.git`,
      credential: { kind: 'https-token', username: 'git', token: world.git.token },
      pollIntervalSeconds: 3600,
    });
    repositoryId = created.id;
    const hook = await admin.call<{ secret: string; urls: { github: string } }>(
      'POST',
      `/api/v1/repositories/${repositoryId}/webhook-secret`,
    );
    world.git.addWebhook({ url: new URL(new URL(hook.urls.github).pathname, admin.url).href, secret: hook.secret });
  });

  test('sees the application out of sync, and syncs it until it is healthy', async () => {
    const clusters = await admin.call<{ items: { id: string; name: string }[] }>('GET', '/api/v1/clusters');
    const project = await admin.call<{ id: string }>('POST', '/api/v1/projects', { name: `real-${world.suffix}` });
    const created = await admin.call<{ id: string }>('POST', '/api/v1/applications', {
      name: NAME,
      projectId: project.id,
      clusterId: clusters.items.find((cluster) => cluster.name === `real-${world.suffix}`)?.id,
      namespace: 'books',
      source: { repositoryId, targetRevision: 'main', path: 'deploy' },
    });
    applicationId = created.id;
    await until('OutOfSync', application, { holds: (view) => view.sync === 'OutOfSync' });
    const done = await operate({ kind: 'sync', prune: false });
    expect(done).toMatchObject({ phase: 'succeeded' });
    await until('Healthy', application, { holds: (view) => view.sync === 'Synced' && view.health === 'Healthy' });
  });

  test('shows a commit as a pending change within seconds of the webhook, and syncs it', async () => {
    await world.push('Move to 1.1.0', { 'deploy/ledger.yaml': manifests('registry.example/ledger:1.1.0', 2) });
    const { tookMs } = await until('the pending change', application, {
      holds: (view) => view.sync === 'OutOfSync',
      timeoutMs: 10_000,
    });
    expect(tookMs).toBeLessThan(10_000);
    const changes = await admin.call<ChangesView>('GET', `/api/v1/applications/${applicationId}/changes`);
    expect(changes.drift).toEqual([]);
    expect(changes.pending.flatMap((change) => change.differences.map((one) => one.path))).toEqual([
      'spec.template.spec.containers[name=web].image',
    ]);
    expect(await operate({ kind: 'sync', prune: false })).toMatchObject({ phase: 'succeeded' });
  });

  test('names kubectl as the manager of a hand edit, and reverts it', async () => {
    await until('rest', application, { holds: (view) => view.sync === 'Synced' && view.health === 'Healthy' });
    await world.kubectl('-n', 'books', 'scale', 'deployment', NAME, '--replicas=5');
    const ask = () => admin.call<{ items: DriftView[] }>('GET', `/api/v1/drift?applicationId=${applicationId}`);
    const { answer, tookMs } = await until('the drift', ask, {
      holds: ({ items }) => items.length > 0,
      timeoutMs: 5_000,
      everyMs: 50,
    });
    expect(tookMs).toBeLessThan(2_000);
    expect(answer.items).toMatchObject([
      { path: 'spec.replicas', before: 2, after: 5, manager: 'kubectl', culprit: 'person' },
    ]);
    const key = answer.items[0]?.objectKey ?? '';
    expect(await operate({ kind: 'revert', resources: [key] })).toMatchObject({ phase: 'succeeded' });
    expect(await replicas()).toBe('2');
    await until('the end of the drift', ask, { holds: ({ items }) => items.length === 0 });
  });

  test('rolls back by Git revert, and by a pin that automatic sync respects', async () => {
    const { items } = await admin.call<{ items: DeploymentView[] }>(
      'GET',
      `/api/v1/applications/${applicationId}/deployments`,
    );
    const first = items.at(-1);
    const done = await operate({ kind: 'rollback-git', deploymentId: first?.id ?? '', reason: 'the new image leaks' });
    expect(done).toMatchObject({ phase: 'succeeded' });
    const { answer } = await until('the commit as target', application, {
      holds: (view) => view.target?.sha === done.commitSha,
    });
    expect(answer.target?.subject).toBe(`Roll back ${NAME} to ${first?.commit.sha.slice(0, 7)}`);
    const pinned = items[0];
    const expiresAt = new Date(Date.now() + 20_000).toISOString();
    const { version } = await application();
    const syncPolicy = { automated: true, selfHeal: true, prune: false, allowEmpty: false, createNamespace: true };
    await admin.call('PATCH', `/api/v1/applications/${applicationId}`, { version, syncPolicy });
    expect(
      await operate({ kind: 'pin', deploymentId: pinned?.id ?? '', reason: 'compare both', expiresAt }),
    ).toMatchObject({ phase: 'succeeded' });
    expect(await application()).toMatchObject({ pinned: true, deployed: { sha: pinned?.commit.sha } });
    const back = (view: ApplicationView) =>
      !view.pinned && view.deployed?.sha === done.commitSha && view.sync === 'Synced';
    await until('the return to Git', application, { holds: back, timeoutMs: 90_000 });
    expect(Date.now()).toBeGreaterThan(Date.parse(expiresAt));
  });

  test('refuses a viewer, and has every step in the audit', async () => {
    const invited = await admin.call<{ url: string }>('POST', '/api/v1/people/invitations', {
      email: `viewer-${world.suffix}@quarterdeck.test`,
      role: 'viewer',
    });
    const person = {
      name: 'Viewer',
      email: `viewer-${world.suffix}@quarterdeck.test`,
      password: 'a viewer may look only',
    };
    await new ApiSession(admin.url).call('POST', '/api/v1/join', { ...person, token: invited.url.split('/').at(-1) });
    const viewer = await ApiSession.signIn(admin.url, person);
    const refused = await viewer.raw('POST', `/api/v1/applications/${applicationId}/plans`, {
      kind: 'sync',
      prune: false,
    });
    expect(refused).toMatchObject({ status: 403, json: { code: 'forbidden' } });
    const { items } = await admin.call<{ items: { verb: string; outcome: string }[] }>(
      'GET',
      `/api/v1/audit?targetId=${applicationId}&limit=200`,
    );
    const seen = items.map((event) => `${event.verb} ${event.outcome}`);
    for (const step of [
      'application.create succeeded',
      'sync.request allowed',
      'sync.finish succeeded',
      'rollback.request allowed',
      'rollback.commit succeeded',
      'rollback.finish succeeded',
      'pin.create succeeded',
      'pin.end succeeded',
      'plan.request refused',
    ]) {
      expect(seen).toContain(step);
    }
  });
});
