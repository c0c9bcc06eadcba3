import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import {
  ActionButton,
  Card,
  DateText,
  DateTimeText,
  EmptyState,
  KeyValue,
  Loaded,
  Notice,
  Stack,
  UiLink,
  yenText,
} from '../../../ui/index.ts'
import { type KycCase, kycOfParty } from '../contract.ts'
import { caseFields } from '../fields.ts'
import {
  caseStateLabels,
  documentKindLabels,
  factorLabels,
  mailKindLabels,
  mailResultLabels,
  methodLabels,
  regimeLabels,
  triggerLabels,
} from '../labels.ts'
import { purposeWords } from '../purposes.ts'
import { methods } from '../rules.ts'
import { DocumentLine, ElectronicLine } from './CaseLines.tsx'
import { type KycDialog, KycDialogs } from './KycDialogs.tsx'
import { RatingTag, ReviewStateTag } from './tags.tsx'

/** A party's checks of identity: what is in force until when, and what is still missing in the one at work. */
export default function KycTab({ recordId }: { recordId: string }) {
  const follow = useFollow()
  const whyNot = useWhyNot()
  const shown = useApi(kycOfParty, { partyId: recordId })
  const [dialog, setDialog] = useState<KycDialog | null>(null)
  return (
    <Loaded from={shown} rows={8}>
      {({ reviewState, nextReviewOn, retentionUntil, retentionYears, purposesOffered, cases }) => {
        const working = cases.some(one => one.state === 'in_progress' || one.state === 'reopened')
        return (
          <Stack>
            <Card
              title="本人確認"
              note={<ReviewStateTag state={reviewState} />}
              actions={
                <>
                  <ActionButton
                    disabledReason={nextReviewOn ? whyNot('kyc.check') : '完了した本人確認がありません。'}
                    onClick={() => setDialog({ kind: 'except' })}
                  >
                    期限の例外を申請
                  </ActionButton>
                  <ActionButton
                    kind="primary"
                    disabledReason={working ? '進行中の本人確認があります。' : whyNot('kyc.check')}
                    onClick={() => follow(`/parties/${recordId}/kyc/new`)}
                  >
                    本人確認を開始
                  </ActionButton>
                </>
              }
            >
              {reviewState === 'overdue' && (
                <Notice tone="danger" title="見直し期限を過ぎたため、買取はできません" />
              )}
              {cases.length === 0 ? (
                <EmptyState
                  title="本人確認はまだ行われていません"
                  hint="確認方法を選び、書類を確認し、別の担当者が承認すると完了します。完了まで買取はできません。"
                />
              ) : (
                <KeyValue
                  items={[
                    { key: 'due', label: '見直し期限', value: <DateText date={nextReviewOn} /> },
                    {
                      key: 'kept',
                      label: '確認記録の保存',
                      value: retentionUntil ? (
                        <>
                          <DateText date={retentionUntil} />
                          まで
                        </>
                      ) : (
                        `取引の終了から${retentionYears}年`
                      ),
                    },
                  ]}
                />
              )}
            </Card>
            {cases.map(one => (
              <CaseCard key={one.id} row={one} onDialog={setDialog} />
            ))}
            <KycDialogs
              dialog={dialog}
              partyId={recordId}
              offered={purposesOffered}
              onClose={() => setDialog(null)}
            />
          </Stack>
        )
      }}
    </Loaded>
  )
}

