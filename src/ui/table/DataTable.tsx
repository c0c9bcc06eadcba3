import { type ReactNode, useRef } from 'react'
import type { Loadable } from '../problem.ts'
import { EmptyState, type EmptyStateProps, ProblemState } from '../shells/states.tsx'
import { ColumnChooser } from './ColumnChooser.tsx'
import './table.css'
import { type Pager, TableFoot } from './TableFoot.tsx'
import { TableHead } from './TableHead.tsx'
import { TableRows } from './TableRows.tsx'
import {
  type Column,
  initialLayout,
  type Sort,
  shownColumns,
  type TableLayout,
  widthOf,
} from './table-layout.ts'
import { useFillHeight } from './use-fill-height.ts'

export interface Selection {
  keys: ReadonlySet<string>
  onChange: (keys: ReadonlySet<string>) => void
  /** Buttons for the chosen rows. */
  actions: ReactNode
}

export interface DataTableProps<Row> {
  /** Accessible name, e.g. 「顧客一覧」. */
  label: string
  columns: readonly Column<Row>[]
  rows: Loadable<readonly Row[]>
  rowKey: (row: Row) => string
  /** What a row is called when read aloud. */
  rowName: (row: Row) => string
  /** Where Enter, a click on the row and the link in the first column lead. */
  rowHref?: (row: Row) => string
  /** Or what happens instead of a page. */
  onOpen?: (row: Row) => void
  /** A thin coloured edge; the word itself belongs into a StatusTag in the row. */
  rowTone?: (row: Row) => 'danger' | 'warning' | undefined
  /** Keyset paging: null where the whole list is always shown. */
  pager: Pager | null
  sort: Sort | null
  onSort: (sort: Sort | null) => void
  /** The person's saved layout; null until they chose one. */
  layout: TableLayout | null
  onLayout: (layout: TableLayout) => void
  selection?: Selection
  empty: EmptyStateProps
  /** `fill` reaches to the bottom of the window with a standing head; `natural` grows with its rows (inside tabs). */
  height?: 'fill' | 'natural'
  /** FilterBar, at the left of the tool line. */
  filters?: ReactNode
  /** Buttons at the right of the tool line: export, print. */
  tools?: ReactNode
}

const checkWidth = 36

/** The foot of the table and the page's lower edge. */
const footRoom = 58

/** A list the whole day is spent in: server paging, chosen columns, keyboard rows, and every state inside. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows, height = 'fill', empty, selection } = props
  const layout = props.layout ?? initialLayout(columns)
  const shown = shownColumns(columns, layout)
  const box = useRef<HTMLDivElement>(null)
  useFillHeight(box, height === 'fill', footRoom)
  const width = shown.reduce((sum, column) => sum + widthOf(column, layout), selection ? checkWidth : 0)
  const list = rows.state === 'ready' ? rows.value : []
  const updating = rows.state === 'ready' && rows.updating === true
  return (
    <div className={`ui-table ui-table-${layout.density}`} aria-busy={rows.state === 'loading' || updating}>
      <Tools {...props} shownLayout={layout} />
      <div className="ui-table-updating" data-on={updating || undefined} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: an empty list scrolls sideways too, so the keyboard must reach it (WCAG 2.1.1) */}
      <section className="ui-table-scroll" ref={box} aria-label={props.label} tabIndex={0}>
        {rows.state === 'problem' ? (
          <ProblemState problem={rows.problem} retry={rows.retry} />
        ) : (
          <table style={{ minWidth: width }}>
            <caption className="ui-hidden">{props.label}</caption>
            <colgroup>
              {selection && <col style={{ width: checkWidth }} />}
              {shown.map(column => (
                <col key={column.key} style={{ width: widthOf(column, layout) }} />
              ))}
            </colgroup>
            <TableHead {...props} columns={shown} layout={layout} list={list} />
            {rows.state === 'loading' ? (
              <GreyRows columns={shown.length + (selection ? 1 : 0)} />
            ) : (
              <TableRows {...props} columns={shown} list={list} />
            )}
          </table>
        )}
        {rows.state === 'ready' && list.length === 0 && <EmptyState {...empty} />}
      </section>
      {rows.state === 'ready' && (
        <TableFoot
          count={list.length}
          pager={props.pager}
          keys={list.length > 0 && Boolean(props.rowHref ?? props.onOpen)}
          selection={selection}
        />
      )}
    </div>
  )
}

function Tools<Row>({
  columns,
  onLayout,
  filters,
  tools,
  shownLayout,
}: DataTableProps<Row> & { shownLayout: TableLayout }) {
  return (
    <div className="ui-table-tools">
      <div className="ui-table-filters">{filters}</div>
      {tools}
      <ColumnChooser columns={columns} layout={shownLayout} onLayout={onLayout} />
    </div>
  )
}

const greyRows = Array.from({ length: 12 }, (_, at) => at)

function GreyRows({ columns }: { columns: number }) {
  return (
    <tbody>
      {greyRows.map(row => (
        <tr key={row}>
          {Array.from({ length: columns }, (_, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: grey bars have no identity
            <td key={at}>
              <span className="ui-grey" style={{ width: `${88 - ((row * 23 + at * 31) % 50)}%` }} />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  )
}
