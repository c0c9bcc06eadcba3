import { useState } from 'react'
import { useWhyNot } from '../../../platform/web/session.ts'
import { ActionButton, Card, DateText, KeyValue, shownSource, Yen } from '../../../ui/index.ts'
import { groundLabels, takeBackKindLabels } from '../labels.ts'
import type { TakeBackGround } from '../rules/take-back.ts'
import type { TakeBackShown } from '../take-back-contract.ts'
import { RepurchaseDialog, RescindDialog } from './TakeBackDialog.tsx'
import type { UndoableAct } from './UndoDialogs.tsx'

const lawWords = (source: string) => {
  const law = shownSource(source)
  return law ? `（${law}）` : ''
}

/** Whether the claim can go back to the client, what that would come to today, and what was done. */
export function TakeBackCard({
  receivableId,
  shown,
  onUndo,
}: {
  receivableId: string
  shown: TakeBackShown
  onUndo: (act: UndoableAct) => void
}) {
  const [dialog, setDialog] = useState<'repurchase' | 'rescind' | null>(null)
  const whyNot = useWhyNot()
  const { repurchase, rescission, done } = shown
  if (done) return <Done done={done} onUndo={onUndo} />
  const hindered = repurchase
    ? repurchase.grounds.every(one => one.hindrances.length > 0)
      ? (repurchase.grounds[0]?.hindrances[0]?.sentence ?? null)
      : null
    : '買い取った債権だけが対象です。'
  const rescindHindered = rescission
    ? (rescission.hindrances[0]?.sentence ?? null)
    : '買い取った債権だけが対象です。'
  const close = () => setDialog(null)
  return (
    <Card
      title="買戻し・解除"
      note="今日行う場合の額"
      actions={
        <>
          <ActionButton
            size="small"
            disabledReason={whyNot('reconciliation.takeBack') ?? hindered}
            onClick={() => setDialog('repurchase')}
          >
            買戻しを申請
          </ActionButton>
          <ActionButton
            size="small"
            kind="danger"
            disabledReason={whyNot('reconciliation.takeBack') ?? rescindHindered}
            onClick={() => setDialog('rescind')}
          >
            解除を申請（送金後）
          </ActionButton>
        </>
      }
    >
      <KeyValue
        items={[
          { key: 'open', label: '未回収額', value: <Yen value={repurchase?.amounts.openYen ?? 0} /> },
          {
            key: 'repurchase',
            label: '買戻しの場合の請求額',
            value: <Yen value={repurchase?.amounts.owedYen ?? 0} />,
            note: '未回収額 − 留保金',
          },
          {
            key: 'rescission',
            label: '解除の場合の請求額',
            value: <Yen value={rescission?.amounts.owedYen ?? 0} />,
            note: '支払済みの買取代金 − 回収済みの額',
          },
        ]}
      />
      {repurchase && dialog === 'repurchase' && (
        <RepurchaseDialog receivableId={receivableId} shown={shown} repurchase={repurchase} onClose={close} />
      )}
      {rescission && dialog === 'rescind' && (
        <RescindDialog receivableId={receivableId} shown={shown} rescission={rescission} onClose={close} />
      )}
    </Card>
  )
}

function Done({
  done,
  onUndo,
}: {
  done: NonNullable<TakeBackShown['done']>
  onUndo: (act: UndoableAct) => void
}) {
  const whyNot = useWhyNot()
  const word = takeBackKindLabels[done.kind]
  return (
    <Card
      title={word}
      note={done.takeBackNo}
      actions={
        <ActionButton
          size="small"
          disabledReason={whyNot('reconciliation.takeBack') ?? done.undoHindrances[0]?.sentence ?? null}
          onClick={() => onUndo({ id: done.id, kind: 'take_back', no: done.takeBackNo, what: word })}
        >
          取消を申請
        </ActionButton>
      }
    >
      <KeyValue
        items={[
          { key: 'ground', label: '事由', value: groundLabels[done.ground as TakeBackGround] },
          { key: 'clause', label: '契約の条項', value: done.clause },
          { key: 'on', label: '効力日', value: <DateText date={done.takenOn} /> },
          { key: 'open', label: '未回収額', value: <Yen value={done.openYen} /> },
          { key: 'reserve', label: '留保金から充当', value: <Yen value={done.fromReserveYen} /> },
          ...(done.feeYen > 0
            ? [{ key: 'fee', label: '手数料の取消し', value: <Yen value={done.feeYen} /> }]
            : []),
          {
            key: 'owed',
            label: done.kind === 'repurchase' ? '買戻代金' : '返還を求めた買取代金',
            value: <Yen value={done.owedYen} strong />,
          },
          ...(done.refundYen > 0
            ? [{ key: 'refund', label: '利用者へ返す額', value: <Yen value={done.refundYen} strong /> }]
            : []),
          { key: 'damages', label: '効力日までの遅延損害金', value: <Yen value={done.damagesYen} /> },
          ...(done.late
            ? [
                { key: 'due', label: '利用者の支払期日', value: <DateText date={done.late.dueOn} /> },
                {
                  key: 'late',
                  label: '支払期日後の遅延損害金（今日まで）',
                  value: <Yen value={done.late.damagesYen} />,
                  note: `年${done.late.ratePpm / 10_000}%　${done.late.sentence}${lawWords(done.late.source)}`,
                },
              ]
            : []),
          ...(done.penaltyYen > 0
            ? [{ key: 'penalty', label: '違約金', value: <Yen value={done.penaltyYen} /> }]
            : []),
          { key: 'by', label: '申請・承認', value: `${done.requestedBy}・${done.approvedBy}` },
          { key: 'reason', label: '理由', value: done.reason, wide: true },
          ...(done.complianceReason
            ? [{ key: 'compliance', label: '貸付に当たらない理由', value: done.complianceReason, wide: true }]
            : []),
        ]}
      />
    </Card>
  )
}
