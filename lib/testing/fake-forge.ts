import type { Forge } from '#lib/domain/revision/forge.ts';
import type { ForgePort, PullRequest, PullRequestInput } from '#lib/ports/forge.ts';
import type { RepositoryEndpoint } from '#lib/ports/source.ts';

/** A forge in memory: one pull request between two branches, however often it is asked for. */
export class FakeForge implements ForgePort {
  readonly pulls: (PullRequestInput & { forge: Forge; repository: string })[] = [];
  /** Thrown by the next calls, before anything is opened, while it answers an error. */
  failure: () => Error | undefined = () => undefined;
  calls = 0;

  async openPullRequest({ url }: RepositoryEndpoint, input: PullRequestInput & { forge: Forge }): Promise<PullRequest> {
    this.calls += 1;
    const failure = this.failure();
    if (failure) throw failure;
    const isOpen = ({ head, base }: PullRequestInput) => head === input.head && base === input.base;
    if (!this.pulls.some(isOpen)) this.pulls.push({ ...input, repository: url });
    const number = this.pulls.findIndex(isOpen) + 1;
    return { number: String(number), url: `https://forge.example/pulls/${number}` };
  }
}
