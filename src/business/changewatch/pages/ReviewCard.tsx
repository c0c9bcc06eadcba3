import { useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  Card,
  DateText,
  DateTimeText,
  type DiffRow,
  DiffTable,
  KeyValue,
  StatusTag,
  UiLink,
} from '../../../ui/index.ts'
import { roleLabels } from '../../access/labels.ts'
import type { Review } from '../contract.ts'
import { differenceLabels, outcomeLabels, sourceLabels } from '../labels.ts'

/** One sign: what was found, who must judge it by when, and what became of it. */
export function ReviewCard({
  review,
  showParty,
  onClose,
}: {
  review: Review
  showParty: boolean
  onClose: (review: Review) => void
}) {
  const whyNot = useWhyNot()
  const open = review.outcome === null
  const rows: DiffRow[] = review.differences.map(one => ({
    key: one.field,
    label: differenceLabels[one.field],
    before: one.ours ?? '',
    after: one.theirs ?? '',
    change: 'changed',
  }))
  return (
    <Card
      title={`${review.reviewNo}　${sourceLabels[review.source]}`}
      note={
        open ? (
          <StatusTag tone="warning" word="確認待ち" />
        ) : (
          <StatusTag tone="success" word={outcomeLabels[review.outcome!]} />
        )
      }
      actions={
        open && (
          <ActionButton
            kind="primary"
            disabledReason={whyNot('changewatch.judge')}
            onClick={() => onClose(review)}
          >
            確認を終える
          </ActionButton>
        )
      }
    >
      <p>{review.sentence}</p>
      {rows.length > 0 && <DiffTable label="台帳と公表情報の相違" rows={rows} />}
      <KeyValue
        items={[
          ...(showParty
            ? [
                {
                  key: 'party',
                  label: '顧客',
                  value: (
                    <UiLink href={`/parties/${review.partyId}`}>
                      {review.partyNo}　{review.partyName}
                    </UiLink>
                  ),
                },
              ]
            : []),
          { key: 'rule', label: '規則', value: review.rule, wide: true },
          {
            key: 'owner',
            label: '担当',
            value: (roleLabels as Readonly<Record<string, string>>)[review.ownerRole] ?? review.ownerRole,
          },
          { key: 'due', label: '期限', value: <DateText date={review.dueOn} /> },
          {
            key: 'opened',
            label: '検知',
            value: (
              <>
                <DateTimeText at={review.openedAt} />　{review.openedBy}
              </>
            ),
          },
          ...(review.suspendedLimits > 0
            ? [
                {
                  key: 'suspended',
                  label: '与信枠',
                  value: <StatusTag tone="danger" word={`${review.suspendedLimits}件を停止`} />,
                },
              ]
            : []),
          ...(review.closedAt
            ? [
                {
                  key: 'closed',
                  label: '終了',
                  wide: true,
                  value: (
                    <>
                      <DateTimeText at={review.closedAt} />　{review.closedBy}　{review.outcomeReason}
                    </>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Card>
  )
}
