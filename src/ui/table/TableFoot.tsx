import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { words } from '../labels.ts'

/** Keyset paging: there is a next page or there is not; nobody counts them. */
export interface Pager {
  next: (() => void) | null
  previous: (() => void) | null
  /** Number of the first row shown, from 1, where the application knows it. */
  from?: number
}

export function TableFoot({ count, pager, keys }: { count: number; pager: Pager | null; keys: boolean }) {
  const from = pager?.from
  return (
    <div className="ui-table-foot">
      <span>
        {from !== undefined && count > 0
          ? words.table.range(from, from + count - 1)
          : words.table.rows(count)}
      </span>
      {keys && <span className="ui-table-keys">{words.table.keys}</span>}
      {pager && (
        <nav className="ui-table-pager" aria-label={words.table.pager}>
          <Button
            size="small"
            icon={<LeftOutlined />}
            disabled={pager.previous === null}
            onClick={() => pager.previous?.()}
          >
            {words.table.previous}
          </Button>
          <Button
            size="small"
            icon={<RightOutlined />}
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
