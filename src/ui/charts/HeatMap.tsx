import type { ReactNode } from 'react'
import { ScrollBox } from '../shells/ScrollBox.tsx'
import { heatStep } from './chart-data.ts'
import './charts.css'

export interface HeatCell {
  /** 0 (calm) to 1 (worst); null: nothing happened. */
  heat: number | null
  /** Written in the cell. */
  text: ReactNode
  title?: string
}

interface HeatMapProps {
  label: string
  columns: readonly string[]
  rows: readonly { key: string; label: ReactNode; cells: readonly HeatCell[] }[]
}

/** A table whose cells are tinted by how bad they are; the number stays readable in each. */
export function HeatMap({ label, columns, rows }: HeatMapProps) {
  return (
    <ScrollBox label={label}>
      <table className="ui-heat">
        <caption className="ui-hidden">{label}</caption>
        <thead>
          <tr>
            <td />
            {columns.map(column => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.key}>
              <th scope="row">{row.label}</th>
              {row.cells.map((cell, at) => (
                <td key={columns[at]} title={cell.title} data-heat={heatStep(cell.heat)}>
                  {cell.text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
