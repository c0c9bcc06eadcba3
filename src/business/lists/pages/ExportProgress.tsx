import { useEffect, useRef } from 'react'
import { addressOf } from '../../../platform/http/client.ts'
import { useApi } from '../../../platform/web/api.ts'
import { Loaded, Notice, ProgressPanel, UiLink } from '../../../ui/index.ts'
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
  if (!ready && row.progress)
    return (
      <ProgressPanel
        title="ファイルを作っています"
        state="running"
        done={row.progress.rowsDone}
        total={row.progress.rowsTotal}
        counts={[]}
        secondsLeft={null}
        onCancel={null}
      />
    )
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
      {row.note && <p>{row.note}</p>}
      {row.format === 'zip' && row.fileHash && <p className="ui-faint">{`SHA-256 ${row.fileHash}`}</p>}
    </Notice>
  )
}

/** More than one person takes out alone: who decides, and where the file will be. */
export function WaitsForSecond({
  rowLimit,
  changeRequestId,
  changeNo,
}: {
  rowLimit: number
  changeRequestId: string
  changeNo: string
}) {
  return (
    <Notice
      tone="accent"
      title={`24時間の合計で${rowLimit.toLocaleString('ja-JP')}行を超えるため、承認を待っています`}
      action={<UiLink href={`/change-requests/${changeRequestId}`}>申請 {changeNo}</UiLink>}
    >
      承認されるとファイルが作られ、「出力の記録」で受け取れます。
    </Notice>
  )
}
