import { useApi } from '../../../platform/web/api.ts'
import { useListState } from '../../../platform/web/list.ts'
import { type Column, DataTable, ListShell, mapLoadable } from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { type SelfCheck, selfCheckRows } from '../contract.ts'

type Row = SelfCheck['questions'][number]['parts'][number]['rows'][number]

const columns: readonly Column<Row>[] = [
  { key: 'label', title: '対象', render: row => row.label, width: 420, hidable: false },
  { key: 'detail', title: '内容', render: row => row.detail, width: 420 },
]

/** Every row behind one answer of the self check; opening a row leads to where it is put right. */
export function SelfCheckRows({ part }: { part: string }) {
  const list = useListState([])
  const page = useApi(selfCheckRows, { part, after: list.after })
  const [layout, setLayout] = useTableLayout('quality.selfCheckRows')
  return (
    <ListShell
      header={{
        title: page.state === 'ready' ? page.value.label : '自己点検',
        detail: '行を開くと、直す画面に移ります',
        crumbs: [{ label: '自己点検', href: '/self-check' }],
      }}
    >
      <DataTable
        label="点検の対象"
        columns={columns}
        rows={mapLoadable(page, answer => answer.rows as readonly Row[])}
        rowKey={row => row.key}
        rowName={row => row.label}
        rowHref={row => row.href}
        pager={list.pager(page.state === 'ready' ? page.value.next : null)}
        sort={null}
        onSort={() => {}}
        layout={layout}
        onLayout={setLayout}
        empty={{ title: '該当はありません', hint: 'いまの記録では、この点検に当たるものはありません。' }}
      />
    </ListShell>
  )
}
