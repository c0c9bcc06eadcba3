import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import {
  ActionButton,
  Card,
  ConfirmAction,
  DateText,
  EmptyState,
  KeyValue,
  Notice,
  Row,
  StatusTag,
  useSay,
} from '../../../ui/index.ts'
import { CustomCard } from '../../customization/web.tsx'
import { EvidenceList } from '../../documents/web.tsx'
import { type CreditFile, type CreditReview, decideReview, withdrawReview } from '../contract.ts'
import { basisKindLabels, basisSourceLabels, outcomeLabels, subjectRoleLabels } from '../labels.ts'
import { OutcomeTag, ReviewStateTag, yenText } from './words.tsx'

/** How many earlier reviews stand open; the others are folded. */
const OPEN_AT_FIRST = 2

/** Reviews of the company, newest first: what was concluded, on which grounds, and what a draft still lacks. */
export function ReviewsCard({ partyId, file }: { partyId: string; file: CreditFile }) {
  const follow = useFollow()
  const whyNot = useWhyNot()
  const [act, setAct] = useState<{ kind: 'decide' | 'withdraw'; review: CreditReview } | null>(null)
  const suitable = file.roles.includes('client') || file.roles.includes('debtor')
  const folded = file.reviews.slice(OPEN_AT_FIRST)
  return (
    <Card
      title="与信審査"
      note={file.reviews.length ? `${file.reviews.length}件` : ''}
      actions={
        <ActionButton
          kind="primary"
          disabledReason={
            suitable ? whyNot('assessment.review') : '利用者または売掛先の役割を先に登録してください。'
          }
          onClick={() => follow(`/parties/${partyId}/credit-reviews/new`)}
        >
          審査を開始
        </ActionButton>
      }
    >
      {file.reviews.length === 0 && (
        <EmptyState
          title="審査の記録はありません"
          hint="根拠と結論を記録して決定すると、その審査に基づいて与信枠を申請できます。"
        />
      )}
      {file.reviews.slice(0, OPEN_AT_FIRST).map(review => (
        <OneReview key={review.id} partyId={partyId} review={review} onAct={setAct} />
      ))}
      {folded.length > 0 && (
        <details>
          <summary>{`以前の審査（${folded.length}件）`}</summary>
          {folded.map(review => (
            <OneReview key={review.id} partyId={partyId} review={review} onAct={setAct} />
          ))}
        </details>
      )}
      {act && <ReviewActDialog {...act} onClose={() => setAct(null)} />}
    </Card>
  )
}

function OneReview({
  partyId,
  review,
  onAct,
}: {
  partyId: string
  review: CreditReview
  onAct: (act: { kind: 'decide' | 'withdraw'; review: CreditReview }) => void
}) {
  return (
    <section aria-label={`審査 ${review.reviewNo}`} className="ui-stack">
      <Row>
        <strong>{`${review.reviewNo}　${subjectRoleLabels[review.subjectRole]}として`}</strong>
        <ReviewStateTag review={review} />
        <OutcomeTag outcome={review.outcome} />
        {review.overdue && <StatusTag tone="danger" word="見直し期日超過" />}
      </Row>
      {review.missing.length > 0 && (
        <Notice tone="warning" title="決定までに必要なこと">
          {review.missing.map(sentence => (
            <p key={sentence}>{sentence}</p>
          ))}
        </Notice>
      )}
      <KeyValue
        items={[
          { key: 'yen', label: '推奨限度額', value: yenText(review.recommendedYen) },
          { key: 'on', label: '査定日', value: <DateText date={review.assessedOn} /> },
          { key: 'due', label: '次回の見直し', value: <DateText date={review.reviewDueOn} /> },
          {
            key: 'by',
            label: '審査・決定',
            value: saidBy(review),
          },
          ...(review.conditions
            ? [{ key: 'conditions', label: '条件', value: review.conditions, wide: true }]
            : []),
          { key: 'grounds', label: '判断の理由', value: review.grounds, wide: true },
          {
            key: 'basis',
            label: `根拠（出所 ${review.sources}）`,
            value:
              review.basis.length === 0 ? (
                'なし'
              ) : (
                <ul className="ui-plain-list">
                  {review.basis.map((one, at) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a basis has no other name than its place
                    <li key={at}>
                      {`${basisKindLabels[one.kind]}（${basisSourceLabels[one.source]}）　${one.note}`}
                    </li>
                  ))}
                </ul>
              ),
            wide: true,
          },
          ...(review.evidence.length
            ? [
                {
                  key: 'evidence',
                  label: '資料',
                  value: <EvidenceList ids={review.evidence} />,
                  wide: true,
                },
              ]
            : []),
        ]}
      />
      <CustomCard kind="credit_review" recordId={review.id} quiet />
      <ReviewButtons partyId={partyId} review={review} onAct={onAct} />
    </section>
  )
}

