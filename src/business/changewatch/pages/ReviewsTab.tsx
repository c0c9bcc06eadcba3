import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  Card,
  ConfirmAction,
  DateText,
  DateTimeText,
  EmptyState,
  FieldInput,
  KeyValue,
  Loaded,
  Stack,
  StatusTag,
} from '../../../ui/index.ts'
import { listReviews, openReview, type Review, registerCheckOf, reportedSources } from '../contract.ts'
import { registerStateLabels, sourceLabels } from '../labels.ts'
import { CloseReview } from './CloseReview.tsx'
import { ReviewCard } from './ReviewCard.tsx'

const tones = {
  agrees: 'success',
  differs: 'warning',
  closed: 'danger',
  void: 'danger',
  unknown: 'neutral',
} as const
type Source = (typeof reportedSources)[number]

/** A customer's signs of change, open first, and how it stands against the register. */
export default function ReviewsTab({ recordId }: { recordId: string }) {
  const open = useApi(listReviews, { partyId: recordId })
  const closed = useApi(listReviews, { partyId: recordId, state: 'closed' })
  const [closing, setClosing] = useState<Review | null>(null)
  return (
    <Stack>
      <RegisterCard partyId={recordId} />
      <Loaded from={open} rows={4}>
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState
              title="確認待ちの変更検知はありません"
              hint="公表情報との相違は自動で、郵便の返戻や振込先の相違は「兆候を報告」で登録されます。"
            />
          ) : (
            <Stack>
              {rows.map(row => (
                <ReviewCard key={row.id} review={row} showParty={false} onClose={setClosing} />
              ))}
            </Stack>
          )
        }
      </Loaded>
      <Loaded from={closed} rows={2}>
        {({ rows }) => (
          <Stack>
            {rows.map(row => (
              <ReviewCard key={row.id} review={row} showParty={false} onClose={setClosing} />
            ))}
          </Stack>
        )}
      </Loaded>
      <CloseReview key={closing?.id ?? 'none'} review={closing} onDone={() => setClosing(null)} />
    </Stack>
  )
}

function RegisterCard({ partyId }: { partyId: string }) {
  const whyNot = useWhyNot()
  const check = useApi(registerCheckOf, { partyId })
  const [reporting, setReporting] = useState(false)
  return (
    <Card
      title="公表情報との突合"
      actions={
        <ActionButton disabledReason={whyNot('changewatch.report')} onClick={() => setReporting(true)}>
          兆候を報告
        </ActionButton>
      }
    >
      <Loaded from={check} rows={2}>
        {({ state, checkedAt, registerUpdatedOn }) => (
          <KeyValue
            items={[
              {
                key: 'state',
                label: '結果',
                value: state ? (
                  <StatusTag tone={tones[state]} word={registerStateLabels[state]} />
                ) : (
                  '未突合（法人番号がないか、公表ファイルが読み込まれていません）'
                ),
              },
              { key: 'at', label: '突合した日時', value: checkedAt ? <DateTimeText at={checkedAt} /> : '' },
              { key: 'updated', label: '公表の更新日', value: <DateText date={registerUpdatedOn} /> },
            ]}
          />
        )}
      </Loaded>
      {reporting && <ReportSign partyId={partyId} onClose={() => setReporting(false)} />}
    </Card>
  )
}

function ReportSign({ partyId, onClose }: { partyId: string; onClose: () => void }) {
  const [source, setSource] = useState<Source>('returned_mail')
  const report = useCommand(openReview, { onDone: onClose })
  const stops = source === 'returned_mail' || source === 'payee_mismatch'
  return (
    <ConfirmAction
      open
      title="変更の兆候を報告します"
      what={
        stops
          ? 'この兆候は、確認が終わるまで与信枠を直ちに停止します。解除には2人の承認が必要です。'
          : '担当と期限のある確認が始まります。'
      }
      confirmLabel="報告する"
      reason="required"
      running={report.running}
      problem={report.problem}
      onConfirm={what => report.run({ partyId, source, what })}
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'source',
          type: 'choice',
          label: '兆候',
          required: true,
          options: reportedSources.map(value => ({ value, label: sourceLabels[value] })),
        }}
        value={source}
        onChange={value => setSource(value as Source)}
      />
    </ConfirmAction>
  )
}
