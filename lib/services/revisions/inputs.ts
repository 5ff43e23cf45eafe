import { renderOptions } from '#lib/contracts/sources.ts';
import type { RenderOptions } from '#lib/ports/renderer.ts';
import type { ReadPath } from '#lib/ports/source.ts';
import type { Context } from '../context.ts';
import { digestOf } from '../shared/digest.ts';

/** Raised when masking or placing changes what a set holds. */
const SET_VERSION = 1;

/** What a render depends on beside the files it reads. */
export interface RenderIdentity {
  name: string;
  namespace: string;
  path: string;
  /** RenderOptions as stored. */
  renderOptions: unknown;
}

/** The declared options as the renderer takes them. */
export function optionsOf(identity: Pick<RenderIdentity, 'renderOptions'>): RenderOptions {
  const parsed: unknown = renderOptions.parse(identity.renderOptions ?? {});
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the contract is the port's type, with `undefined` spelled out
  return parsed as RenderOptions;
}

/** Equal keys mean an equal set: nothing the render read, was told or is made by has changed. */
export function inputsKeyOf(
  ctx: Pick<Context, 'keyring'>,
  identity: RenderIdentity,
  made: { reads: readonly ReadPath[]; version: string; guessed?: readonly string[] },
): string {
  const { name, namespace, path } = identity;
  const reads = made.reads.map((read) => `${read.path} ${read.hash ?? ''}`).sort((a, b) => (a < b ? -1 : 1));
  // The masking key is part of it: masked values of another key compare with nothing.
  const masking = ctx.keyring.hash('masking key').slice(0, 12);
  return digestOf({
    set: SET_VERSION,
    masking,
    name,
    namespace,
    path,
    options: optionsOf(identity),
    version: made.version,
    reads,
    // A set placed by guesses is never found again without rendering: the cluster may know better by then.
    ...(made.guessed === undefined || made.guessed.length === 0 ? {} : { guessed: made.guessed }),
  });
}
