import type { ReactNode } from 'react'
import { words } from '../labels.ts'
import { ScrollBox } from '../shells/ScrollBox.tsx'
import './figures.css'

export interface CompareRow {
  key: string
  label: string
  /** One per record, in the order of `records`. */
  cells: readonly ReactNode[]
  /** All records say the same: nothing to choose. */
  same: boolean
  /** Index of the record whose value is kept. */
  chosen: number
  /** Null: may be chosen; else why the choice is fixed. */
  fixedReason: string | null
}

interface CompareTableProps {
  label: string
  /** Headings of the records: name, code, since when. */
  records: readonly { key: string; title: ReactNode }[]
  rows: readonly CompareRow[]
  onChoose: (rowKey: string, record: number) => void
}

/** Records side by side, and for each item which one's value stays. What differs is tinted; the kept value is framed. */
export function CompareTable({ label, records, rows, onChoose }: CompareTableProps) {
  return (
    <ScrollBox label={label}>
      <table className="ui-compare">
        <caption className="ui-hidden">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{words.values.item}</th>
            {records.map(record => (
              <th key={record.key} scope="col">
                {record.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.key} data-same={row.same || undefined}>
              <th scope="row">
                {row.label}
                {row.fixedReason && <span className="ui-facts-note">{row.fixedReason}</span>}
              </th>
              {row.cells.map((cell, at) => (
                <td key={records[at]?.key} data-chosen={(!row.same && row.chosen === at) || undefined}>
                  {row.same || row.fixedReason ? (
                    cell
                  ) : (
                    <Choice label={label} row={row} at={at} cell={cell} onChoose={onChoose} />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

interface ChoiceProps {
  label: string
  row: CompareRow
  at: number
  cell: ReactNode
  onChoose: CompareTableProps['onChoose']
}

function Choice({ label, row, at, cell, onChoose }: ChoiceProps) {
  return (
    <label className="ui-compare-choice">
      <input
        type="radio"
        name={`${label}-${row.key}`}
        checked={row.chosen === at}
        onChange={() => onChoose(row.key, at)}
      />
      <span>{cell ?? words.values.none}</span>
    </label>
  )
}
