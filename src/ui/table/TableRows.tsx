import { type KeyboardEvent, type MouseEvent, type ReactNode, useState } from 'react'
import { rowAfter } from '../keyboard.ts'
import { words } from '../labels.ts'
import { UiLink } from '../link.tsx'
import { useUi } from '../theme/UiProvider.tsx'
import type { DataTableProps, Selection } from './DataTable.tsx'
import { RowCheck } from './RowCheck.tsx'
import type { Column } from './table-layout.ts'

interface TableRowsProps<Row>
  extends Pick<DataTableProps<Row>, 'rowKey' | 'rowName' | 'rowHref' | 'onOpen' | 'rowTone' | 'selection'> {
  columns: readonly Column<Row>[]
  list: readonly Row[]
}

/** Rows which the keyboard walks: ↑ ↓ Home End move, Enter opens, Space selects. Only one row is a tab stop. */
export function TableRows<Row>(props: TableRowsProps<Row>) {
  const { list, rowKey, rowHref, onOpen, selection } = props
  const { follow } = useUi()
  const [at, setAt] = useState(0)
  const opens = rowHref !== undefined || onOpen !== undefined
  const open = (row: Row) => {
    if (onOpen) onOpen(row)
    else if (rowHref) follow(rowHref(row))
  }
  const onKey = (event: KeyboardEvent<HTMLTableRowElement>, row: Row, index: number) => {
    if (event.target !== event.currentTarget) return
    const next = rowAfter(index, list.length, event.key)
    if (next !== null) {
      setAt(next)
      const target = event.currentTarget.parentElement?.children[next]
      if (target instanceof HTMLElement) target.focus()
    } else if (event.key === 'Enter' && opens) open(row)
    else if (event.key === ' ' && selection) toggle(selection, rowKey(row))
    else return
    event.preventDefault()
  }
  const current = Math.min(at, list.length - 1)
  return (
    <tbody>
      {list.map((row, index) => (
        <tr
          key={rowKey(row)}
          tabIndex={index === current ? 0 : -1}
          data-tone={props.rowTone?.(row)}
          data-opens={opens || undefined}
          data-selected={selection?.keys.has(rowKey(row)) || undefined}
          onFocus={() => setAt(index)}
          onKeyDown={event => onKey(event, row, index)}
          onClick={event => {
            if (opens && isPlainClick(event)) open(row)
          }}
        >
          <Cells {...props} row={row} />
        </tr>
      ))}
    </tbody>
  )
}

function Cells<Row>({
  columns,
  row,
  rowKey,
  rowName,
  rowHref,
  selection,
}: TableRowsProps<Row> & { row: Row }) {
  return (
    <>
      {selection && (
        <td className="ui-table-check">
          <RowCheck
            label={words.table.selectRow(rowName(row))}
            checked={selection.keys.has(rowKey(row))}
            onChange={() => toggle(selection, rowKey(row))}
          />
        </td>
      )}
      {columns.map((column, at) => (
        <td key={column.key} className={cellClass(column)}>
          {at === 0 && rowHref ? (
            <FirstCell href={rowHref(row)}>{column.render(row)}</FirstCell>
          ) : (
            column.render(row)
          )}
        </td>
      ))}
    </>
  )
}

/** The first cell is a real link, so that a new tab can be opened from it; the row itself is the tab stop. */
function FirstCell({ href, children }: { href: string; children: ReactNode }) {
  return (
    <UiLink href={href} tabIndex={-1}>
      {children}
    </UiLink>
  )
}

function cellClass<Row>(column: Column<Row>): string | undefined {
  return (
    [column.kind === 'number' ? 'ui-right' : '', column.wrap ? 'ui-wrap' : ''].join(' ').trim() || undefined
  )
}

function toggle(selection: Selection, key: string): void {
  const next = new Set(selection.keys)
  if (!next.delete(key)) next.add(key)
  selection.onChange(next)
}

/** Not on a control inside the row, not with a modifier, not at the end of marking text. */
function isPlainClick(event: MouseEvent<HTMLElement>): boolean {
  const target = event.target as HTMLElement
  const inControl = target.closest('a,button,input,label,[role=button]')
  const marked = window.getSelection()?.isCollapsed === false
  return (
    !event.defaultPrevented && !inControl && !marked && !event.metaKey && !event.ctrlKey && !event.shiftKey
  )
}