function CaseCard({ row, onDialog }: { row: KycCase; onDialog: (dialog: KycDialog) => void }) {
  const whyNot = useWhyNot()
  const working = row.state === 'in_progress' || row.state === 'reopened'
  const may = whyNot('kyc.check')
  return (
    <Card
      title={`${row.caseNo}　${row.recordNo ? `${row.recordNo}　` : ''}${row.inForce ? '有効' : caseStateLabels[row.state]}`}
      note={<RatingTag rating={row.riskRating} />}
      actions={
        working ? (
          <>
            <ActionButton disabledReason={may} onClick={() => onDialog({ kind: 'change', row })}>
              内容を変更
            </ActionButton>
            {methods[row.methodCode].electronic.length > 0 && (
              <ActionButton disabledReason={may} onClick={() => onDialog({ kind: 'electronic', row })}>
                電子的な確認を記録
              </ActionButton>
            )}
            <ActionButton disabledReason={may} onClick={() => onDialog({ kind: 'document', row })}>
              書類を記録
            </ActionButton>
            <ActionButton disabledReason={may} onClick={() => onDialog({ kind: 'mail', row })}>
              郵便を記録
            </ActionButton>
            <ActionButton disabledReason={may} kind="danger" onClick={() => onDialog({ kind: 'fail', row })}>
              不成立で終了
            </ActionButton>
            <ActionButton
              kind="primary"
              disabledReason={may ?? row.missing[0]?.sentence ?? null}
              onClick={() => onDialog({ kind: 'complete', row })}
            >
              完了を申請
            </ActionButton>
          </>
        ) : row.inForce ? (
          <ActionButton disabledReason={may} onClick={() => onDialog({ kind: 'mail', row })}>
            郵便を記録
          </ActionButton>
        ) : undefined
      }
    >
      {row.missing.length > 0 && (
        <Notice tone="warning" title="完了までに必要なこと">
          {row.missing.map(one => (
            <p key={one.code}>{one.sentence}</p>
          ))}
        </Notice>
      )}
      <KeyValue
        items={[
          {
            key: 'method',
            label: '確認方法',
            value: `${methodLabels[row.methodCode]}${row.letter ? `（${row.letter}）` : ''}`,
          },
          { key: 'trigger', label: 'きっかけ', value: triggerLabels[row.trigger] },
          {
            key: 'purpose',
            label: '取引の目的',
            value: purposeWords({
              purpose_code: row.purposeCode,
              purpose_label: row.purposeLabel,
              purpose: row.purpose,
            }),
          },
          { key: 'business', label: '事業内容・職業', value: row.businessContent ?? '' },
          {
            key: 'factors',
            label: 'リスク要因',
            value: row.ratingFactors.map(one => factorLabels[one]).join('、') || 'なし',
          },
          {
            key: 'expected',
            label: caseFields.expectedYen.label.ja,
            value: row.expectedYen === null ? '未申告' : yenText(row.expectedYen),
          },
          {
            key: 'assets',
            label: caseFields.assetIncomeChecked.label.ja,
            value: row.assetIncomeChecked ? '確認済' : '未確認',
          },
          ...(row.regime ? [{ key: 'regime', label: '確認の根拠', value: regimeLabels[row.regime] }] : []),
          { key: 'completed', label: '完了日', value: <DateText date={row.completedOn} /> },
          { key: 'due', label: '見直し期限', value: <DateText date={row.nextReviewOn} /> },
          ...(row.completedBy
            ? [{ key: 'by', label: '確認者・承認者', value: `${row.completedBy}・${row.approvedBy}` }]
            : [{ key: 'by', label: '開始した人', value: row.openedBy }]),
          ...(row.recordCreatedAt
            ? [{ key: 'recorded', label: '確認記録の作成', value: <DateTimeText at={row.recordCreatedAt} /> }]
            : []),
          ...(row.mail
            ? [
                {
                  key: 'mail',
                  label: '郵便',
                  value: `${mailKindLabels[row.mail.kind]} ${row.mail.sentOn} ${mailResultLabels[row.mail.result]}${row.mail.tracking ? `　${row.mail.tracking}` : ''}`,
                },
              ]
            : []),
          ...(row.exceptionUntil
            ? [
                {
                  key: 'exception',
                  label: '例外',
                  wide: true,
                  value: (
                    <>
                      {`${row.exceptionUntil}まで　${row.exceptionReason}　`}
                      {row.exceptionRequestId && (
                        <UiLink href={`/change-requests/${row.exceptionRequestId}`}>承認の記録</UiLink>
                      )}
                    </>
                  ),
                },
              ]
            : []),
          ...row.electronicChecks.map(check => ({
            key: check.id,
            label: '電子的な確認',
            wide: true,
            value: <ElectronicLine check={check} />,
          })),
          ...row.documents.map(document => ({
            key: document.id,
            label: documentKindLabels[document.kind],
            wide: true,
            value: <DocumentLine document={document} />,
          })),
        ]}
      />
    </Card>
  )
}
