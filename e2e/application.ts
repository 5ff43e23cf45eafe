import type { ApplicationView } from '#lib/contracts/applications.ts';
import type { DeploymentView } from '#lib/contracts/deployments.ts';
import type { DriftView } from '#lib/contracts/drift.ts';
import type { OperationView, PlanInput, PlanView } from '#lib/contracts/operations.ts';
import { type ApiSession, until } from './api-session.ts';

/** One application over the API: what a journey needs before and beside the browser. */
export class Application {
  readonly session: ApiSession;
  readonly id: string;

  constructor(session: ApiSession, id: string) {
    this.session = session;
    this.id = id;
  }

  get path(): string {
    return `/applications/${this.id}`;
  }

  read(): Promise<ApplicationView> {
    return this.session.call('GET', `/api/v1/applications/${this.id}`);
  }

  async until(what: string, holds: (view: ApplicationView) => boolean, timeoutMs = 60_000): Promise<ApplicationView> {
    return (await until(what, () => this.read(), { holds, timeoutMs })).answer;
  }

  /** Equal to Git, well, and nothing under way. */
  atRest(): Promise<ApplicationView> {
    const holds = (view: ApplicationView) =>
      view.sync === 'Synced' && view.health === 'Healthy' && view.activeOperationId === null;
    return this.until('rest', holds);
  }

  async change(changed: Record<string, unknown>): Promise<void> {
    const { version } = await this.read();
    await this.session.call('PATCH', `/api/v1/applications/${this.id}`, { version, ...changed });
  }

  async drift(): Promise<DriftView[]> {
    const page = await this.session.call<{ items: DriftView[] }>('GET', `/api/v1/drift?applicationId=${this.id}`);
    return page.items;
  }

  /** Newest first. */
  async deployments(): Promise<DeploymentView[]> {
    const path = `/api/v1/applications/${this.id}/deployments`;
    return (await this.session.call<{ items: DeploymentView[] }>('GET', path)).items;
  }

  async plan(input: PlanInput): Promise<PlanView> {
    const { id } = await this.session.call<PlanView>('POST', `/api/v1/applications/${this.id}/plans`, input);
    const ask = () => this.session.call<PlanView>('GET', `/api/v1/plans/${id}`);
    const { answer } = await until('the plan', ask, { holds: (view) => view.state !== 'computing' });
    if (answer.error !== null) throw new Error(`The plan failed: ${answer.error}`);
    return answer;
  }

  /** Plans and clicks; answers the operation as it was placed. */
  async start(input: PlanInput): Promise<OperationView> {
    const { id, hash } = await this.plan(input);
    const click = { planId: id, planHash: hash };
    return this.session.call('POST', `/api/v1/applications/${this.id}/operations`, click);
  }

  /** Plans, clicks and waits for the end. */
  async operate(input: PlanInput): Promise<OperationView> {
    const { id } = await this.start(input);
    const ask = () => this.session.call<OperationView>('GET', `/api/v1/operations/${id}`);
    return (await until('the operation', ask, { holds: (one) => one.finishedAt !== null })).answer;
  }

  async sync(): Promise<void> {
    const { phase, message } = await this.operate({ kind: 'sync', prune: false });
    if (phase !== 'succeeded') throw new Error(`The sync ${phase}: ${message}`);
  }
}
