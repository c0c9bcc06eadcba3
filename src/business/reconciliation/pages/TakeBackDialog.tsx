import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useToday } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ConfirmAction, FieldInput, KeyValue, Notice, Yen, yenText } from '../../../ui/index.ts'
import { EvidenceInput } from '../../documents/web.tsx'
import { groundLabels } from '../labels.ts'
import type { RepurchaseGround, RescissionGround } from '../rules/take-back.ts'
import {
  repurchaseClaim,
  rescindClaim,
  type TakeBackAmountsShown,
  type TakeBackShown,
} from '../take-back-contract.ts'

interface DialogProps {
  receivableId: string
  shown: TakeBackShown
  onClose: () => void
}

/** 買戻し: on which ground, what it comes to, and why it is no loan; a second person decides. */
export function RepurchaseDialog({
  receivableId,
  shown,
  repurchase,
  onClose,
}: DialogProps & { repurchase: NonNullable<TakeBackShown['repurchase']> }) {
  const follow = useFollow()
  const possible = repurchase.grounds.find(one => one.hindrances.length === 0)
  const [ground, setGround] = useState<RepurchaseGround | null>(possible?.ground ?? null)
  const [clause, setClause] = useState('')
  const [on, setOn] = useState<string | null>(useToday())
  const [dueOn, setDueOn] = useState<string | null>(null)
  const [compliance, setCompliance] = useState('')
  const [evidence, setEvidence] = useState<readonly string[]>([])
  const ask = useCommand(repurchaseClaim, {
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
    onDone: onClose,
  })
  const chosen = repurchase.grounds.find(one => one.ground === ground)
  return (
    <ConfirmAction
      open
      wide
      title={`${shown.receivableNo} の買戻しを申請します`}
      what="利用者が債権を買い戻します。留保金を先に充て、残りが利用者への請求になり、与信残高から外れます。請求額の入金や相殺が済むと、債権は終了します。"
      confirmLabel="承認を申請する"
      reason="required"
      unfilled={ground === null ? '事由を選んでください。' : unfilledOf(clause, on)}
      running={ask.running}
      problem={ask.problem}
      onConfirm={reasonText =>
        ground &&
        ask.run({
          receivableId,
          ground,
          clause,
          takenOn: on ?? '',
          dueOn,
          ...(compliance.trim() ? { complianceReason: compliance } : {}),
          change: { reasonCode: 'review', reasonText, evidence: [...evidence] },
        })
      }
      onClose={onClose}
    >
      <Amounts amounts={repurchase.amounts} owedLabel="買戻代金" />
      <FieldInput
        field={{
          name: 'ground',
          type: 'choice',
          label: '事由',
          required: true,
          options: repurchase.grounds.map(one => ({
            value: one.ground,
            label: groundLabels[one.ground],
            ...(one.hindrances[0] ? { disabledReason: one.hindrances[0].sentence } : {}),
          })),
        }}
        value={ground}
        onChange={value => setGround(value as RepurchaseGround)}
      />
      <Clause value={clause} onChange={setClause} />
      <TakenOn value={on} onChange={setOn} />
      <DueOn value={dueOn} onChange={setDueOn} />
      {chosen?.needsCompliance && (
        <>
          <Notice tone="warning" title="コンプライアンスの担当者が承認します">
            督促・法的手続中の買戻しと、償還請求による買戻しは、実質的な貸付とみなされるおそれがあるため、貸付に当たらない理由を記載します。
          </Notice>
          <FieldInput
            field={{
              name: 'complianceReason',
              type: 'longText',
              label: '貸付に当たらない理由',
              required: true,
              rows: 2,
              maxLength: 1000,
            }}
            value={compliance}
            onChange={value => setCompliance(value ?? '')}
          />
        </>
      )}
      <EvidenceInput
        required
        record={{ kind: 'party', id: shown.clientId }}
        value={evidence}
        onChange={setEvidence}
        docKind="notice"
      />
    </ConfirmAction>
  )
}

