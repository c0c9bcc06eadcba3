import { useEffect, useRef } from 'react'
import { addressOf } from '../../../platform/http/client.ts'
import { useApi } from '../../../platform/web/api.ts'
import { Loaded, Notice } from '../../../ui/index.ts'
import { downloadExport, type ExportRow, openExport } from '../contract.ts'

const POLL_MS = 700

/** Waits for the file and fetches it once it is there. */
export function ExportProgress({ exportId }: { exportId: string }) {
  const row = useApi(openExport, { exportId }, { refetchMs: POLL_MS })
  return (
    <Loaded from={row} rows={2}>
      {value => <Progress row={value} />}
    </Loaded>
  )
}

function Progress({ row }: { row: ExportRow }) {
  const link = useRef<HTMLAnchorElement>(null)
  const ready = row.state === 'ready'
  useEffect(() => {
    if (ready) link.current?.click()
  }, [ready])
  if (row.state === 'failed')
    return <Notice tone="danger" live title={`出力できませんでした：${row.failure}`} />
  if (!ready)
    return <Notice tone="accent" live title="ファイルを作っています。この画面を閉じても続きます。" />
  return (
    <Notice
      tone="success"
      live
      title={`${(row.rowCount ?? 0).toLocaleString('ja-JP')}行を出力しました（${row.exportNo}）`}
    >
      自動で始まらないときは
      <a ref={link} className="ui-link" href={addressOf(downloadExport, { exportId: row.id })} download>
        ここから受け取って
      </a>
      ください。
    </Notice>
  )
}
