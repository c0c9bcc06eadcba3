export interface GraphNode {
  id: string
  label: string
  detail?: string
  href?: string
  /** The record the page is about. */
  main?: boolean
  tone?: 'danger' | 'warning'
}

/** `from` holds, owns or guides `to`. */
export interface GraphEdge {
  from: string
  to: string
  /** Share in percent, where it is one. */
  percent?: number
  /** Another relation: 代表, 保証. */
  word?: string
}

export interface PlacedNode extends GraphNode {
  x: number
  y: number
}

export const nodeWidth = 176
export const nodeHeight = 52
const columnGap = 24
const rowGap = 64

/**
 * Places holders above what they hold: a node's row is the longest way down to it; rings are cut where the walk comes
 * back to a node it is already under. Nodes of a row stand in the order of those above them. Pixels from the upper left.
 */
export function placeGraph(
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
): { nodes: PlacedNode[]; width: number; height: number } {
  const rows = rowsOf(nodes, edges)
  const widest = Math.max(1, ...rows.map(row => row.length))
  const width = widest * (nodeWidth + columnGap) - columnGap
  const placed = rows.flatMap((row, at) => {
    const rowWidth = row.length * (nodeWidth + columnGap) - columnGap
    const left = (width - rowWidth) / 2
    return row.map((node, index) => ({
      ...node,
      x: left + index * (nodeWidth + columnGap),
      y: at * (nodeHeight + rowGap),
    }))
  })
  return { nodes: placed, width, height: rows.length * (nodeHeight + rowGap) - rowGap }
}

function rowsOf(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): GraphNode[][] {
  const known = new Set(nodes.map(node => node.id))
  const holders = new Map<string, string[]>()
  for (const edge of edges) {
    if (!known.has(edge.from) || !known.has(edge.to)) continue
    holders.set(edge.to, [...(holders.get(edge.to) ?? []), edge.from])
  }
  const depths = new Map<string, number>()
  const depthOf = (id: string, path: ReadonlySet<string>): number => {
    const found = depths.get(id)
    if (found !== undefined) return found
    const above = (holders.get(id) ?? []).filter(holder => !path.has(holder))
    const depth =
      above.length === 0 ? 0 : 1 + Math.max(...above.map(holder => depthOf(holder, new Set([...path, id]))))
    depths.set(id, depth)
    return depth
  }
  const rows: GraphNode[][] = []
  for (const node of nodes) {
    const depth = depthOf(node.id, new Set([node.id]))
    while (rows.length <= depth) rows.push([])
    rows[depth]!.push(node)
  }
  return rows.filter(row => row.length > 0).map((row, at, all) => inOrderOf(row, all[at - 1] ?? [], holders))
}

function inOrderOf(
  row: GraphNode[],
  above: readonly GraphNode[],
  holders: ReadonlyMap<string, readonly string[]>,
): GraphNode[] {
  const placeOf = new Map(above.map((node, at) => [node.id, at]))
  const middle = (node: GraphNode) => {
    const places = (holders.get(node.id) ?? []).flatMap(holder => placeOf.get(holder) ?? [])
    return places.length === 0 ? above.length : places.reduce((sum, place) => sum + place, 0) / places.length
  }
  return row
    .map((node, at) => ({ node, at, middle: middle(node) }))
    .sort((a, b) => a.middle - b.middle || a.at - b.at)
    .map(item => item.node)
}
