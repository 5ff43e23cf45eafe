import type { RenderRequest } from '#lib/ports/renderer.ts';

import type { ToolOutput } from './run-tool.ts';
import type { RenderTools } from './tools.ts';
import type { Tree, TreeEntry } from './tree.ts';

/** What a render by an official binary works with. */
export interface ToolContext {
  request: RenderRequest;
  tree: Tree;
  /** The folder of the application, links followed. */
  source: TreeEntry;
  tools: RenderTools;
  /** Private temporary folder, removed afterwards; also HOME of the children. */
  scratch: string;
  /** Absolute folder → the name a person knows it by; for the tools' own words. */
  folders: Record<string, string>;
  /** Runs a command cleanly: no credentials, no network, killed after the render's time. */
  run(command: string[]): Promise<ToolOutput>;
}
