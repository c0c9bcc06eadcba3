import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { words } from '../labels.ts'
import type { Selection } from './DataTable.tsx'

/** Keyset paging: there is a next page or there is not; nobody counts them. */
export interface Pager {
  next: (() => void) | null
  previous: (() => void) | null
  /** Number of the first row shown, from 1, where the application knows it. */
  from?: number
}

interface TableFootProps {
  count: number
  pager: Pager | null
  keys: boolean
  selection: Selection | undefined
}

/** How many are shown, what is chosen and may be done with it, and the way to the next page. */
export function TableFoot({ count, pager, keys, selection }: TableFootProps) {
  const from = pager?.from
  const chosen = selection?.keys.size ?? 0
  return (
    <div className="ui-table-foot" data-chosen={chosen > 0 || undefined}>
      {selection && chosen > 0 ? (
        <Chosen selection={selection} />
      ) : (
        <>
          <span>
            {from !== undefined && count > 0
              ? words.table.range(from, from + count - 1)
              : words.table.rows(count)}
          </span>
          {keys && <span className="ui-table-keys">{words.table.keys}</span>}
        </>
      )}
      {pager && (
        <nav className="ui-table-pager" aria-label={words.table.pager}>
          <Button
            size="small"
            icon={<LeftOutlined aria-hidden="true" />}
            disabled={pager.previous === null}
            onClick={() => pager.previous?.()}
          >
            {words.table.previous}
          </Button>
          <Button
            size="small"
            icon={<RightOutlined aria-hidden="true" />}
            iconPlacement="end"
            disabled={pager.next === null}
            onClick={() => pager.next?.()}
          >
            {words.table.next}
          </Button>
        </nav>
      )}
    </div>
  )
}

function Chosen({ selection }: { selection: Selection }) {
  return (
    <div className="ui-table-selected">
      <strong role="status">{words.table.selected(selection.keys.size)}</strong>
      {selection.actions}
      <button type="button" className="ui-text-button" onClick={() => selection.onChange(new Set())}>
        {words.table.clearSelection}
      </button>
    </div>
  )
}
