import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useNow } from '../../../platform/web/session.ts'
import { ConfirmAction, FieldInput, inputOf, type LookupValue } from '../../../ui/index.ts'
import { channelLabels } from '../../communications/labels.ts'
import type { Category, Channel, Priority } from '../../communications/tables.ts'
import { PartyChoice, StaffChoice } from '../../parties/web.tsx'
import {
  answerInquiry,
  assignInquiry,
  type InquiryShown,
  identifySender,
  mergeInquiry,
  moveInquiry,
  triageInquiry,
} from '../contract.ts'
import { inquiryFields as fields } from '../fields.ts'
import { moveLabels } from '../labels.ts'
import type { InquiryState } from '../rules/states.ts'

export type InquiryDialog =
  | { kind: 'triage' | 'assign' | 'answer' | 'merge' | 'identify' }
  | { kind: 'move'; to: InquiryState }

interface DialogProps {
  inquiry: InquiryShown
  onClose: () => void
}

/** The acts on one inquiry; each says what will happen. */
export function InquiryDialogs({ dialog, ...props }: DialogProps & { dialog: InquiryDialog }) {
  if (dialog.kind === 'move') return <Move {...props} to={dialog.to} />
  if (dialog.kind === 'triage') return <Triage {...props} />
  if (dialog.kind === 'assign') return <Assign {...props} />
  if (dialog.kind === 'answer') return <Answer {...props} />
  if (dialog.kind === 'merge') return <Merge {...props} />
  return <Identify {...props} />
}

const which = (inquiry: InquiryShown) => ({ inquiryId: inquiry.id, rowVersion: inquiry.rowVersion })

function Triage({ inquiry, onClose }: DialogProps) {
  const [category, setCategory] = useState<Category>(inquiry.category)
  const [priority, setPriority] = useState<Priority>(inquiry.priority)
  const triage = useCommand(triageInquiry, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title="問合せを分類します"
      what="期限は、優先度と受付日時から計算し直します。苦情は優先度「高」になります。"
      confirmLabel="分類する"
      reason="none"
      running={triage.running}
      problem={triage.problem}
      onConfirm={() => triage.run({ ...which(inquiry), category, priority })}
      onClose={onClose}
    >
      <FieldInput
        field={inputOf(fields.category, { required: true })}
        value={category}
        onChange={value => value && setCategory(value as Category)}
      />
      <FieldInput
        field={inputOf(fields.priority, { required: true })}
        value={priority}
        onChange={value => value && setPriority(value as Priority)}
      />
    </ConfirmAction>
  )
}

function Assign({ inquiry, onClose }: DialogProps) {
  const [owner, setOwner] = useState<LookupValue | null>(
    inquiry.owner ? { value: inquiry.owner.id, label: inquiry.owner.name } : null,
  )
  const assign = useCommand(assignInquiry, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title="担当を決めます"
      what="担当者が替わると、交代の回数に数えます。"
      confirmLabel="決める"
      reason={inquiry.owner ? 'required' : 'optional'}
      running={assign.running}
      problem={assign.problem}
      onConfirm={reason =>
        owner && assign.run({ ...which(inquiry), ownerId: owner.value, reason: reason || null })
      }
      onClose={onClose}
    >
      <StaffChoice name="ownerId" label="担当者" value={owner} onChange={setOwner} required />
    </ConfirmAction>
  )
}

function Answer({ inquiry, onClose }: DialogProps) {
  const now = useNow()
  const [channel, setChannel] = useState<Channel>(inquiry.channel)
  const [summary, setSummary] = useState('')
  const [final, setFinal] = useState<string | null>('final')
  const answer = useCommand(answerInquiry, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title="回答を記録します"
      what={
        inquiry.party
          ? '回答は接触履歴にも残ります。最終回答にすると、解決までの時計が止まります。'
          : '相手が未登録のため、接触履歴には残りません。残すには先に「相手を特定」してください。'
      }
      confirmLabel="記録する"
      reason="none"
      running={answer.running}
      problem={answer.problem}
      onConfirm={() =>
        answer.run({
          ...which(inquiry),
          channel,
          answeredAt: now().toISOString(),
          summary,
          final: final === 'final',
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'summary',
          type: 'longText',
          label: '回答の要点',
          required: true,
          rows: 3,
          maxLength: 1000,
        }}
        value={summary}
        onChange={setSummary}
      />
      <FieldInput
        field={{
          name: 'channel',
          type: 'choice',
          label: '手段',
          required: true,
          options: Object.entries(channelLabels).map(([value, label]) => ({ value, label })),
        }}
        value={channel}
        onChange={value => value && setChannel(value as Channel)}
      />
      <FieldInput
        field={{
          name: 'final',
          type: 'choice',
          label: '回答の種類',
          required: true,
          options: [
            { value: 'final', label: '最終回答' },
            { value: 'interim', label: '途中の連絡' },
          ],
        }}
        value={final}
        onChange={setFinal}
      />
    </ConfirmAction>
  )
}

function Move({ inquiry, onClose, to }: DialogProps & { to: InquiryState }) {
  const [satisfaction, setSatisfaction] = useState<number | null>(null)
  const move = useCommand(moveInquiry, { onDone: onClose })
  const ends = to === 'closed' || to === 'converted'
  return (
    <ConfirmAction
      open
      title={moveLabels[to] ?? ''}
      what={
        to === 'waiting_client'
          ? '先方の回答を待つ間、期限の時計は止まります。'
          : '理由とともに履歴に残ります。'
      }
      confirmLabel={moveLabels[to] ?? ''}
      reason="required"
      running={move.running}
      problem={move.problem}
      onConfirm={reason => move.run({ ...which(inquiry), to, reason, satisfaction })}
      onClose={onClose}
    >
      {ends && (
        <FieldInput field={inputOf(fields.satisfaction)} value={satisfaction} onChange={setSatisfaction} />
      )}
    </ConfirmAction>
  )
}

function Merge({ inquiry, onClose }: DialogProps) {
  const [intoNo, setIntoNo] = useState('')
  const merge = useCommand(mergeInquiry, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title="同じ内容の問合せに統合します"
      what="この問合せは終わり、統合先で対応を続けます。"
      confirmLabel="統合する"
      reason="required"
      running={merge.running}
      problem={merge.problem}
      onConfirm={reason => merge.run({ ...which(inquiry), intoNo, reason })}
      onClose={onClose}
    >
      <FieldInput
        field={{ name: 'intoNo', type: 'code', label: '統合先の番号', required: true, example: 'IQ-000012' }}
        value={intoNo}
        onChange={setIntoNo}
      />
    </ConfirmAction>
  )
}

function Identify({ inquiry, onClose }: DialogProps) {
  const [party, setParty] = useState<LookupValue | null>(null)
  const identify = useCommand(identifySender, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title="相手を特定します"
      what="以後のやり取りは、この取引先の接触履歴に残ります。"
      confirmLabel="特定する"
      reason="none"
      running={identify.running}
      problem={identify.problem}
      onConfirm={() => party && identify.run({ ...which(inquiry), partyId: party.value })}
      onClose={onClose}
    >
      <PartyChoice name="partyId" label="顧客・売掛先" value={party} onChange={setParty} required />
    </ConfirmAction>
  )
}
