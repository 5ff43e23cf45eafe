import type { JsonObject, Manifest } from '#lib/domain/resource/manifest.ts';

export type RenderTool = 'directory' | 'kustomize' | 'helm';

/** What the person declared beside the path; validated by contracts/applications. */
export interface RenderOptions {
  tool?: RenderTool;
  directory?: { recurse?: boolean; include?: string; exclude?: string };
  kustomize?: {
    namePrefix?: string;
    nameSuffix?: string;
    images?: string[];
    commonLabels?: Record<string, string>;
    /** Common labels leave selectors alone, and with `labelIncludeTemplates` reach pod templates all the same. */
    labelWithoutSelector?: boolean;
    labelIncludeTemplates?: boolean;
    commonAnnotations?: Record<string, string>;
    /** Of every namespaced object. */
    namespace?: string;
    replicas?: { name: string; count: number }[];
    /** Inline patches, as YAML. */
    patches?: { patch: string; target?: Record<string, string> }[];
    /** Folders, relative to the source path. */
    components?: string[];
  };
  helm?: {
    releaseName?: string;
    /** Paths or patterns relative to the source path, or to the repository root when they start with `/`. */
    valueFiles?: string[];
    ignoreMissingValueFiles?: boolean;
    /** Inline YAML, wins over files. */
    values?: string;
    /** Wins over inline YAML. */
    valuesObject?: JsonObject;
    /** The text of a file as the value. */
    fileParameters?: { name: string; path: string }[];
    skipSchemaValidation?: boolean;
    parameters?: { name: string; value: string; forceString?: boolean }[];
    skipCrds?: boolean;
    kubeVersion?: string;
    apiVersions?: string[];
  };
}

export interface RenderRequest {
  /** Root of the checkout; nothing outside is ever read. */
  root: string;
  /** Folder inside the repository, '' or '.' for the root. */
  path: string;
  options: RenderOptions;
  namespace: string;
  applicationName: string;
  limits: { timeoutMs: number; maxBytes: number; maxObjects: number; maxFiles: number };
  signal?: AbortSignal;
}

export interface RenderResult {
  tool: RenderTool;
  /** `helm v4.1.4`, `kustomize v5.8.1`, `directory 1`: part of the cache key. */
  version: string;
  /** In the order rendered; namespaces not yet defaulted. */
  objects: Manifest[];
  /** Repository paths (files or folders) the render read or looked for: the cache key's other part. */
  reads: string[];
  warnings: string[];
}

export type RenderErrorReason =
  | 'path-missing'
  | 'invalid-yaml'
  | 'template'
  | 'unsafe-path'
  | 'remote-base'
  | 'too-large'
  | 'timeout'
  | 'duplicate'
  | 'invalid-object'
  | 'tool-missing'
  | 'internal';

/** The one error a renderer throws: `message` names the file (and line) and carries the tool's own words, bounded and masked. */
export class RenderError extends Error {
  readonly reason: RenderErrorReason;
  readonly file: string | undefined;
  /**
   * Repository paths this failure depends on, as in {@link RenderResult}: while they are unchanged the render would fail
   * the same way. Absent where trying again may help ('timeout', 'tool-missing', 'internal').
   */
  readonly reads: string[] | undefined;
  constructor(
    reason: RenderErrorReason,
    message: string,
    detail: { file?: string | undefined; cause?: unknown; reads?: string[] } = {},
  ) {
    super(message, { cause: detail.cause });
    this.name = 'RenderError';
    this.reason = reason;
    this.file = detail.file;
    this.reads = detail.reads;
  }
}

export interface RendererPort {
  render(request: RenderRequest): Promise<RenderResult>;
  /** Versions of the tools found; absent tools are missing from the record. */
  versions(): Promise<Partial<Record<RenderTool, string>>>;
}
