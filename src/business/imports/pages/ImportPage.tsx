import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow, usePathId } from '../../../platform/web/url.ts'
import {
  ActionButton,
  Card,
  ConfirmAction,
  KeyValue,
  Loaded,
  Notice,
  PageHeader,
  ProgressPanel,
  Stack,
  StepsLine,
  UiLink,
} from '../../../ui/index.ts'
import { applyBatch, type Batch, discardBatch, openImport, resumeBatch, revertBatch } from '../contract.ts'
import { outcomeLabels, rowStateLabels } from '../labels.ts'
import { outcomes, rowStates } from '../tables.ts'
import { ImportRows } from './ImportRows.tsx'
import { activeStep, BatchTag, steps } from './import-steps.tsx'
import { MappingStep } from './MappingStep.tsx'

const POLL_MS = 1_000
const WORKING = new Set(['rehearsing', 'approved', 'reverting'])

/** One import from the mapping to its end: what to do next stands at the top, the rows below. */
export default function ImportPage() {
  const batchId = usePathId('batchId')
  const [polling, setPolling] = useState(true)
  const batch = useApi(openImport, { batchId }, polling ? { refetchMs: POLL_MS } : {})
  const works = batch.state === 'ready' && WORKING.has(batch.value.state)
  if (batch.state === 'ready' && works !== polling) setPolling(works)
  return (
    <Loaded from={batch} rows={12}>
      {value => <Import batch={value} />}
    </Loaded>
  )
}

function Import({ batch }: { batch: Batch }) {
  const [remap, setRemap] = useState(false)
  const mapping = batch.state === 'opened' || (remap && batch.state === 'rehearsed')
  return (
    <>
      <PageHeader
        title={batch.fileName}
        code={batch.batchNo}
        crumbs={[{ label: '移行・取込', href: '/imports' }]}
        tags={<BatchTag batch={batch} />}
        detail={[
          `${batch.rowCount.toLocaleString('ja-JP')}行`,
          batch.encoding ?? `シート「${batch.sheet ?? '1'}」`,
          `担当 ${batch.openedBy.name}`,
        ].join('　')}
        actions={<Actions batch={batch} onRemap={() => setRemap(true)} mapping={mapping} />}
      />
      <StepsLine
        label="取込の手順"
        steps={steps(batch)}
        activeKey={mapping ? 'mapping' : activeStep(batch)}
      />
      <Stack>
        <State batch={batch} />
        {mapping ? (
          <MappingStep batch={batch} onSent={() => setRemap(false)} />
        ) : (
          batch.counts && <ImportRows batch={batch} />
        )}
      </Stack>
    </>
  )
}

function State({ batch }: { batch: Batch }) {
  if (batch.state === 'rehearsing')
    return (
      <ProgressPanel
        title="試し取込をしています（登録内容は変わりません）"
        state="running"
        done={0}
        total={null}
        counts={[]}
        secondsLeft={null}
        onCancel={null}
      />
    )
  if (batch.state === 'approved' || batch.state === 'reverting')
    return (
      <ProgressPanel
        title={batch.state === 'approved' ? '取り込んでいます' : '取込前の状態に戻しています'}
        state="running"
        done={batch.rowsDone}
        total={batch.rowCount}
        counts={[]}
        secondsLeft={null}
        onCancel={null}
      />
    )
  if (batch.state === 'failed')
    return (
      <Notice tone="danger" title="取込が途中で止まりました">
        {batch.failure}
        　反映済みの行はそのままです。原因を取り除いて「再開する」を押すと、続きから始まります。
      </Notice>
    )
  if (!batch.counts) return null
  return (
    <>
      {batch.pendingRequestId && (
        <Notice
          tone="accent"
          title="承認を待っています"
          action={<UiLink href={`/change-requests/${batch.pendingRequestId}`}>申請を開く</UiLink>}
        >
          承認されると自動で始まります。
        </Notice>
      )}
      <Card title={batch.state === 'rehearsed' ? '取り込むとこうなります' : '結果'}>
        <KeyValue
          items={[
            ...outcomes.map(outcome => ({
              key: outcome,
              label: outcomeLabels[outcome],
              value: `${batch.counts![outcome].toLocaleString('ja-JP')}行`,
            })),
            {
              key: 'problems',
              label: '問題・確認事項のある行',
              value: `${batch.counts.problems.toLocaleString('ja-JP')}行`,
            },
            ...(batch.counts.renamed > 0
              ? [
                  {
                    key: 'renamed',
                    label: '商号が変わる記録',
                    value: `${batch.counts.renamed.toLocaleString('ja-JP')}件`,
                  },
                ]
              : []),
            ...(batch.state === 'rehearsed'
              ? []
              : rowStates
                  .filter(state => batch.rowStates[state] > 0 && state !== 'planned')
                  .map(state => ({
                    key: state,
                    label: rowStateLabels[state],
                    value: `${batch.rowStates[state].toLocaleString('ja-JP')}行`,
                  }))),
          ]}
        />
      </Card>
    </>
  )
}

