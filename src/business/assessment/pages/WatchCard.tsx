import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ActionButton, Card, DateText, FieldInput, KeyValue, useSay } from '../../../ui/index.ts'
import { EvidenceInput } from '../../documents/web.tsx'
import { type CreditFile, setWatch } from '../contract.ts'
import { watchFields } from '../fields.ts'
import { watchEffects, watchLabels } from '../labels.ts'
import { isStricter, watchDirection } from '../rules/watch.ts'
import { type WatchState, watchStates } from '../tables.ts'
import { EntryDialog } from './EntryDialog.tsx'
import { dialogField, WatchTag } from './words.tsx'

/** Whether the company is watched or stopped, what that forbids, and how it came to be. */
export function WatchCard({ partyId, file }: { partyId: string; file: CreditFile }) {
  const whyNot = useWhyNot()
  const [asking, setAsking] = useState(false)
  const { watch, watchHistory } = file
  return (
    <Card
      title="監視区分"
      note={<WatchTag state={watch.state} />}
      actions={
        <ActionButton disabledReason={whyNot('assessment.watch')} onClick={() => setAsking(true)}>
          区分を変更
        </ActionButton>
      }
    >
      <KeyValue
        items={[
          { key: 'effect', label: '取引への影響', value: watchEffects[watch.state], wide: true },
          ...(watch.state === 'normal'
            ? []
            : [
                { key: 'reason', label: '理由', value: watch.reason ?? '', wide: true },
                { key: 'since', label: 'いつから', value: <DateText date={watch.since} /> },
                { key: 'by', label: '設定した人', value: watch.setBy ?? '' },
                { key: 'review', label: '見直す日', value: <DateText date={watch.reviewOn} /> },
              ]),
        ]}
      />
      {watchHistory.length > 0 && (
        <details>
          <summary>{`変更の履歴（${watchHistory.length}件）`}</summary>
          <KeyValue
            items={watchHistory.map(row => ({
              key: row.id,
              label: `${row.since}${row.recordNo ? `　${row.recordNo}` : ''}`,
              value: `${watchLabels[row.previous]} → ${watchLabels[row.state]}`,
              note: `${row.reason}（${row.setBy}${row.approvedBy ? `・承認 ${row.approvedBy}` : ''}）`,
              wide: true,
            }))}
          />
        </details>
      )}
      {asking && <WatchDialog partyId={partyId} from={watch.state} onClose={() => setAsking(false)} />}
    </Card>
  )
}

function WatchDialog({ partyId, from, onClose }: { partyId: string; from: WatchState; onClose: () => void }) {
  const follow = useFollow()
  const say = useSay()
  const [to, setTo] = useState<WatchState | null>(null)
  const [reviewOn, setReviewOn] = useState<string | null>(null)
  const [evidence, setEvidence] = useState<readonly string[]>([])
  const run = useCommand(setWatch, {
    onDone: () => {
      say.done('監視区分を変更しました。')
      onClose()
    },
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
  })
  const twoPeople = to !== null && watchDirection(from, to).twoPeople
  const what =
    to === null
      ? `今は「${watchLabels[from]}」です。変更後の区分を選んでください。`
      : twoPeople
        ? `別の担当者が承認すると「${watchLabels[to]}」になります。それまでは取引停止のままです。`
        : `すぐに「${watchLabels[to]}」になります。${watchEffects[to]}${isStricter(to, from) ? '理由は、断られた担当者にも表示されます。' : ''}`
  return (
    <EntryDialog
      title="監視区分を変更します"
      what={what}
      confirmLabel={twoPeople ? '承認を申請する' : '変更する'}
      danger={to === 'stop'}
      reason="required"
      missing={[to === null && '変更後の区分を選んでください。']}
      running={run.running}
      problem={run.problem}
      onConfirm={reasonText =>
        to &&
        run.run({
          partyId,
          watchState: to,
          reviewOn: to === 'normal' ? null : reviewOn,
          change: { reasonCode: 'review', reasonText, evidence: [...evidence] },
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{
          ...dialogField(watchFields.watchState, { required: true, width: 'full' }),
          options: watchStates
            .filter(state => state !== from)
            .map(state => ({ value: state, label: watchLabels[state], detail: watchEffects[state] })),
        }}
        value={to}
        onChange={value => setTo(value as WatchState | null)}
      />
      {to !== null && to !== 'normal' && (
        <FieldInput field={dialogField(watchFields.reviewOn)} value={reviewOn} onChange={setReviewOn} />
      )}
      <EvidenceInput
        record={{ kind: 'party', id: partyId }}
        value={evidence}
        onChange={setEvidence}
        docKind="other"
      />
    </EntryDialog>
  )
}
