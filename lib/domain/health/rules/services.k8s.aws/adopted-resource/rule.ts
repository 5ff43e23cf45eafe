import { byConditions } from '../../patterns.ts';

/** Takes a thing that already lives in AWS under control; `ACK.Adopted` is its one outcome, and terminal errors end it. */
export const adoptedResourceHealth = byConditions({
  ready: ['ACK.Adopted'],
  trouble: ['ACK.Terminal'],
  failsWith: [],
});
