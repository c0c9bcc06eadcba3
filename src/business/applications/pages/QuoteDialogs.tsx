import { useState } from 'react'
import { addDays } from '../../../platform/dates/calendar-date.ts'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useToday } from '../../../platform/web/session.ts'
import { ConfirmAction, FieldInput, Loaded, Notice } from '../../../ui/index.ts'
import { type contractStates, listContracts } from '../../contracts/contract.ts'
import { contractKindLabels, contractStateLabels } from '../../contracts/labels.ts'
import { EvidenceInput } from '../../documents/web.tsx'
import { answerQuote, issueQuote, previewQuote } from '../contract.ts'
import { channelLabels } from '../labels.ts'
import type { ApplicationChannel } from '../tables.ts'
import { type DialogProps, which } from './dialog-props.ts'
import { PricedClaims } from './QuotesTab.tsx'

/** Days a quote stands at first; the person may say otherwise. */
const DAYS = 3
const LIVE: (typeof contractStates)[number][] = [
  'drafting',
  'internal_check',
  'ready',
  'sent',
  'viewed',
  'partially_signed',
  'recalled',
  'sign_expired',
  'executed',
  'active',
  'amended',
]

export function IssueQuote({ application, onClose }: DialogProps) {
  const today = useToday()
  const [contractId, setContractId] = useState<string | null>(null)
  const [expiresOn, setExpiresOn] = useState<string | null>(addDays(today, DAYS))
  const contracts = useApi(listContracts, { partyId: application.client.id, state: LIVE })
  const rows = contracts.state === 'ready' ? contracts.value.rows : []
  const chosen = contractId ?? (rows.length === 1 ? rows[0]!.id : null)
  const issue = useCommand(issueQuote, { onDone: onClose })
  return (
    <ConfirmAction
      open
      wide
      title="見積を提示します"
      what="契約の条件で、買取と同じ規則により計算します。提示すると債権は増減できず、利用者の回答を待つ間は期限の時計が止まります。"
      confirmLabel="提示する"
      reason="required"
      running={issue.running}
      problem={issue.problem}
      onConfirm={reason =>
        chosen &&
        expiresOn &&
        issue.run({
          ...which(application),
          contractId: chosen,
          expiresAt: `${expiresOn}T18:00:00+09:00`,
          reason,
        })
      }
      onClose={onClose}
    >
      <Loaded from={contracts} rows={2}>
        {() =>
          rows.length === 0 ? (
            <Notice tone="warning" title="契約がありません">
              先に利用者の「契約」で、条件を決めた契約の下書きを作ってください。締結は承諾の後でかまいません。
            </Notice>
          ) : (
            <FieldInput
              field={{
                name: 'contractId',
                type: 'choice',
                label: '条件にする契約',
                required: true,
                width: 'full',
                help: '締結済みの契約か、これから締結する契約の下書きです。掛目・手数料・費用はこの契約によります。',
                options: rows.map(row => ({
                  value: row.id,
                  label: `${row.contractNo}　${contractKindLabels[row.contractKind]}　${contractStateLabels[row.state]}`,
                })),
              }}
              value={chosen}
              onChange={setContractId}
            />
          )
        }
      </Loaded>
      <FieldInput
        field={{
          name: 'expiresAt',
          type: 'date',
          label: '有効期限（18時まで）',
          required: true,
          width: 'short',
        }}
        value={expiresOn}
        onChange={setExpiresOn}
      />
      {chosen && <Preview applicationId={application.id} contractId={chosen} />}
    </ConfirmAction>
  )
}

function Preview({ applicationId, contractId }: { applicationId: string; contractId: string }) {
  const preview = useApi(previewQuote, { applicationId, contractId })
  return (
    <Loaded from={preview} rows={3}>
      {({ priced, hindrances }) => (
        <>
          {hindrances.length > 0 && (
            <Notice
              tone="danger"
              title={
                priced ? 'この見積は商品の範囲に合わないため、提示できません' : 'この契約では計算できません'
              }
            >
              {hindrances.map(sentence => (
                <p key={sentence} style={{ margin: 0 }}>
                  {sentence}
                </p>
              ))}
            </Notice>
          )}
          {priced && <PricedClaims priced={priced} />}
        </>
      )}
    </Loaded>
  )
}

export function AnswerQuote({
  application,
  onClose,
  answer,
}: DialogProps & { answer: 'accepted' | 'declined' }) {
  const today = useToday()
  const [answeredOn, setAnsweredOn] = useState<string | null>(today)
  const [answeredBy, setAnsweredBy] = useState('')
  const [channel, setChannel] = useState<ApplicationChannel | null>(application.channel)
  const [documents, setDocuments] = useState<readonly string[]>([])
  const record = useCommand(answerQuote, { onDone: onClose })
  const accepts = answer === 'accepted'
  return (
    <ConfirmAction
      open
      wide
      title={accepts ? '見積の承諾を記録します' : '見積の辞退を記録します'}
      what={
        accepts
          ? '承諾を裏付ける資料（返信メール、署名済みの見積書など）を添えます。この後、契約手続きへ進みます。'
          : '申込は終わります。買取前の債権も終わり、押さえていた与信枠は空きます。元には戻せません。'
      }
      confirmLabel="記録する"
      danger={!accepts}
      reason={accepts ? 'optional' : 'required'}
      unfilled={channel === null ? '手段を選んでください。' : null}
      running={record.running}
      problem={record.problem}
      onConfirm={reason =>
        answeredOn &&
        channel &&
        record.run({
          ...which(application),
          answer,
          answeredOn,
          answeredBy,
          channel,
          documentIds: [...documents],
          reason: reason || null,
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'answeredBy',
          type: 'text',
          label: '回答した人（利用者側）',
          required: true,
          maxLength: 100,
          example: '代表取締役 山田 太郎',
        }}
        value={answeredBy}
        onChange={setAnsweredBy}
      />
      <FieldInput
        field={{ name: 'answeredOn', type: 'date', label: '回答日', required: true, width: 'short' }}
        value={answeredOn}
        onChange={setAnsweredOn}
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
        onChange={value => value && setChannel(value as ApplicationChannel)}
      />
      {accepts && (
        <EvidenceInput
          record={{ kind: 'party', id: application.client.id }}
          value={documents}
          onChange={setDocuments}
          docKind="consent"
        />
      )}
    </ConfirmAction>
  )
}
