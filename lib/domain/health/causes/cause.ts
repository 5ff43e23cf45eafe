/** What is the matter in plain words, and the one thing to do about it. */
export interface Diagnosis {
  /** Stable name of the cause, such as `image-not-found`. */
  id: string;
  words: string;
  /** One sentence in the imperative. */
  action: string;
}

/** One known cause: `$1` in words and action stands for what the pattern caught. */
export interface KnownCause extends Diagnosis {
  /** Of what Kubernetes, a controller or our own rules say. Must be linear: texts come from clusters. */
  pattern: RegExp;
}
