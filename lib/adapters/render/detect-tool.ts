import type { RenderOptions, RenderTool } from '#lib/ports/renderer.ts';

import { KUSTOMIZATION_FILES } from './kustomize/check-kustomization.ts';
import { joinInside, type Tree, type TreeEntry } from './tree.ts';

const TOOLS: RenderTool[] = ['helm', 'kustomize', 'directory'];

/** What is named wins, then the one block of options that is given, then the files: chart, kustomization, plain folder. */
export async function detectTool(tree: Tree, source: TreeEntry, options: RenderOptions): Promise<RenderTool> {
  if (options.tool !== undefined) return options.tool;
  const blocks = TOOLS.filter((tool) => options[tool] !== undefined);
  const [only] = blocks;
  if (only !== undefined && blocks.length === 1) return only;
  const has = async (name: string): Promise<boolean> =>
    (await tree.find(joinInside(source.path, name)))?.kind === 'file';
  if (await has('Chart.yaml')) return 'helm';
  for (const name of KUSTOMIZATION_FILES) if (await has(name)) return 'kustomize';
  return 'directory';
}
