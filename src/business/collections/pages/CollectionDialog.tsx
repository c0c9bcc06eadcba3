import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useNow } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ConfirmAction, FieldInput, yenText } from '../../../ui/index.ts'
import { channelLabels } from '../../communications/labels.ts'
import type { Channel } from '../../communications/tables.ts'
import { EvidenceInput } from '../../documents/web.tsx'
import {
  type CollectionShown,
  logContact,
  moveCase,
  recordPromise,
  setDispute,
  setNextAction,
  writeOff,
} from '../contract.ts'
import { caseStateLabels } from '../labels.ts'
import type { CollectionCaseState } from '../rules/states.ts'

export type CollectionDialogKind = 'contact' | 'promise' | 'next' | 'dispute' | 'move' | 'writeOff'

const words: Record<CollectionDialogKind, { title: string; what: string; confirm: string }> = {
  contact: {
    title: '連絡を記録します',
    what: '午後9時から午前8時までと、約束の期日前の督促は規則に反します。行った連絡は記録し、コンプライアンスに知らせます。内容は暗号化されます。',
    confirm: '記録する',
  },
  promise: {
    title: '支払約束を記録します',
    what: '守られたかどうかは、入金と日付で自動的に判断します。',
    confirm: '記録する',
  },
  next: { title: '次の対応を決めます', what: '一覧はこの日付で並びます。', confirm: '保存する' },
  dispute: {
    title: '争いを記録します',
    what: '争いのある額だけ督促を止めます。空欄にすると争いを終了します。',
    confirm: '記録する',
  },
  move: {
    title: '段階を進めます',
    what: '2社間の売掛先への通知は、別の担当者の承認が必要です。',
    confirm: '進める',
  },
  writeOff: {
    title: '貸倒れを申請します',
    what: '別の担当者が承認すると、留保金を充て、残りを貸倒損失に計上します。',
    confirm: '承認を申請する',
  },
}

interface DialogProps {
  kind: CollectionDialogKind
  shown: CollectionShown
  onClose: () => void
}

/** The acts on one case; each says what will happen. */
export function CollectionDialog({ kind, shown, onClose }: DialogProps) {
  const follow = useFollow()
  const now = useNow()
  const onPending = (answer: { changeRequestId: string }) =>
    follow(`/change-requests/${answer.changeRequestId}`)
  const [day, setDay] = useState<string | null>(shown.claim.case?.nextActionOn ?? null)
  const [yen, setYen] = useState<number | null>(kind === 'promise' ? shown.claim.openYen : null)
  const [choice, setChoice] = useState<string | null>(
    kind === 'contact' ? 'phone' : (shown.nextStates[0] ?? null),
  )
  const [text, setText] = useState('')
  const [reached, setReached] = useState<string | null>('yes')
  const [evidence, setEvidence] = useState<readonly string[]>([])
  const contact = useCommand(logContact, { onDone: onClose })
  const promise = useCommand(recordPromise, { onDone: onClose })
  const next = useCommand(setNextAction, { onDone: onClose })
  const dispute = useCommand(setDispute, { onDone: onClose })
  const move = useCommand(moveCase, { onDone: onClose, onPending })
  const off = useCommand(writeOff, { onDone: onClose, onPending })
  const commands = { contact, promise, next, dispute, move, writeOff: off }
  const caseId = shown.claim.case?.id ?? ''
  const change = (reasonText: string) => ({
    reasonCode: 'review' as const,
    reasonText,
    evidence: [...evidence],
  })
  const confirm = (reason: string) => {
    if (kind === 'contact')
      contact.run({
        caseId,
        channel: choice as Channel,
        contactedAt: now().toISOString(),
        reached: reached === 'yes',
        note: reason,
        nextActionOn: day ?? '',
        nextAction: text,
      })
    if (kind === 'promise') promise.run({ caseId, dueOn: day ?? '', amountYen: yen ?? 0 })
    if (kind === 'next') next.run({ caseId, nextActionOn: day ?? '', nextAction: text, takeOver: true })
    if (kind === 'dispute') dispute.run({ caseId, disputedYen: yen, reason })
    if (kind === 'move') move.run({ caseId, to: choice as CollectionCaseState, change: change(reason) })
    if (kind === 'writeOff') off.run({ receivableId: shown.claim.receivableId, change: change(reason) })
  }
  const { title, what, confirm: confirmLabel } = words[kind]
  const options = (labels: Record<string, string>, keys: readonly string[]) =>
    keys.map(value => ({ value, label: labels[value] ?? value }))
  return (
    <ConfirmAction
      open
      title={title}
      what={kind === 'writeOff' ? `未回収額は ${yenText(shown.claim.openYen)} です。${what}` : what}
      confirmLabel={confirmLabel}
      danger={kind === 'writeOff'}
      reason={kind === 'promise' || kind === 'next' ? 'none' : 'required'}
      running={commands[kind].running}
      problem={commands[kind].problem}
      onConfirm={confirm}
      onClose={onClose}
    >
      {kind === 'contact' && (
        <>
          <FieldInput
            field={{
              name: 'channel',
              type: 'choice',
              label: '手段',
              required: true,
              options: options(channelLabels, Object.keys(channelLabels)),
            }}
            value={choice}
            onChange={setChoice}
          />
          <FieldInput
            field={{
              name: 'reached',
              type: 'choice',
              label: '結果',
              required: true,
              options: [
                { value: 'yes', label: '話せた・届いた' },
                { value: 'no', label: '不在・未達' },
              ],
            }}
            value={reached}
            onChange={setReached}
          />
        </>
      )}
      {kind === 'move' && (
        <FieldInput
          field={{
            name: 'to',
            type: 'choice',
            label: '次の段階',
            required: true,
            options: options(caseStateLabels, shown.nextStates),
          }}
          value={choice}
          onChange={setChoice}
        />
      )}
      {(kind === 'promise' || kind === 'dispute') && (
        <FieldInput
          field={{
            name: kind === 'promise' ? 'amountYen' : 'disputedYen',
            type: 'yen',
            label: kind === 'promise' ? '約束の額' : '争いのある額',
          }}
          value={yen}
          onChange={setYen}
        />
      )}
      {(kind === 'contact' || kind === 'promise' || kind === 'next') && (
        <FieldInput
          field={{
            name: kind === 'promise' ? 'dueOn' : 'nextActionOn',
            type: 'date',
            label: kind === 'promise' ? '約束の期日' : '次の対応日',
            required: true,
          }}
          value={day}
          onChange={setDay}
        />
      )}
      {(kind === 'contact' || kind === 'next') && (
        <FieldInput
          field={{ name: 'nextAction', type: 'text', label: '次にすること' }}
          value={text}
          onChange={setText}
        />
      )}
      {(kind === 'move' || kind === 'writeOff') && (
        <EvidenceInput
          required={kind === 'writeOff'}
          record={{ kind: 'party', id: shown.claim.client.id }}
          value={evidence}
          onChange={setEvidence}
          docKind="notice"
        />
      )}
    </ConfirmAction>
  )
}
