import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { CodeText, type Column, DataTable, DateTimeText, mapLoadable } from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { type BlockRow, listBlocks } from '../detail-contract.ts'

const columns: Column<BlockRow>[] = [
  { key: 'block', title: '塊', width: 88, hidable: false, render: row => `第${row.block}塊` },
  { key: 'sealedAt', title: '封印日時', width: 160, render: row => <DateTimeText at={row.sealedAt} /> },
  {
    key: 'leafCount',
    title: '記録数',
    width: 88,
    kind: 'number',
    render: row => row.leafCount.toLocaleString('ja-JP'),
  },
  { key: 'root', title: 'この塊の根', width: 300, render: row => <CodeText code={row.root} /> },
  { key: 'previous', title: '前の塊の根', width: 300, render: row => <CodeText code={row.previousRoot} /> },
  { key: 'merkle', title: 'ハッシュ木の根', width: 300, render: row => <CodeText code={row.merkleRoot} /> },
  {
    key: 'signature',
    title: '署名（Ed25519）',
    width: 300,
    hiddenAtFirst: true,
    render: row => <CodeText code={row.signature} />,
  },
]

/** The chain of sealed blocks, each naming the root of the one before. */
export function TrailBlocks() {
  const [marks, setMarks] = useState<string[]>([])
  const [layout, setLayout] = useTableLayout('audit.blocks')
  const page = useApi(listBlocks, { after: marks.at(-1) })
  const next = page.state === 'ready' ? page.value.next : null
  return (
    <DataTable
      label="封印の塊"
      columns={columns}
      rows={mapLoadable(page, body => body.rows as readonly BlockRow[])}
      rowKey={row => String(row.block)}
      rowName={row => `第${row.block}塊`}
      pager={{
        next: next ? () => setMarks([...marks, next]) : null,
        previous: marks.length ? () => setMarks(marks.slice(0, -1)) : null,
      }}
      sort={null}
      onSort={() => {}}
      layout={layout}
      onLayout={setLayout}
      height="fill"
      empty={{ title: '封印した塊はまだありません', hint: '記録ができると、1秒ごとに封印されます。' }}
    />
  )
}
