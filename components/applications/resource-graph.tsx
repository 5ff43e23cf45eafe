'use client';

import '@xyflow/react/dist/style.css';
import { Background, Controls, type Edge, Handle, type Node, type NodeProps, Position, ReactFlow } from '@xyflow/react';
import { useMemo } from 'react';
import type { ObjectRow } from '#lib/contracts/applications.ts';
import { StateBadge } from '#components/health/state-badge.tsx';
import { HEALTH_LOOK, SYNC_LOOK } from '#components/health/states.ts';
import { usePreferences } from '#components/shell/preferences.tsx';
import type { TreeNode } from './tree.ts';

const COLUMN = 270;
const ROW = 66;

type ObjectNode = Node<{ row: ObjectRow }, 'object'>;

/** Owners left, what they own right; a row for each leaf. */
function placed(nodes: readonly TreeNode[]): { nodes: ObjectNode[]; edges: Edge[] } {
  let line = -1;
  const out: ObjectNode[] = [];
  const edges: Edge[] = [];
  nodes.forEach(({ row, depth, parent }, index) => {
    const before = nodes[index - 1];
    if (before === undefined || before.depth >= depth) line++;
    out.push({ id: row.key, type: 'object', position: { x: depth * COLUMN, y: line * ROW }, data: { row } });
    if (parent !== null)
      edges.push({ id: `${parent} ${row.key}`, source: parent, target: row.key, type: 'smoothstep' });
  });
  return { nodes: out, edges };
}

function ObjectCard({ data: { row } }: NodeProps<ObjectNode>) {
  return (
    <div className="w-[230px] rounded-lg border border-line-strong bg-surface px-2.5 py-1.5 text-left text-xs">
      <Handle type="target" position={Position.Left} className="invisible" />
      <p className="flex items-center justify-between gap-2 text-mute">
        {row.kind}
        <StateBadge look={HEALTH_LOOK[row.health]} bare />
      </p>
      <p className="flex items-center justify-between gap-2 font-semibold">
        <span className="truncate">{row.name}</span>
        {row.managed && row.sync !== 'Synced' && <StateBadge look={SYNC_LOOK[row.sync]} bare />}
      </p>
      <Handle type="source" position={Position.Right} className="invisible" />
    </div>
  );
}

const NODE_TYPES = { object: ObjectCard };

export function ResourceGraph({ nodes, onOpen }: { nodes: readonly TreeNode[]; onOpen: (key: string) => void }) {
  const { preferences } = usePreferences();
  const graph = useMemo(() => placed(nodes), [nodes]);
  return (
    <div
      role="region"
      aria-label="Graph of resources"
      className="h-[560px] rounded-[10px] border border-line bg-surface"
    >
      <ReactFlow
        nodes={graph.nodes}
        edges={graph.edges}
        nodeTypes={NODE_TYPES}
        colorMode={preferences.theme}
        fitView
        fitViewOptions={{ maxZoom: 1, padding: 0.1 }}
        minZoom={0.1}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        onNodeClick={(_, node) => onOpen(node.id)}
        proOptions={{ hideAttribution: true }}
      >
        <Background gap={20} />
        <Controls showInteractive={false} />
      </ReactFlow>
    </div>
  );
}
