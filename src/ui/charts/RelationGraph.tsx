import { Segmented } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import { words } from '../labels.ts'
import { UiLink } from '../link.tsx'
import { ScrollBox } from '../shells/ScrollBox.tsx'
import './charts.css'
import {
  type GraphEdge,
  type GraphNode,
  nodeHeight,
  nodeWidth,
  type PlacedNode,
  placeGraph,
  smoothPath,
  wordPlace,
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
        <>
          <GraphPicture label={label} nodes={nodes} edges={edges} />
          <div className="ui-hidden">
            <EdgeTable label={label} nodes={nodes} edges={edges} />
          </div>
        </>
      ) : (
        <ScrollBox label={label} className="ui-chart-table">
          <EdgeTable label={label} nodes={nodes} edges={edges} />
        </ScrollBox>
      )}
    </figure>
  )
}

function GraphPicture({ label, nodes, edges }: RelationGraphProps) {
  const graph = placeGraph(nodes, edges)
  const arrow = `arrow${useId().replaceAll(/[^a-zA-Z0-9]/g, '')}`
  return (
    <ScrollBox label={label} className="ui-graph-box">
      <div className="ui-graph" style={{ width: graph.width, height: graph.height }}>
        <svg width={graph.width} height={graph.height} aria-hidden="true">
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
          {graph.edges.map(edge => (
            <path
              key={edgeKey(edge)}
              d={smoothPath(edge.points)}
              markerEnd={`url(#${arrow})`}
              className="ui-graph-line"
              data-tie={edge.percent === undefined || undefined}
            />
          ))}
        </svg>
        {graph.edges.map(edge => {
          const place = wordPlace(edge.points)
          return (
            <span
              key={edgeKey(edge)}
              className="ui-graph-share"
              aria-hidden="true"
              style={{ left: place.x, top: place.y }}
            >
              {edgeWord(edge)}
            </span>
          )
        })}
        {graph.nodes.map(node => (
          <NodeBox key={node.id} node={node} />
        ))}
      </div>
    </ScrollBox>
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
  const marks = {
    'data-main': node.main || undefined,
    'data-tone': node.tone,
    'data-person': node.person || undefined,
  }
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
    <table>
      <caption className="ui-hidden">{label}</caption>
      <thead>
        <tr>
          <th scope="col">{words.values.graphFrom}</th>
          <th scope="col">{words.values.graphShare}</th>
          <th scope="col">{words.values.graphTo}</th>
        </tr>
      </thead>
      <tbody>
        {edges.map(edge => (
          <tr key={edgeKey(edge)}>
            <th scope="row">{nameOf.get(edge.from) ?? edge.from}</th>
            <td>{edgeWord(edge)}</td>
            <td>{nameOf.get(edge.to) ?? edge.to}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const edgeKey = (edge: GraphEdge): string => `${edge.from}-${edge.to}-${edge.word ?? ''}`

function edgeWord(edge: GraphEdge): string {
  return [edge.word, edge.percent === undefined ? undefined : (edge.percentText ?? `${edge.percent}%`)]
    .filter(Boolean)
    .join(' ')
}
