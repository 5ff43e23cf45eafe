import type { OperationView, PlanInput, PlanView } from '#lib/contracts/operations.ts';
import { awaitHealth } from '#lib/services/operations/await-health.ts';
import { getOperation } from '#lib/services/operations/get.ts';
import { requestOperation } from '#lib/services/operations/request.ts';
import { runOperation } from '#lib/services/operations/run.ts';
import { computePlan } from '#lib/services/plans/compute.ts';
import { getPlan } from '#lib/services/plans/get.ts';
import { requestPlan } from '#lib/services/plans/request.ts';
import { repositoryEndpoint } from '#lib/services/repositories/endpoint.ts';
import { type NewTestApplication, startTestHouse, type TestHouse } from './house.ts';

export const SETTINGS = '/ConfigMap/shop/settings';

/** A house with one application, and the steps a person and the worker take with it. */
export class Stage {
  readonly house: TestHouse;
  readonly app: { id: string; repositoryId: string; repository: string };

  private constructor(house: TestHouse, app: Stage['app']) {
    this.house = house;
    this.app = app;
  }

  static async open(input: Partial<NewTestApplication> = {}): Promise<Stage> {
    const house = await startTestHouse();
    const stage = new Stage(house, await house.createApplication({ path: 'app', ...input }));
    await stage.follow();
    return stage;
  }

  /** What the fetch and render reconcilers leave behind: the target is the branch's head. Answers its SHA. */
  async follow(revision = 'main'): Promise<string> {
    const endpoint = await repositoryEndpoint(this.house.ctx, this.app.repositoryId);
    await this.house.ctx.ports.source.fetch(endpoint);
    const { sha } = await this.house.ctx.ports.source.resolve(endpoint, revision);
    const where = { applicationId: this.app.id };
    await this.house.database.prisma.applicationState.update({ where, data: { targetSha: sha } });
    return sha;
  }

  async push(subject: string, files: Record<string, string | null>): Promise<string> {
    await this.house.git.pushCommit({ repository: this.app.repository, subject, files });
    return this.follow();
  }

  async plan(input: PlanInput, ctx = this.house.as('operator')): Promise<PlanView> {
    const { id } = await requestPlan(ctx, { applicationId: this.app.id, input });
    await computePlan(this.house.ctx, id);
    return getPlan(ctx, { id });
  }

  /** Answers the operation's id. */
  async click(view: PlanView): Promise<string> {
    const input = { planId: view.id, planHash: view.hash ?? 'x'.repeat(16) };
    const operation = await requestOperation(this.house.as('operator'), { applicationId: this.app.id, input });
    return operation.id;
  }

  /** Passes of the worker until the operation is over, a second apart on the clock. */
  async finish(id: string): Promise<OperationView> {
    for (let pass = 0; pass < 10; pass += 1) {
      await runOperation(this.house.ctx, id);
      await awaitHealth(this.house.ctx, id);
      const view = await getOperation(this.house.as('viewer'), { id });
      if (view.finishedAt !== null) return view;
      this.later(1_000);
    }
    return getOperation(this.house.as('viewer'), { id });
  }

  async sync(prune = false): Promise<OperationView> {
    return this.finish(await this.click(await this.plan({ kind: 'sync', prune })));
  }

  later(milliseconds: number): void {
    this.house.clock.at = new Date(this.house.clock.at.getTime() + milliseconds);
  }

  /** `verb outcome` of every audit event, oldest first. */
  async audit(): Promise<string[]> {
    const rows = await this.house.database.prisma.auditEvent.findMany({ orderBy: { sequence: 'asc' } });
    return rows.map((row) => `${row.verb} ${row.outcome}`);
  }

  dataOf(key: string): unknown {
    return this.house.live.get(key)?.['data'];
  }
}
