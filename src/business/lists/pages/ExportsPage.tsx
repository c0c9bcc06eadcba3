import { addressOf } from '../../../platform/http/client.ts'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useListState } from '../../../platform/web/list.ts'
import { useSession } from '../../../platform/web/session.ts'
import {
  ActionButton,
  CodeText,
  type Column,
  DataTable,
  DateTimeText,
  ListShell,
  mapLoadable,
  StatusTag,
  type Tone,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { discardExport, downloadExport, type ExportRow, listExports } from '../contract.ts'
import { formatLabels, stateLabels } from '../labels.ts'
import { TRAIL_EXPORT } from '../permissions.ts'
import type { ExportState } from '../tables.ts'
import { TrailExports } from './TrailExports.tsx'

const tones: Record<ExportState, Tone> = {
  waiting: 'accent',
  ready: 'success',
  failed: 'danger',
  expired: 'neutral',
}

const REFRESH_MS = 3_000

const columns: Column<ExportRow>[] = [
  { key: 'list', title: '一覧', width: 200, hidable: false, render: row => row.listLabel },
  { key: 'exportNo', title: '番号', width: 100, render: row => <CodeText code={row.exportNo} /> },
  {
    key: 'state',
    title: '状態',
    width: 110,
    render: row => <StatusTag tone={tones[row.state]} word={stateLabels[row.state]} />,
  },
  { key: 'file', title: 'ファイル', width: 170, hidable: false, render: row => <FileOf row={row} /> },
  {
    key: 'rows',
    title: '行数',
    width: 110,
    kind: 'number',
    render: row =>
      row.progress
        ? `${row.progress.rowsDone.toLocaleString('ja-JP')} / ${row.progress.rowsTotal.toLocaleString('ja-JP')}`
        : (row.rowCount?.toLocaleString('ja-JP') ?? ''),
  },
  { key: 'format', title: '形式', width: 150, render: row => formatLabels[row.format] },
  { key: 'requestedBy', title: '出力した人', width: 130, render: row => row.requestedBy.name },
  { key: 'approvedBy', title: '承認した人', width: 130, render: row => row.approvedBy?.name ?? '' },
  { key: 'requestedAt', title: '日時', width: 150, render: row => <DateTimeText at={row.requestedAt} /> },
  {
    key: 'expiresAt',
    title: '削除の予定',
    width: 150,
    render: row => (row.state === 'ready' && row.expiresAt ? <DateTimeText at={row.expiresAt} /> : ''),
  },
  {
    key: 'fileHash',
    title: 'SHA-256',
    width: 120,
    render: row => row.fileHash && <CodeText code={row.fileHash} />,
  },
  { key: 'note', title: '注記', width: 260, render: row => row.note ?? '' },
  { key: 'purpose', title: '目的', width: 220, wrap: true, render: row => row.purpose ?? '' },
  {
    key: 'scope',
    title: '条件',
    width: 220,
    wrap: true,
    hiddenAtFirst: true,
    render: row => row.scope.conditions ?? '（廃棄済）',
  },
  {
    key: 'columns',
    title: '列の数',
    width: 90,
    kind: 'number',
    hiddenAtFirst: true,
    render: row => row.scope.columns.length.toLocaleString('ja-JP'),
  },
]

function FileOf({ row }: { row: ExportRow }) {
  const discard = useCommand(discardExport)
  if (row.state === 'failed') return row.failure
  if (row.state !== 'ready' || !row.mine) return ''
  return (
    <>
      <a className="ui-link" href={addressOf(downloadExport, { exportId: row.id })} download>
        受け取る
      </a>
      　
      <ActionButton
        size="small"
        kind="quiet"
        disabledReason={null}
        running={discard.running}
        onClick={() => discard.run({ exportId: row.id })}
      >
        削除
      </ActionButton>
    </>
  )
}

/** What was taken out of the house, by whom; the own files can be fetched until they are removed. */
export default function ExportsPage() {
  const list = useListState([])
  const [layout, setLayout] = useTableLayout('lists.exports')
  const { permissions } = useSession()
  const page = useApi(listExports, { after: list.after }, { refetchMs: REFRESH_MS })
  return (
    <ListShell
      header={{
        title: '出力の記録',
        detail: '一覧から出力したファイル。本人だけが受け取れ、3日後に削除されます',
      }}
    >
      {permissions.has(TRAIL_EXPORT) && <TrailExports />}
      <DataTable
        label="出力の記録"
        columns={columns}
        rows={mapLoadable(page, body => body.rows as readonly ExportRow[])}
        rowKey={row => row.id}
        rowName={row => `${row.exportNo} ${row.listLabel}`}
        pager={list.pager(page.state === 'ready' ? page.value.next : null)}
        sort={null}
        onSort={() => {}}
        layout={layout}
        onLayout={setLayout}
        empty={{
          title: '出力はまだありません',
          hint: '一覧の右上の「出力」から、列と形式を選んで出力できます。',
        }}
      />
    </ListShell>
  )
}