/** Who assessed and who decided; one name where that is one person. */
function saidBy({ assessedBy, decidedBy, decidedOn }: CreditReview): string {
  if (!decidedBy) return `${assessedBy}（未決定）`
  return `${assessedBy === decidedBy ? assessedBy : `${assessedBy}・${decidedBy}`}（${decidedOn} 決定）`
}

function ReviewButtons({
  partyId,
  review,
  onAct,
}: {
  partyId: string
  review: CreditReview
  onAct: (act: { kind: 'decide' | 'withdraw'; review: CreditReview }) => void
}) {
  const follow = useFollow()
  const whyNot = useWhyNot()
  if (review.state === 'withdrawn') return null
  if (review.state === 'decided')
    return review.recommendedYen === null ? null : (
      <Row>
        <ActionButton
          size="small"
          disabledReason={whyNot('credit.request')}
          onClick={() =>
            follow(
              `/parties/${partyId}/limits/new?${new URLSearchParams({
                review: review.id,
                reviewNo: review.reviewNo,
                yen: String(review.recommendedYen),
                kind: review.subjectRole,
                assessedOn: review.assessedOn,
                reviewDueOn: review.reviewDueOn,
              })}`,
            )
          }
        >
          この審査で与信枠を申請
        </ActionButton>
      </Row>
    )
  const may = whyNot('assessment.review')
  return (
    <Row>
      <ActionButton
        size="small"
        kind="primary"
        disabledReason={may ?? review.missing[0] ?? null}
        onClick={() => onAct({ kind: 'decide', review })}
      >
        決定する
      </ActionButton>
      <ActionButton
        size="small"
        disabledReason={may}
        onClick={() => follow(`/parties/${partyId}/credit-reviews/${review.id}/edit`)}
      >
        内容を変更
      </ActionButton>
      <ActionButton size="small" disabledReason={may} onClick={() => onAct({ kind: 'withdraw', review })}>
        取り下げる
      </ActionButton>
    </Row>
  )
}

function ReviewActDialog({
  kind,
  review,
  onClose,
}: {
  kind: 'decide' | 'withdraw'
  review: CreditReview
  onClose: () => void
}) {
  const say = useSay()
  const decide = useCommand(decideReview, {
    onDone: () => {
      say.done(`審査 ${review.reviewNo} を決定しました。`)
      onClose()
    },
  })
  const withdraw = useCommand(withdrawReview, {
    onDone: () => {
      say.done(`審査 ${review.reviewNo} を取り下げました。`)
      onClose()
    },
  })
  const deciding = kind === 'decide'
  return (
    <ConfirmAction
      open
      title={deciding ? `審査 ${review.reviewNo} を決定します` : `審査 ${review.reviewNo} を取り下げます`}
      what={
        deciding
          ? `結論「${outcomeLabels[review.outcome]}」${review.recommendedYen === null ? '' : `、推奨限度額 ${yenText(review.recommendedYen)}`}で決定します。決定した審査は変更できません。与信枠は、この審査に基づいて別に申請し、2人で決めます。`
          : 'この審査は結論を出さずに終わります。記録は残ります。'
      }
      confirmLabel={deciding ? '決定する' : '取り下げる'}
      danger={!deciding}
      reason={deciding ? 'none' : 'required'}
      running={decide.running || withdraw.running}
      problem={decide.problem ?? withdraw.problem}
      onConfirm={reason =>
        deciding
          ? decide.run({ reviewId: review.id, rowVersion: review.rowVersion })
          : withdraw.run({ reviewId: review.id, reason })
      }
      onClose={onClose}
    />
  )
}
