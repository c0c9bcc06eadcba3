export interface GraphNode {
  id: string
  label: string
  detail?: string
  href?: string
  /** The record the page is about. */
  main?: boolean
  tone?: 'danger' | 'warning'
  /** A natural person: drawn with round ends, so that it is told from a company without colour. */
  person?: boolean
}

/** `from` holds, owns or guides `to`. */
export interface GraphEdge {
  from: string
  to: string
  /** Share in percent, where it is one. */
  percent?: number
  /** The share in words where the number is not exact: 約33.33%. */
  percentText?: string
  /** Another relation: 代表, 保証. */
  word?: string
}

export interface Point {
  x: number
  y: number
}

export interface PlacedNode extends GraphNode, Point {}

/** An edge with the points its line goes through: lower edge of the holder, past the rows between, upper edge of the held. */
export interface PlacedEdge extends GraphEdge {
  points: readonly Point[]
}

export interface PlacedGraph {
  nodes: PlacedNode[]
  edges: PlacedEdge[]
  width: number
  height: number
}

export const nodeWidth = 184
export const nodeHeight = 58
const passWidth = 20
const columnGap = 22
const rowStep = nodeHeight + 62

/** A place in a row: a node, or the gap through which a longer line passes. */
interface Slot {
  id: string
  width: number
  above: string[]
}

/**
 * Places holders above what they hold: a node's row is the longest way down to it; rings are cut where the walk comes
 * back to a node it is already under. Lines over several rows get a gap of their own in each row between, so that none
 * runs behind a box. Pixels from the upper left.
 */
export function placeGraph(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): PlacedGraph {
  const depths = depthsOf(nodes, edges)
  const known = edges.filter(edge => depths.has(edge.from) && depths.has(edge.to))
  const rows = slotRows(nodes, known, depths)
  const rowWidths = rows.map(row => row.reduce((sum, slot) => sum + slot.width + columnGap, -columnGap))
  const width = Math.max(nodeWidth, ...rowWidths)
  const middles = new Map<string, Point>()
  rows.forEach((row, at) => {
    let left = (width - rowWidths[at]!) / 2
    for (const slot of row) {
      middles.set(slot.id, { x: left + slot.width / 2, y: at * rowStep })
      left += slot.width + columnGap
    }
  })
  return {
    nodes: nodes.map(node => {
      const middle = middles.get(node.id)!
      return { ...node, x: middle.x - nodeWidth / 2, y: middle.y }
    }),
    edges: known.map(edge => ({ ...edge, points: pointsOf(edge, depths, middles) })),
    width,
    height: rows.length * rowStep - (rowStep - nodeHeight),
  }
}

function depthsOf(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Map<string, number> {
  const ids = new Set(nodes.map(node => node.id))
  const depths = new Map<string, number>()
  const depthOf = (id: string, path: ReadonlySet<string>): number => {
    const found = depths.get(id)
    if (found !== undefined) return found
    const above = edges.filter(edge => edge.to === id && ids.has(edge.from) && !path.has(edge.from))
    const depth =
      above.length === 0
        ? 0
        : 1 + Math.max(...above.map(edge => depthOf(edge.from, new Set([...path, edge.from]))))
    depths.set(id, depth)
    return depth
  }
  for (const node of nodes) depthOf(node.id, new Set([node.id]))
  return depths
}

const passId = (edge: GraphEdge, row: number): string => `${edge.from}→${edge.to}@${row}`

function slotRows(
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
  depths: ReadonlyMap<string, number>,
): Slot[][] {
  const rows: Slot[][] = Array.from({ length: Math.max(0, ...depths.values()) + 1 }, () => [])
  for (const node of nodes) rows[depths.get(node.id)!]!.push({ id: node.id, width: nodeWidth, above: [] })
  for (const edge of edges) {
    let above = edge.from
    for (let row = depths.get(edge.from)! + 1; row < depths.get(edge.to)!; row += 1) {
      const id = passId(edge, row)
      rows[row]!.push({ id, width: passWidth, above: [above] })
      above = id
    }
    if (depths.get(edge.to)! > depths.get(edge.from)!)
      rows[depths.get(edge.to)!]!.find(slot => slot.id === edge.to)!.above.push(above)
  }
  for (let at = 1; at < rows.length; at += 1) rows[at] = inOrderOf(rows[at]!, rows[at - 1]!)
  return rows
}

/** Slots in the order of what stands above them, the given order kept between equals. */
function inOrderOf(row: readonly Slot[], above: readonly Slot[]): Slot[] {
  const placeOf = new Map(above.map((slot, at) => [slot.id, at]))
  const middle = (slot: Slot) => {
    const places = slot.above.flatMap(id => placeOf.get(id) ?? [])
    return places.length === 0 ? above.length : places.reduce((sum, place) => sum + place, 0) / places.length
  }
  return row
    .map((slot, at) => ({ slot, at, middle: middle(slot) }))
    .sort((a, b) => a.middle - b.middle || a.at - b.at)
    .map(item => item.slot)
}

function pointsOf(
  edge: GraphEdge,
  depths: ReadonlyMap<string, number>,
  middles: ReadonlyMap<string, Point>,
): Point[] {
  const from = middles.get(edge.from)!
  const to = middles.get(edge.to)!
  if (to.y <= from.y) return sidewaysPoints(from, to)
  const points: Point[] = [{ x: from.x, y: from.y + nodeHeight }]
  for (let row = depths.get(edge.from)! + 1; row < depths.get(edge.to)!; row += 1) {
    const pass = middles.get(passId(edge, row))!
    points.push(pass, { x: pass.x, y: pass.y + nodeHeight })
  }
  return [...points, { x: to.x, y: to.y }]
}

/** A ring's way back up: out at the right of the holder and in at the right of the held. */
function sidewaysPoints(from: Point, to: Point): Point[] {
  const right = Math.max(from.x, to.x) + nodeWidth / 2 + 18
  return [
    { x: from.x + nodeWidth / 2, y: from.y + nodeHeight / 2 },
    { x: right, y: (from.y + to.y + nodeHeight) / 2 },
    { x: to.x + nodeWidth / 2, y: to.y + nodeHeight / 2 },
  ]
}

/** A smooth line through the points: vertical at each, as an SVG path. */
export function smoothPath(points: readonly Point[]): string {
  return points
    .map((point, at) => {
      if (at === 0) return `M${point.x} ${point.y}`
      const last = points[at - 1]!
      const bend = (last.y + point.y) / 2
      return `C${last.x} ${bend} ${point.x} ${bend} ${point.x} ${point.y}`
    })
    .join(' ')
}

/** Where an edge's words stand: half-way down its last stretch. */
export function wordPlace(points: readonly Point[]): Point {
  const end = points.at(-1)!
  const before = points.at(-2)!
  return { x: (before.x + end.x) / 2, y: (before.y + end.y) / 2 }
}
