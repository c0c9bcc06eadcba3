import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useSession, useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  Card,
  ConfirmAction,
  DateText,
  DiffTable,
  Notice,
  StatusTag,
  useSay,
} from '../../../ui/index.ts'
import { type PlannedChange, plannedOfRecord, withdrawPlanned } from '../contract.ts'

interface PlannedChangesProps {
  recordId: string
  /** How a stored value is said: choices in words, yen with their sign. */
  say?: (field: string, value: unknown) => string
}

/** What is decided for later days and what failed; nothing is shown when there is none. */
export function PlannedChanges({ recordId, say = plain }: PlannedChangesProps) {
  const { permissions } = useSession()
  const all = useApi(plannedOfRecord, { recordId }, { enabled: permissions.has('changes.read') })
  const [leaving, setLeaving] = useState<PlannedChange | null>(null)
  if (all.state !== 'ready' || all.value.rows.length === 0) return null
  return (
    <Card title="予約された変更" note="決まった日に自動で反映されます">
      {all.value.rows.map(row => (
        <PlannedOne key={row.id} row={row} say={say} onWithdraw={() => setLeaving(row)} />
      ))}
      {leaving && <WithdrawDialog row={leaving} onClose={() => setLeaving(null)} />}
    </Card>
  )
}

interface PlannedOneProps {
  row: PlannedChange
  say: (field: string, value: unknown) => string
  onWithdraw: () => void
}

function PlannedOne({ row, say, onWithdraw }: PlannedOneProps) {
  const whyNot = useWhyNot()
  const failed = row.state === 'failed'
  const people = [`入力 ${row.plannedBy.name}`, row.approvedBy && `承認 ${row.approvedBy.name}`]
  return (
    <Notice
      tone={failed ? 'danger' : 'accent'}
      title={row.summary}
      action={
        <ActionButton
          size="small"
          disabledReason={whyNot('changes.withdraw') ?? whyNot(row.permission)}
          onClick={onWithdraw}
        >
          {failed ? '片付ける' : '予約を取り消す'}
        </ActionButton>
      }
    >
      <p>
        <StatusTag tone={failed ? 'danger' : 'waiting'} word={failed ? '反映できませんでした' : '予約中'} />{' '}
        <DateText date={row.effectiveOn} /> から　{row.plannedNo}　{people.filter(Boolean).join('　')}
      </p>
      {failed && row.endReason && <p>{row.endReason}</p>}
      <DiffTable
        label={`${row.plannedNo} の内容`}
        rows={row.items.map(item => ({
          key: item.field,
          label: item.label,
          before: item.masked ? '（秘匿）' : say(item.field, item.old),
          after: item.masked ? '（秘匿）' : say(item.field, item.new),
          change: item.masked
            ? 'changed'
            : item.old === null
              ? 'added'
              : item.new === null
                ? 'removed'
                : 'changed',
        }))}
      />
      <p className="ui-faint">理由：{row.reasonText}</p>
    </Notice>
  )
}

function WithdrawDialog({ row, onClose }: { row: PlannedChange; onClose: () => void }) {
  const say = useSay()
  const withdraw = useCommand(withdrawPlanned, {
    onDone: () => {
      say.done('予約を取り消しました。')
      onClose()
    },
  })
  return (
    <ConfirmAction
      open
      title={`${row.plannedNo} を取り消します`}
      what={`${row.effectiveOn} からの変更は行われなくなります。今の内容は変わりません。取り消した記録は履歴に残ります。`}
      confirmLabel="取り消す"
      reason="required"
      running={withdraw.running}
      problem={withdraw.problem}
      onConfirm={reason => withdraw.run({ plannedId: row.id, reason })}
      onClose={onClose}
    />
  )
}

function plain(_field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return '（空欄）'
  return Array.isArray(value) ? value.join('・') : String(value)
}
