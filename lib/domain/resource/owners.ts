/** What the tree needs to know of one object; `owners` are the uids of its ownerReferences, the controller's first. */
export interface OwnedRow {
  uid: string;
  /** Text that orders siblings, usually the formatted object key. */
  key: string;
  owners: readonly string[];
}

export interface OwnerNode<Row extends OwnedRow> {
  row: Row;
  children: OwnerNode<Row>[];
}

/**
 * The forest of owners: an object stands below the first of its owners that is among the rows, else it is a root.
 * Every row appears exactly once; a circle of owners is cut at its first member by key.
 */
export function buildOwnerTree<Row extends OwnedRow>(rows: readonly Row[]): OwnerNode<Row>[] {
  const ordered = [...rows].sort(byKey);
  const nodes = new Map<string, OwnerNode<Row>>();
  for (const row of ordered) if (!nodes.has(row.uid)) nodes.set(row.uid, { row, children: [] });
  const parents = new Map<string, string>();
  const roots: OwnerNode<Row>[] = [];
  for (const node of nodes.values()) {
    const parent = node.row.owners.find((uid) => nodes.has(uid) && !leadsTo(parents, uid, node.row.uid));
    const owner = parent === undefined ? undefined : nodes.get(parent);
    if (parent === undefined || owner === undefined) {
      roots.push(node);
      continue;
    }
    parents.set(node.row.uid, parent);
    owner.children.push(node);
  }
  return roots;
}

/** Every object below the one named by uid, nearest first, itself excluded. */
export function descendantsOf<Row extends OwnedRow>(forest: readonly OwnerNode<Row>[], uid: string): Row[] {
  const start = find(forest, uid);
  const queue = start === undefined ? [] : [...start.children];
  const found: Row[] = [];
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    found.push(node.row);
    queue.push(...node.children);
  }
  return found;
}

function find<Row extends OwnedRow>(forest: readonly OwnerNode<Row>[], uid: string): OwnerNode<Row> | undefined {
  const stack = [...forest];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.row.uid === uid) return node;
    stack.push(...node.children);
  }
  return undefined;
}

/** Follows parents from `start`; true when `target` is reached, so that hanging target below start would close a circle. */
function leadsTo(parents: ReadonlyMap<string, string>, start: string, target: string): boolean {
  for (let uid: string | undefined = start; uid !== undefined; uid = parents.get(uid)) if (uid === target) return true;
  return false;
}

function byKey(a: OwnedRow, b: OwnedRow): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  return a.uid < b.uid ? -1 : Number(a.uid > b.uid);
}
