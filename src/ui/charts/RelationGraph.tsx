import { Segmented } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import { words } from '../labels.ts'
import { UiLink } from '../link.tsx'
import './charts.css'
import {
  type GraphEdge,
  type GraphNode,
  nodeHeight,
  nodeWidth,
  type PlacedNode,
  placeGraph,
} from './graph-layout.ts'

interface RelationGraphProps {
  label: string
  nodes: readonly GraphNode[]
  edges: readonly GraphEdge[]
}

const views = [
  { value: 'picture', label: words.values.asChart },
  { value: 'table', label: words.values.asTable },
] as const

/** Who holds whom, with shares: holders above, the record itself framed. Names are links; the table says the same. */
export function RelationGraph({ label, nodes, edges }: RelationGraphProps) {
  const [view, setView] = useState<'picture' | 'table'>('picture')
  return (
    <figure className="ui-chart">
      <Segmented size="small" options={[...views]} value={view} onChange={setView} aria-label={label} />
      {view === 'picture' ? (
        <GraphPicture label={label} nodes={nodes} edges={edges} />
      ) : (
        <EdgeTable label={label} nodes={nodes} edges={edges} />
      )}
    </figure>
  )
}

function GraphPicture({ label, nodes, edges }: RelationGraphProps) {
  const placed = placeGraph(nodes, edges)
  const byId = new Map(placed.nodes.map(node => [node.id, node]))
  const arrow = `arrow${useId().replaceAll(/[^a-zA-Z0-9]/g, '')}`
  const drawn = edges.flatMap(edge => {
    const [from, to] = [byId.get(edge.from), byId.get(edge.to)]
    return from && to ? [{ edge, from, to }] : []
  })
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="ui-graph-box" aria-label={label} tabIndex={0}>
      <div className="ui-graph" style={{ width: placed.width, height: placed.height }}>
        <svg width={placed.width} height={placed.height} aria-hidden="true">
          <defs>
            <marker
              id={arrow}
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="8"
              markerHeight="8"
              orient="auto"
            >
              <path d="M0 0 8 4 0 8z" className="ui-graph-arrow" />
            </marker>
          </defs>
          {drawn.map(({ edge, from, to }) => (
            <path
              key={`${edge.from}-${edge.to}-${edge.word ?? ''}`}
              d={pathOf(from, to)}
              markerEnd={`url(#${arrow})`}
              className="ui-graph-line"
            />
          ))}
        </svg>
        {drawn.map(({ edge, from, to }) => (
          <span
            key={`${edge.from}-${edge.to}-${edge.word ?? ''}`}
            className="ui-graph-share"
            style={middleOf(from, to)}
          >
            {edgeWord(edge)}
          </span>
        ))}
        {placed.nodes.map(node => (
          <NodeBox key={node.id} node={node} />
        ))}
      </div>
    </section>
  )
}

function NodeBox({ node }: { node: PlacedNode }) {
  const inside: ReactNode = (
    <>
      <span className="ui-graph-name">{node.label}</span>
      {node.detail && <span className="ui-graph-detail">{node.detail}</span>}
    </>
  )
  const look = {
    className: 'ui-graph-node',
    style: { left: node.x, top: node.y, width: nodeWidth, height: nodeHeight },
    title: node.label,
  }
  const marks = { 'data-main': node.main || undefined, 'data-tone': node.tone }
  return node.href ? (
    <UiLink plain href={node.href} {...look} {...marks}>
      {inside}
    </UiLink>
  ) : (
    <div {...look} {...marks}>
      {inside}
    </div>
  )
}

function EdgeTable({ label, nodes, edges }: RelationGraphProps) {
  const nameOf = new Map(nodes.map(node => [node.id, node.label]))
  return (
    <div className="ui-chart-table">
      <table>
        <caption className="ui-hidden">{label}</caption>
        <tbody>
          {edges.map(edge => (
            <tr key={`${edge.from}-${edge.to}-${edge.word ?? ''}`}>
              <th scope="row">{nameOf.get(edge.from) ?? edge.from}</th>
              <td>{edgeWord(edge)}</td>
              <td>{nameOf.get(edge.to) ?? edge.to}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function edgeWord(edge: GraphEdge): string {
  return [edge.word, edge.percent === undefined ? undefined : `${edge.percent}%`].filter(Boolean).join(' ')
}

/** Straight down from a holder, or sideways out and back where the held one stands level or above (a ring). */
function pathOf(from: PlacedNode, to: PlacedNode): string {
  const startX = from.x + nodeWidth / 2
  const endX = to.x + nodeWidth / 2
  if (to.y > from.y) {
    const startY = from.y + nodeHeight
    const bend = (to.y - startY) / 2
    return `M${startX} ${startY} C${startX} ${startY + bend} ${endX} ${to.y - bend} ${endX} ${to.y - 2}`
  }
  const side = from.x + nodeWidth
  const out = side + 22
  const endSide = to.x + nodeWidth
  return `M${side} ${from.y + nodeHeight / 2} C${out} ${from.y} ${out} ${to.y + nodeHeight} ${endSide + 2} ${to.y + nodeHeight / 2}`
}

function middleOf(from: PlacedNode, to: PlacedNode): { left: number; top: number } {
  if (to.y > from.y)
    return {
      left: from.x / 3 + (to.x * 2) / 3 + nodeWidth / 2,
      top: from.y / 3 + (to.y * 2) / 3 + nodeHeight / 3,
    }
  return { left: from.x + nodeWidth + 14, top: (from.y + to.y + nodeHeight) / 2 }
}
