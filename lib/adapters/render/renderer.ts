import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { metrics, outcomeOf, timed } from '#lib/observability/metrics.ts';
import {
  RenderError,
  type RenderErrorReason,
  type RendererPort,
  type RenderRequest,
  type RenderResult,
  type RenderTool,
} from '#lib/ports/renderer.ts';

import { networkCutter } from './cut-network.ts';
import { detectTool } from './detect-tool.ts';
import { renderHelm } from './helm/render-helm.ts';
import { renderKustomize } from './kustomize/render-kustomize.ts';
import { renderDirectory } from './plain/render-directory.ts';
import { runTool } from './run-tool.ts';
import { DEFAULT_SEARCH_PATH, ensureTools, type RenderTools } from './tools.ts';
import { joinInside, openTree, type Tree, type TreeEntry } from './tree.ts';

export interface RendererOptions {
  /** Where helm and kubectl are unpacked when the PATH has none; kept between starts. */
  toolsDirectory: string;
  /** The form of PATH; where the tools are looked for. */
  searchPath?: string;
}

/** Raised when our own reading of plain folders changes what it answers. */
const DIRECTORY_VERSION = 'directory 1';

/** RendererPort over the official binaries; plain folders are read without any process. */
export function createRenderer(options: RendererOptions): RendererPort {
  let pending: Promise<RenderTools> | undefined;
  const searchPath = options.searchPath ?? DEFAULT_SEARCH_PATH;
  const tools = (): Promise<RenderTools> => {
    pending ??= ensureTools(options.toolsDirectory, { searchPath }).catch((error: unknown) => {
      pending = undefined;
      throw error;
    });
    return pending;
  };
  return {
    async render(request) {
      let used: string = request.options.tool ?? 'unknown';
      const onTool = (tool: RenderTool) => {
        used = tool;
      };
      const work = async () => {
        const tree = openTree(await rootOf(request), request.limits);
        try {
          return await render(request, tree, { tools, searchPath, onTool });
        } catch (error) {
          throw describe(error, tree);
        }
      };
      return timed(work, metrics().renders, (error) => ({ tool: used, outcome: outcomeOf(error) }));
    },
    async versions() {
      const directory: Partial<Record<RenderTool, string>> = { directory: DIRECTORY_VERSION };
      try {
        const { versions } = await tools();
        return { ...directory, helm: `helm ${versions.helm}`, kustomize: `kustomize ${versions.kustomize}` };
      } catch {
        return directory;
      }
    },
  };
}

interface House {
  tools: () => Promise<RenderTools>;
  searchPath: string;
  /** Told which tool it is, before it runs. */
  onTool: (tool: RenderTool) => void;
}

async function rootOf(request: RenderRequest): Promise<string> {
  return realpath(request.root).catch((error: unknown) => {
    throw new RenderError('internal', 'The checkout to render is gone.', { cause: error });
  });
}

const PASSING = new Set<RenderErrorReason>(['timeout', 'tool-missing', 'internal']);

/** A failure that would repeat itself carries what it depends on, so that it need not be tried again before that changes. */
function describe(error: unknown, tree: Tree): RenderError {
  if (!(error instanceof RenderError)) {
    const words = error instanceof Error ? error.message : String(error);
    return new RenderError('internal', `The render failed: ${words}`, { cause: error });
  }
  if (PASSING.has(error.reason)) return error;
  return new RenderError(error.reason, error.message, { file: error.file, cause: error.cause, reads: tree.reads() });
}

async function render(request: RenderRequest, tree: Tree, house: House): Promise<RenderResult> {
  const source = await findSource(tree, request.path);
  tree.markRead(source.path);
  const tool = await detectTool(tree, source, request.options);
  house.onTool(tool);
  if (tool === 'directory') {
    const rendered = await renderDirectory(request, tree, source);
    return { tool, version: DIRECTORY_VERSION, ...rendered, reads: tree.reads() };
  }
  return withTool(request, { tree, source, tool, house });
}

async function findSource(tree: Tree, path: string): Promise<TreeEntry> {
  const source = await tree.find(joinInside('', path.replace(/^\/+/, '')));
  if (source?.kind === 'directory') return source;
  if (source !== null) tree.markRead(source.path);
  const why = source === null ? 'does not exist' : 'is a file, not a folder';
  const words = `The path "${path}" ${why} at this revision; correct the path of the application, or commit the folder.`;
  throw new RenderError('path-missing', words, { file: path });
}

async function withTool(
  request: RenderRequest,
  render: { tree: Tree; source: TreeEntry; tool: 'helm' | 'kustomize'; house: House },
): Promise<RenderResult> {
  const { tree, source, tool, house } = render;
  const deadline = Date.now() + request.limits.timeoutMs;
  const tools = await house.tools();
  const scratch = await mkdtemp(join(await realpath(tmpdir()), 'quarterdeck-render-'));
  try {
    const env = cleanEnvironment(house.searchPath, scratch);
    const cutter = await networkCutter(env);
    const context = {
      request,
      tree,
      source,
      tools,
      scratch,
      folders: { [tree.absolute('')]: '', [scratch]: 'options' },
      run: (command: string[]) =>
        runTool({
          command: [...cutter, ...limited(command, request.limits.timeoutMs)],
          cwd: scratch,
          env,
          timeoutMs: Math.max(1, deadline - Date.now()),
          maxBytes: request.limits.maxBytes,
          signal: request.signal,
        }),
    };
    const rendered = await (tool === 'helm' ? renderHelm(context) : renderKustomize(context));
    return { tool, version: `${tool} ${tools.versions[tool]}`, ...rendered, reads: tree.reads() };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Should this process die, its children end by themselves: CPU time is capped by the kernel too, and no core is dumped. */
function limited(command: string[], timeoutMs: number): string[] {
  const seconds = Math.ceil(timeoutMs / 1000) * 2 + 5;
  return ['/bin/sh', '-c', `ulimit -c 0; ulimit -t ${seconds}; exec "$@"`, 'render', ...command];
}

/** No kubeconfig, no cluster, no proxy, no plugin, no home of anyone. */
function cleanEnvironment(searchPath: string, scratch: string): Record<string, string> {
  return {
    PATH: searchPath,
    LC_ALL: 'C.UTF-8',
    HOME: scratch,
    TMPDIR: scratch,
    XDG_CACHE_HOME: join(scratch, 'cache'),
    XDG_CONFIG_HOME: join(scratch, 'config'),
    XDG_DATA_HOME: join(scratch, 'data'),
    HELM_CACHE_HOME: join(scratch, 'helm-cache'),
    HELM_CONFIG_HOME: join(scratch, 'helm-config'),
    HELM_DATA_HOME: join(scratch, 'helm-data'),
    HELM_PLUGINS: join(scratch, 'no-plugins'),
    KUSTOMIZE_PLUGIN_HOME: join(scratch, 'no-plugins'),
    GOMEMLIMIT: '1GiB',
  };
}
