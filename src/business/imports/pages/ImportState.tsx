import { useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { Notice, ProgressPanel, UiLink } from '../../../ui/index.ts'
import { type Batch, stopBatch } from '../contract.ts'
import { outcomeLabels } from '../labels.ts'
import { outcomes } from '../tables.ts'
import { RehearsalReport } from './RehearsalReport.tsx'

const titles = {
  rehearsing: '試し取込をしています（登録内容は変わりません）',
  approved: '取り込んでいます',
  reverting: '取込前の状態に戻しています',
} as const

/** What is going on with the import, or what came of it. */
export function ImportState({ batch }: { batch: Batch }) {
  if (batch.state === 'rehearsing' || batch.state === 'approved' || batch.state === 'reverting')
    return <Working batch={batch} title={titles[batch.state]} />
  return (
    <>
      {batch.state === 'failed' && (
        <Notice tone="danger" title="取込が途中で止まりました">
          {batch.failure}
          　反映済みの行はそのままです。原因を取り除いて「再開する」を押すと、続きから始まります。
        </Notice>
      )}
      {batch.state === 'stopped' && (
        <Notice tone="warning" title={`停止しています（${rowsText(batch.rowsDone)}まで済み）`}>
          「再開する」で続きから始めるか、「取込の取消を申請」で反映済みの行を元に戻せます。
        </Notice>
      )}
      {batch.pendingRequestId && (
        <Notice
          tone="accent"
          title="承認を待っています"
          action={<UiLink href={`/change-requests/${batch.pendingRequestId}`}>申請を開く</UiLink>}
        >
          承認されると自動で始まります。
        </Notice>
      )}
      {batch.counts && <RehearsalReport batch={batch} />}
    </>
  )
}

const rowsText = (rows: number) => `${rows.toLocaleString('ja-JP')}行`

function Working({ batch, title }: { batch: Batch; title: string }) {
  const why = useWhyNot()('imports.prepare')
  const stop = useCommand(stopBatch)
  return (
    <>
      {stop.problem && <Notice tone="danger" live title={stop.problem.title} />}
      <ProgressPanel
        title={title}
        state="running"
        done={batch.rowsDone}
        total={batch.rowCount}
        counts={
          batch.counts
            ? outcomes
                .filter(outcome => batch.counts![outcome] > 0)
                .map(outcome => ({ label: outcomeLabels[outcome], count: batch.counts![outcome] }))
            : []
        }
        secondsLeft={secondsLeft(batch, Date.now())}
        onCancel={why === null && !stop.running ? () => stop.run({ batchId: batch.id }) : null}
      />
    </>
  )
}

/** At the pace so far; null while there is none. */
export function secondsLeft(
  { startedAt, rowsDone, rowCount }: Pick<Batch, 'startedAt' | 'rowsDone' | 'rowCount'>,
  nowMs: number,
): number | null {
  if (startedAt === null || rowsDone === 0) return null
  const elapsed = (nowMs - Date.parse(startedAt)) / 1000
  return elapsed <= 0 ? null : Math.ceil((elapsed / rowsDone) * Math.max(0, rowCount - rowsDone))
}