type Dialog = 'apply' | 'revert' | 'discard' | null

function Actions({ batch, mapping, onRemap }: { batch: Batch; mapping: boolean; onRemap: () => void }) {
  const [dialog, setDialog] = useState<Dialog>(null)
  const follow = useFollow()
  const why = useWhyNot()('imports.prepare')
  const pending = (answer: { changeRequestId: string }) =>
    follow(`/change-requests/${answer.changeRequestId}`)
  const apply = useCommand(applyBatch, { onPending: pending })
  const revert = useCommand(revertBatch, { onPending: pending })
  const discard = useCommand(discardBatch, { onDone: () => follow('/imports') })
  const resume = useCommand(resumeBatch)
  const close = () => {
    setDialog(null)
    apply.reset()
    revert.reset()
    discard.reset()
  }
  const waiting = batch.pendingRequestId ? 'すでに承認を申請しています。' : null
  const taken = batch.counts ? batch.counts.new + batch.counts.update + batch.counts.merged : 0
  const change = (reasonText: string) => ({ reasonCode: 'system' as const, reasonText, evidence: [] })
  return (
    <>
      {['opened', 'rehearsed'].includes(batch.state) && (
        <ActionButton disabledReason={why ?? waiting} onClick={() => setDialog('discard')}>
          破棄
        </ActionButton>
      )}
      {batch.state === 'rehearsed' && !mapping && (
        <>
          <ActionButton disabledReason={why ?? waiting} onClick={onRemap}>
            割当てを直す
          </ActionButton>
          <ActionButton
            kind="primary"
            disabledReason={why ?? waiting ?? (taken === 0 ? '取り込める行がありません。' : null)}
            onClick={() => setDialog('apply')}
          >
            取込の承認を申請
          </ActionButton>
        </>
      )}
      {batch.state === 'applied' && (
        <ActionButton kind="danger" disabledReason={why ?? waiting} onClick={() => setDialog('revert')}>
          取込の取消を申請
        </ActionButton>
      )}
      {batch.state === 'failed' && (
        <ActionButton
          kind="primary"
          disabledReason={why}
          running={resume.running}
          onClick={() => resume.run({ batchId: batch.id })}
        >
          再開する
        </ActionButton>
      )}
      <ConfirmAction
        open={dialog === 'apply'}
        title="取込の承認を申請します"
        what={
          <p>
            {taken.toLocaleString('ja-JP')}行を1件の申請として承認者に送ります。あとから全部を取り消せます。
          </p>
        }
        confirmLabel="申請する"
        reason="required"
        running={apply.running}
        problem={apply.problem}
        onConfirm={reason => apply.run({ batchId: batch.id, change: change(reason) })}
        onClose={close}
      />
      <ConfirmAction
        open={dialog === 'revert'}
        title="取込の取消を申請します"
        what={
          <p>
            新規登録は取り消し、変更した項目は取込前の値に戻します。取込後に使われた記録は残り、一覧に示します。
          </p>
        }
        confirmLabel="申請する"
        danger
        reason="required"
        running={revert.running}
        problem={revert.problem}
        onConfirm={reason => revert.run({ batchId: batch.id, change: change(reason) })}
        onClose={close}
      />
      <ConfirmAction
        open={dialog === 'discard'}
        title="この取込を破棄します"
        what={<p>読み込んだ行を削除します。登録内容は変わりません。</p>}
        confirmLabel="破棄する"
        danger
        reason="none"
        running={discard.running}
        problem={discard.problem}
        onConfirm={() => discard.run({ batchId: batch.id })}
        onClose={close}
      />
    </>
  )
}
