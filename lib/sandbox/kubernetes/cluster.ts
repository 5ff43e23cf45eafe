import { randomUUID } from 'node:crypto';
import type { JsonObject } from '#lib/domain/resource/manifest.ts';
import { ResourceRegistry, type Resource } from './resources.ts';
import { ObjectStore } from './store.ts';

export type Fault =
  | { kind: 'none' }
  | { kind: 'down' }
  | { kind: 'slow'; delayMs: number }
  | { kind: 'expire-watches' };

/** What a gate sees of a request to the API. */
export interface GatedRequest {
  method: string;
  path: string;
  query: URLSearchParams;
}

/** Holds a request for as long as it likes: as it `arrived`, or when it is `done` and only its answer is missing. */
export type Gate = (request: GatedRequest, moment: 'arrived' | 'done') => Promise<void> | void;

/** One simulated cluster: what it stores, what it serves, and the faults a test has set. */
export class Cluster {
  readonly name: string;
  readonly store = new ObjectStore();
  readonly registry = new ResourceRegistry();
  readonly requests = new Map<string, number>();
  fault: Fault = { kind: 'none' };
  gate: Gate | undefined;
  /** Numbers of the requests that a slow cluster has not answered, whose clients still wait. */
  readonly unanswered = new Set<number>();
  /** Milliseconds until a pod is ready. */
  readyDelayMs: number;
  #addresses = 0;
  #nodePorts = 0;
  /** Ends every open watch. */
  readonly openWatches = new Set<(reason: 'close' | 'expire') => void>();

  constructor(name: string, readyDelayMs: number) {
    this.name = name;
    this.readyDelayMs = readyDelayMs;
  }

  /** Takes over what an earlier start kept; addresses given out stay given out. */
  restore(record: { revision: number; objects: Record<string, JsonObject[]> }): void {
    this.store.restore(record);
    this.#addresses = record.revision;
    this.#nodePorts = record.revision;
  }

  now(): number {
    return Date.now();
  }

  newUid(): string {
    return randomUUID();
  }

  count(verb: string): void {
    this.requests.set(verb, (this.requests.get(verb) ?? 0) + 1);
  }

  /** The first served version of a built-in or custom resource; throws when the cluster serves none. */
  resource(storage: string): Resource {
    const found = this.registry.ofStorage(storage);
    if (!found) throw new Error(`The cluster ${this.name} serves no ${storage}`);
    return found;
  }

  nextAddress(): string {
    this.#addresses += 1;
    return `10.96.${(this.#addresses >> 8) & 255}.${this.#addresses & 255}`;
  }

  nextNodePort(): number {
    this.#nodePorts += 1;
    return 30_000 + (this.#nodePorts % 2768);
  }

  nextPodAddress(): string {
    this.#addresses += 1;
    return `10.244.${(this.#addresses >> 8) & 255}.${this.#addresses & 255}`;
  }
}
