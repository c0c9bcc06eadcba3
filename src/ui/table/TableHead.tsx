import { CaretDownOutlined, CaretUpOutlined } from '@ant-design/icons'
import type { PointerEvent } from 'react'
import { words } from '../labels.ts'
import type { DataTableProps } from './DataTable.tsx'
import { RowCheck } from './RowCheck.tsx'
import {
  type Column,
  minColumnWidth,
  nextSort,
  type Sort,
  type TableLayout,
  widthOf,
} from './table-layout.ts'

interface TableHeadProps<Row>
  extends Pick<DataTableProps<Row>, 'sort' | 'onSort' | 'onLayout' | 'selection' | 'rowKey'> {
  columns: readonly Column<Row>[]
  layout: TableLayout
  list: readonly Row[]
}

/** Headings: sort by click or Enter, resize by dragging the right edge, select the page. */
export function TableHead<Row>({
  columns,
  layout,
  list,
  sort,
  onSort,
  onLayout,
  selection,
  rowKey,
}: TableHeadProps<Row>) {
  const keys = list.map(rowKey)
  const chosen = selection ? keys.filter(key => selection.keys.has(key)).length : 0
  const chooseAll = (all: boolean) => {
    if (!selection) return
    const next = new Set(selection.keys)
    for (const key of keys) {
      if (all) next.add(key)
      else next.delete(key)
    }
    selection.onChange(next)
  }
  return (
    <thead>
      <tr>
        {selection && (
          <th scope="col" className="ui-table-check">
            <RowCheck
              label={words.table.selectAll}
              checked={keys.length > 0 && chosen === keys.length}
              mixed={chosen > 0 && chosen < keys.length}
              disabled={keys.length === 0}
              onChange={chooseAll}
            />
          </th>
        )}
        {columns.map(column => (
          <th
            key={column.key}
            scope="col"
            className={column.kind === 'number' ? 'ui-right' : undefined}
            aria-sort={sort?.key === column.key ? sort.direction : undefined}
          >
            <Heading column={column} sort={sort} onSort={onSort} />
            <ResizeEdge column={column} layout={layout} onLayout={onLayout} />
          </th>
        ))}
      </tr>
    </thead>
  )
}

function Heading<Row>({
  column,
  sort,
  onSort,
}: {
  column: Column<Row>
  sort: Sort | null
  onSort: (sort: Sort | null) => void
}) {
  if (!column.sortable) return <span className="ui-table-heading">{column.title}</span>
  const direction = sort?.key === column.key ? sort.direction : null
  return (
    <button
      type="button"
      className="ui-table-heading ui-table-sort"
      onClick={() => onSort(nextSort(sort, column.key))}
    >
      {column.title}
      <span className="ui-table-carets" data-direction={direction ?? undefined} aria-hidden="true">
        {direction === 'descending' ? (
          <CaretDownOutlined aria-hidden="true" />
        ) : (
          <CaretUpOutlined aria-hidden="true" />
        )}
      </span>
    </button>
  )
}

interface ResizeEdgeProps<Row> {
  column: Column<Row>
  layout: TableLayout
  onLayout: (layout: TableLayout) => void
}

/** Drags a column's width; a double click gives the width back. The keyboard does not need it: nothing is hidden by it. */
function ResizeEdge<Row>({ column, layout, onLayout }: ResizeEdgeProps<Row>) {
  const setWidth = (width: number) =>
    onLayout({ ...layout, widths: { ...layout.widths, [column.key]: Math.round(width) } })
  const start = (event: PointerEvent<HTMLSpanElement>) => {
    event.preventDefault()
    const edge = event.currentTarget
    const from = event.clientX
    const width = edge.parentElement?.getBoundingClientRect().width ?? widthOf(column, layout)
    edge.setPointerCapture(event.pointerId)
    edge.onpointermove = move => setWidth(Math.max(minColumnWidth, width + move.clientX - from))
    edge.onpointerup = () => {
      edge.onpointermove = null
      edge.onpointerup = null
    }
  }
  return (
    <span
      className="ui-table-edge"
      aria-hidden="true"
      onPointerDown={start}
      onDoubleClick={() => setWidth(column.width)}
    />
  )
}
