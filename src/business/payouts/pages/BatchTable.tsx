import { useState } from 'react'
import { addressOf } from '../../../platform/http/client.ts'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useListState } from '../../../platform/web/list.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  CodeText,
  type Column,
  ConfirmAction,
  CopyText,
  DataTable,
  DateText,
  DateTimeText,
  KeyValue,
  mapLoadable,
  StatusTag,
  useSay,
  Yen,
  yenText,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { type BatchRow, downloadBatch, listBatches, sendBatch } from '../contract.ts'

/** Signs of a file's hash that the list shows: enough to tell files apart by eye. */
const HASH_SHOWN = 16

/** Transfer files: each can be fetched as it was written, and is noted as sent once. */
export function BatchTable() {
  const list = useListState([])
  const [layout, setLayout] = useTableLayout('payouts.files')
  const page = useApi(listBatches, { after: list.after })
  const columns: Column<BatchRow>[] = [
    {
      key: 'batchNo',
      title: 'ファイル',
      width: 110,
      hidable: false,
      render: row => <CodeText code={row.batchNo} />,
    },
    {
      key: 'state',
      title: '状態',
      width: 130,
      render: row => (
        <StatusTag tone={row.sentAt ? 'success' : 'waiting'} word={row.sentAt ? '送信済み' : '未送信'} />
      ),
    },
    { key: 'transferOn', title: '振込日', width: 110, render: row => <DateText date={row.transferOn} /> },
    { key: 'count', title: '件数', width: 70, kind: 'number', render: row => row.count },
    {
      key: 'totalYen',
      title: '合計',
      width: 140,
      kind: 'number',
      render: row => <Yen value={row.totalYen} />,
    },
    { key: 'createdBy', title: '作成者', width: 110, render: row => row.createdBy },
    { key: 'createdAt', title: '作成日時', width: 150, render: row => <DateTimeText at={row.createdAt} /> },
    {
      key: 'hash',
      title: 'SHA-256',
      width: 150,
      render: row => <CodeText code={row.fileHash.slice(0, HASH_SHOWN)} />,
    },
    { key: 'acts', title: '操作', width: 260, render: row => <FileActs row={row} /> },
  ]
  return (
    <DataTable
      label="振込ファイルの一覧"
      columns={columns}
      rows={mapLoadable(page, body => body.rows as readonly BatchRow[])}
      rowKey={row => row.id}
      rowName={row => row.batchNo}
      pager={list.pager(page.state === 'ready' ? page.value.next : null)}
      sort={null}
      onSort={() => {}}
      layout={layout}
      onLayout={setLayout}
      empty={{
        title: '振込ファイルはまだありません',
        hint: '「支払」で承認済みの支払を選ぶと、総合振込ファイルを作成できます。',
      }}
    />
  )
}

function FileActs({ row }: { row: BatchRow }) {
  const whyNot = useWhyNot()
  const [asks, setAsks] = useState(false)
  return (
    <>
      <ActionButton
        size="small"
        disabledReason={whyNot('payouts.send')}
        onClick={() => window.location.assign(addressOf(downloadBatch, { batchId: row.id }))}
      >
        ダウンロード
      </ActionButton>{' '}
      <ActionButton
        size="small"
        kind="primary"
        disabledReason={row.sentAt ? 'このファイルは送信済みです。' : whyNot('payouts.send')}
        onClick={() => setAsks(true)}
      >
        銀行へ送信した
      </ActionButton>
      {asks && <SentDialog row={row} onClose={() => setAsks(false)} />}
    </>
  )
}

/** What is about to be noted as given to the bank, to be compared with what the bank's screen says. */
function SentDialog({ row, onClose }: { row: BatchRow; onClose: () => void }) {
  const say = useSay()
  const send = useCommand(sendBatch, {
    onDone: ({ sent }) => {
      say.done(`${row.batchNo}（${sent}件、${yenText(row.totalYen)}）を送信済みにしました。`)
      onClose()
    },
  })
  return (
    <ConfirmAction
      open
      title={`${row.batchNo} を送信済みにします`}
      what="銀行の受付画面の件数・合計金額・振込日と一致することを確認してください。送信済みにした後は、元に戻すことも、同じファイルをもう一度送ることもできません。"
      confirmLabel="送信済みにする"
      reason="none"
      running={send.running}
      problem={send.problem}
      onConfirm={() => send.run({ batchId: row.id })}
      onClose={onClose}
    >
      <KeyValue
        items={[
          { key: 'count', label: '件数', value: `${row.count}件` },
          { key: 'totalYen', label: '合計金額', value: yenText(row.totalYen) },
          { key: 'transferOn', label: '振込日', value: <DateText date={row.transferOn} /> },
          { key: 'hash', label: 'SHA-256', value: <CopyText text={row.fileHash} />, wide: true },
        ]}
      />
    </ConfirmAction>
  )
}