/** 解除 after the payout: what the client owes for a false statement, and the agreed penalty with it. */
export function RescindDialog({
  receivableId,
  shown,
  rescission,
  onClose,
}: DialogProps & { rescission: NonNullable<TakeBackShown['rescission']> }) {
  const follow = useFollow()
  const [ground, setGround] = useState<RescissionGround>('false_statement')
  const [clause, setClause] = useState('')
  const [on, setOn] = useState<string | null>(useToday())
  const [dueOn, setDueOn] = useState<string | null>(null)
  const agreed = rescission.penalties.find(one => one.ground === ground)
  const [withPenalty, setWithPenalty] = useState(rescission.penalties.length > 0)
  const [evidence, setEvidence] = useState<readonly string[]>([])
  const ask = useCommand(rescindClaim, {
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
    onDone: onClose,
  })
  return (
    <ConfirmAction
      open
      wide
      title={`${shown.receivableNo} の買取の解除を申請します`}
      what="送金後の解除です。手数料を取り消し、支払済みの買取代金から回収済みの額を除いた額を、利用者に請求します。"
      confirmLabel="承認を申請する"
      danger
      reason="required"
      unfilled={unfilledOf(clause, on)}
      running={ask.running}
      problem={ask.problem}
      onConfirm={reasonText =>
        ask.run({
          receivableId,
          ground,
          clause,
          takenOn: on ?? '',
          dueOn,
          withPenalty: withPenalty && agreed !== undefined,
          change: { reasonCode: 'review', reasonText, evidence: [...evidence] },
        })
      }
      onClose={onClose}
    >
      <Amounts amounts={rescission.amounts} owedLabel="返還を求める買取代金" />
      <FieldInput
        field={{
          name: 'ground',
          type: 'choice',
          label: '事由',
          required: true,
          options: (['false_statement', 'double_assignment'] as const).map(value => ({
            value,
            label: groundLabels[value],
          })),
        }}
        value={ground}
        onChange={value => setGround(value as RescissionGround)}
      />
      <Clause value={clause} onChange={setClause} />
      <TakenOn value={on} onChange={setOn} />
      <DueOn value={dueOn} onChange={setDueOn} />
      {agreed && (
        <FieldInput
          field={{
            name: 'withPenalty',
            type: 'bool',
            label: '違約金',
            sentence: `契約の違約金（${agreed.clause}）${yenText(agreed.penaltyYen)} も計上する`,
          }}
          value={withPenalty}
          onChange={value => setWithPenalty(value ?? false)}
        />
      )}
      <EvidenceInput
        required
        record={{ kind: 'party', id: shown.clientId }}
        value={evidence}
        onChange={setEvidence}
        docKind="notice"
      />
    </ConfirmAction>
  )
}

const unfilledOf = (clause: string, on: string | null) =>
  clause.trim() === '' ? '契約の条項を入力してください。' : on === null ? '効力日を入力してください。' : null

function Amounts({ amounts, owedLabel }: { amounts: TakeBackAmountsShown; owedLabel: string }) {
  return (
    <KeyValue
      items={[
        { key: 'open', label: '未回収額', value: <Yen value={amounts.openYen} /> },
        { key: 'reserve', label: '留保金から充当', value: <Yen value={amounts.fromReserveYen} /> },
        ...(amounts.feeYen > 0
          ? [{ key: 'fee', label: '手数料の取消し', value: <Yen value={amounts.feeYen} /> }]
          : []),
        { key: 'owed', label: owedLabel, value: <Yen value={amounts.owedYen} strong /> },
        ...(amounts.refundYen > 0
          ? [{ key: 'refund', label: '利用者へ返す額', value: <Yen value={amounts.refundYen} strong /> }]
          : []),
        { key: 'damages', label: '遅延損害金（今日まで）', value: <Yen value={amounts.damagesYen} /> },
        { key: 'other', label: 'ほかの債務', value: <Yen value={amounts.otherDebtsYen} /> },
        { key: 'total', label: '利用者の債務の合計', value: <Yen value={amounts.totalYen} strong /> },
      ]}
    />
  )
}

function Clause({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <FieldInput
      field={{
        name: 'clause',
        type: 'text',
        label: '契約の条項',
        required: true,
        example: '第9条（表明保証）',
        maxLength: 200,
      }}
      value={value}
      onChange={next => onChange(next ?? '')}
    />
  )
}

function TakenOn({ value, onChange }: { value: string | null; onChange: (value: string | null) => void }) {
  return (
    <FieldInput
      field={{
        name: 'takenOn',
        type: 'date',
        label: '効力日',
        required: true,
        help: '遅延損害金は、この日まで計算します。',
      }}
      value={value}
      onChange={onChange}
    />
  )
}

function DueOn({ value, onChange }: { value: string | null; onChange: (value: string | null) => void }) {
  return (
    <FieldInput
      field={{
        name: 'dueOn',
        type: 'date',
        label: '利用者の支払期日',
        help: 'この翌日から、支払われるまで、請求額に契約の率の遅延損害金がかかります。空欄なら効力日です。',
      }}
      value={value}
      onChange={onChange}
    />
  )
}
