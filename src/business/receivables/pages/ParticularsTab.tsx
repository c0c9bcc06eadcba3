import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  Card,
  DateText,
  EmptyState,
  KeyValue,
  Loaded,
  Notice,
  Row,
  RuleResults,
  Stack,
  StatusTag,
  yenText,
} from '../../../ui/index.ts'
import type { ReceivableShown } from '../contract.ts'
import { particularsFields as fields } from '../fields.ts'
import { limitationKindLabels, particularsRuleLabels } from '../labels.ts'
import { openParticulars, type ParticularsShown } from '../particulars-contract.ts'
import { LimitationEventDialog, ParticularsDialog, WithdrawEventDialog } from './ParticularsDialogs.tsx'

type Dialog = { kind: 'record' } | { kind: 'event' } | { kind: 'withdraw'; eventId: string }

/** What invoice and delivery say of the claim, what does not agree among them, and until when it can be enforced. */
export function ParticularsTab({ receivable }: { receivable: ReceivableShown }) {
  const shown = useApi(openParticulars, { receivableId: receivable.id })
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const close = () => setDialog(null)
  return (
    <Loaded from={shown} rows={6}>
      {value => (
        <Stack>
          <SaidCard said={value} onRecord={() => setDialog({ kind: 'record' })} />
          <LimitationCard said={value} onDialog={setDialog} />
          {dialog?.kind === 'record' && (
            <ParticularsDialog receivableId={receivable.id} said={value} onClose={close} />
          )}
          {dialog?.kind === 'event' && <LimitationEventDialog receivable={receivable} onClose={close} />}
          {dialog?.kind === 'withdraw' && <WithdrawEventDialog eventId={dialog.eventId} onClose={close} />}
        </Stack>
      )}
    </Loaded>
  )
}

function SaidCard({ said, onRecord }: { said: ParticularsShown; onRecord: () => void }) {
  const whyNot = useWhyNot()
  const isNew = said.rowVersion === 0
  const day = (date: string | null) => (date ? <DateText date={date} /> : '—')
  return (
    <Card
      title="請求書・納品の明細"
      actions={
        <ActionButton disabledReason={whyNot('receivables.recordParticulars')} onClick={onRecord}>
          {isNew ? '記録する' : '訂正する'}
        </ActionButton>
      }
    >
      {isNew ? (
        <EmptyState
          title="明細はまだ記録されていません"
          hint="請求書の登録番号・税率ごとの金額、検収日、受領日を記録すると、額面や登録番号との食い違いを確かめます。"
        />
      ) : (
        <>
          <KeyValue
            items={[
              {
                key: 'transaction',
                label: '取引期間',
                value:
                  said.transactionFrom === null && said.transactionTo === null ? (
                    '—'
                  ) : (
                    <>
                      {day(said.transactionFrom)}
                      {said.transactionTo && <>〜{day(said.transactionTo)}</>}
                    </>
                  ),
              },
              { key: 'acceptedOn', label: fields.acceptedOn.label.ja, value: day(said.acceptedOn) },
              { key: 'receivedOn', label: fields.receivedOn.label.ja, value: day(said.receivedOn) },
              { key: 'issuerRegNo', label: fields.issuerRegNo.label.ja, value: said.issuerRegNo ?? '—' },
              {
                key: 'toriteki',
                label: fields.toritekiFlag.label.ja,
                value: said.toritekiFlag === null ? '未確認' : said.toritekiFlag ? '対象' : '対象外',
                ...(said.toritekiLimitOn
                  ? {
                      note: (
                        <>
                          支払期限（受領日から60日）
                          <DateText date={said.toritekiLimitOn} />
                        </>
                      ),
                    }
                  : {}),
              },
              {
                key: 'disputeYen',
                label: fields.disputeYen.label.ja,
                value: said.disputeYen === null ? '—' : yenText(said.disputeYen),
              },
              ...said.taxes.map(tax => ({
                key: `tax-${tax.ratePpm}`,
                label: tax.ratePpm === 0 ? '非課税・対象外' : `${tax.ratePpm / 10_000}%対象`,
                value: `${yenText(tax.baseYen)}${tax.ratePpm === 0 ? '' : tax.basis === 'excluding_tax' ? '（税抜）' : '（税込）'}`,
                ...(tax.ratePpm === 0 ? {} : { note: `消費税 ${yenText(tax.taxYen)}` }),
              })),
              { key: 'recordedBy', label: '記録した人', value: said.recordedBy ?? '—' },
            ]}
          />
          {said.findings.length > 0 && (
            <RuleResults
              label="明細で食い違うこと"
              rules={said.findings.map(finding => ({
                key: `${finding.rule}-${finding.sentence}`,
                name: particularsRuleLabels[finding.rule] ?? finding.rule,
                outcome: 'unknown' as const,
                word: '注意',
                sentence: finding.sentence,
                source: finding.source,
              }))}
            />
          )}
          {said.findings.length === 0 && (
            <Notice tone="success" title="額面・登録番号・支払期限との食い違いはありません" />
          )}
        </>
      )}
    </Card>
  )
}

function LimitationCard({ said, onDialog }: { said: ParticularsShown; onDialog: (dialog: Dialog) => void }) {
  const whyNot = useWhyNot()
  const why = whyNot('receivables.recordLimitation')
  return (
    <Card
      title="消滅時効"
      actions={
        said.limitationOn !== null && (
          <ActionButton disabledReason={why} onClick={() => onDialog({ kind: 'event' })}>
            猶予・更新を記録
          </ActionButton>
        )
      }
    >
      {said.limitationOn === null ? (
        <EmptyState
          title="買い取った債権に表示します"
          hint="支払期日から5年（介護は2年）で時効が完成します。"
        />
      ) : (
        <p>
          <strong>
            <DateText date={said.limitationOn} />
          </strong>
          の終わりに時効が完成します（民法166条）。
        </p>
      )}
      {said.limitationEvents.map(event => (
        <Row key={event.id}>
          <DateText date={event.on} />
          <span>
            {limitationKindLabels[event.kind]}
            {event.months !== null && `（${event.months}か月）`}
            {[`　記録 ${event.recordedBy}`, ...event.documents.map(one => one.title)].join('　')}
          </span>
          {event.withdrawnReason === null ? (
            <ActionButton
              size="small"
              disabledReason={why}
              onClick={() => onDialog({ kind: 'withdraw', eventId: event.id })}
            >
              取り消す
            </ActionButton>
          ) : (
            <StatusTag tone="neutral" word={`取消：${event.withdrawnReason}`} />
          )}
        </Row>
      ))}
    </Card>
  )
}
