import type { ObjectRow } from '#lib/contracts/applications.ts';

export interface TreeNode {
  row: ObjectRow;
  /** 0 = nobody in the list owns it. */
  depth: number;
  parent: string | null;
}

const byName = (a: ObjectRow, b: ObjectRow) => a.kind.localeCompare(b.kind) || a.name.localeCompare(b.name);

/** Objects below their owners, depth first. An owner that is not in the list makes a root. */
export function treeOf(rows: readonly ObjectRow[]): TreeNode[] {
  const known = new Map(rows.flatMap((row) => (row.uid === null ? [] : [[row.uid, row] as const])));
  const children = new Map<string, ObjectRow[]>();
  const roots: ObjectRow[] = [];
  for (const row of rows) {
    const owner = row.ownerUid === null ? undefined : known.get(row.ownerUid);
    if (owner === undefined || owner === row) roots.push(row);
    else children.set(owner.key, [...(children.get(owner.key) ?? []), row]);
  }
  const nodes: TreeNode[] = [];
  const walk = (row: ObjectRow, depth: number, parent: string | null) => {
    nodes.push({ row, depth, parent });
    for (const child of (children.get(row.key) ?? []).toSorted(byName)) walk(child, depth + 1, row.key);
  };
  for (const root of roots.toSorted(byName)) walk(root, 0, null);
  return nodes;
}
