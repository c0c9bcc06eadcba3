import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useToday } from '../../../platform/web/session.ts'
import { ConfirmAction, FieldInput, yenText } from '../../../ui/index.ts'
import { EvidenceInput } from '../../documents/web.tsx'
import { listParties } from '../../parties/contract.ts'
import type { ApplicationShown } from '../contract.ts'
import { channelLabels, sharedItemLabels } from '../labels.ts'
import {
  acceptFunder,
  type PanelShown,
  recordFunderAnswer,
  type SendingShown,
  sendToFunders,
} from '../panel-contract.ts'
import { netOf, type SharedItem, sharedItems } from '../rules/panel.ts'
import type { ApplicationChannel } from '../tables.ts'
import { which } from './dialog-props.ts'
import { OfferLines, typedLines, wholeLines } from './OfferLines.tsx'

const options = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

export function SendToFunders({
  application,
  panel,
  onClose,
}: {
  application: ApplicationShown
  panel: PanelShown
  onClose: () => void
}) {
  const [funderIds, setFunders] = useState<readonly string[]>([])
  const [shared, setShared] = useState<readonly string[]>(['application', 'claims'])
  const [consent, setConsent] = useState<readonly string[]>([])
  const send = useCommand(sendToFunders, { onDone: onClose })
  const funders = useApi(listParties, { role: 'funder', limit: 100 })
  const asked = new Set(panel.sendings.map(one => one.funder.id))
  const left = (panel.most ?? 0) - panel.sendings.length
  const unfilled =
    funderIds.length === 0
      ? '送る会社を選んでください。'
      : shared.length === 0
        ? '渡す情報を選んでください。'
        : consent.length !== 1
          ? '利用者の同意書を1つ選んでください。'
          : null
  return (
    <ConfirmAction
      open
      wide
      title="提携買取会社への送信を記録します"
      what={`あと${left}社まで送れます。渡した情報と利用者の同意は、会社ごとに履歴へ残ります。`}
      confirmLabel="記録する"
      reason="none"
      running={send.running}
      problem={send.problem}
      unfilled={unfilled}
      onConfirm={() =>
        send.run({
          ...which(application),
          funderIds: [...funderIds],
          shared: [...shared] as SharedItem[],
          documentIds: [...consent],
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'funderIds',
          type: 'multi',
          label: '送る会社',
          required: true,
          width: 'full',
          options:
            funders.state === 'ready'
              ? funders.value.rows
                  .filter(row => !asked.has(row.id))
                  .map(row => ({ value: row.id, label: row.legalName }))
              : [],
          help: '役割に「提携買取会社」がある会社から選びます。',
        }}
        value={funderIds}
        onChange={setFunders}
      />
      <FieldInput
        field={{
          name: 'shared',
          type: 'multi',
          label: '渡す情報',
          required: true,
          width: 'full',
          options: sharedItems.map(value => ({ value, label: sharedItemLabels[value] })),
          why: '第三者に渡した項目を記録する義務があります（個人情報保護法29条）。',
        }}
        value={shared}
        onChange={setShared}
      />
      <EvidenceInput
        record={{ kind: 'party', id: application.client.id }}
        value={consent}
        onChange={setConsent}
        docKind="consent"
        label="利用者の同意書"
        required
      />
    </ConfirmAction>
  )
}

interface SendingProps {
  application: ApplicationShown
  sending: SendingShown
  onClose: () => void
}

export function AnswerOfFunder({ application, sending, onClose }: SendingProps) {
  const today = useToday()
  const [answer, setAnswer] = useState<string | null>(sending.state === 'declined' ? 'declined' : 'approved')
  const [answeredOn, setAnsweredOn] = useState<string | null>(today)
  const [purchasedYen, setPurchased] = useState<number | null>(sending.purchasedYen)
  const [feeYen, setFee] = useState<number | null>(sending.feeYen)
  const [chargesYen, setCharges] = useState<number | null>(sending.chargesYen ?? 0)
  const [reserveYen, setReserve] = useState<number | null>(sending.reserveYen ?? 0)
  const [expiresOn, setExpires] = useState<string | null>(sending.expiresAt?.slice(0, 10) ?? null)
  const [byClaim, setByClaim] = useState(sending.lines.length > 0)
  const [typed, setTyped] = useState(() => typedLines(application, sending))
  const [declineReason, setReason] = useState(sending.declineReason ?? '')
  const [evidence, setEvidence] = useState<readonly string[]>(sending.answerDocuments)
  const command = useCommand(recordFunderAnswer, { onDone: onClose })
  const offers = answer === 'approved'
  const price =
    purchasedYen !== null && feeYen !== null && chargesYen !== null && reserveYen !== null
      ? { purchasedYen, feeYen, chargesYen, reserveYen }
      : null
  const lines = byClaim ? wholeLines(typed) : []
  const unfilled = offers
    ? price === null || expiresOn === null
      ? '金額と有効期限を入力してください。'
      : lines === null
        ? '内訳は、対象額・買取額・留保金・手数料のすべてを入力するか、その債権を空欄にしてください。'
        : byClaim && lines.length === 0
          ? '債権ごとの内訳を入力するか、「内訳を入力する」を外してください。'
          : null
    : declineReason.trim() === ''
      ? '見送りの理由を入力してください。'
      : null
  const money = (
    name: string,
    label: string,
    value: number | null,
    onChange: (value: number | null) => void,
    help: string,
  ) => (
    <FieldInput
      field={{ name, type: 'yen', label, required: true, help }}
      value={value}
      onChange={onChange}
    />
  )
  return (
    <ConfirmAction
      open
      wide
      title={`${sending.funder.name} の回答を記録します`}
      what="改めて記録すると、前の回答は履歴に残ります。"
      confirmLabel="記録する"
      reason="none"
      running={command.running}
      problem={command.problem}
      unfilled={unfilled}
      onConfirm={() =>
        command.run({
          ...which(application),
          sendingId: sending.id,
          answer: offers ? 'approved' : 'declined',
          answeredOn: answeredOn ?? '',
          documentIds: [...evidence],
          ...(offers && price
            ? { ...price, expiresAt: `${expiresOn}T23:59:00+09:00`, lines: lines ?? [] }
            : { declineReason: declineReason.trim() }),
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'answer',
          type: 'choice',
          label: '回答',
          required: true,
          options: [
            { value: 'approved', label: '買い取れる' },
            { value: 'declined', label: '見送る' },
          ],
        }}
        value={answer}
        onChange={setAnswer}
      />
      <FieldInput
        field={{ name: 'answeredOn', type: 'date', label: '回答日', required: true }}
        value={answeredOn}
        onChange={setAnsweredOn}
      />
      {offers ? (
        <>
          {money('purchasedYen', '買取額', purchasedYen, setPurchased, '買い取る債権の額です。')}
          {money('feeYen', '手数料', feeYen, setFee, '買取手数料（非課税）です。')}
          {money(
            'chargesYen',
            '費用（消費税を含む）',
            chargesYen,
            setCharges,
            '手数料のほかに差し引く額です。',
          )}
          {money('reserveYen', '留保金', reserveYen, setReserve, '回収後に支払う額です。')}
          <FieldInput
            field={{
              name: 'expiresAt',
              type: 'date',
              label: '提示の有効期限',
              required: true,
              help: 'この日の終わりまで有効です。',
            }}
            value={expiresOn}
            onChange={setExpires}
          />
          <FieldInput
            field={{
              name: 'byClaim',
              type: 'bool',
              label: '債権ごとの内訳',
              sentence: '内訳を入力する',
              help: '合計だけの回答は、そのまま記録できます。',
              width: 'full',
            }}
            value={byClaim}
            onChange={value => setByClaim(value === true)}
          />
          {byClaim && (
            <OfferLines
              application={application}
              typed={typed}
              onChange={setTyped}
              totals={{ purchasedYen, feeYen, reserveYen }}
              onTotals={sums => {
                setPurchased(sums.purchasedYen)
                setFee(sums.feeYen)
                setReserve(sums.reserveYen)
              }}
            />
          )}
          <p className="ui-field-full">手取額　{price ? yenText(netOf(price)) : '—'}</p>
        </>
      ) : (
        <FieldInput
          field={{
            name: 'declineReason',
            type: 'longText',
            label: '見送りの理由',
            required: true,
            rows: 2,
            width: 'full',
          }}
          value={declineReason}
          onChange={setReason}
        />
      )}
      <EvidenceInput
        record={{ kind: 'party', id: application.client.id }}
        value={evidence}
        onChange={setEvidence}
        docKind="letter"
      />
    </ConfirmAction>
  )
}

export function AcceptFunder({ application, sending, onClose }: SendingProps) {
  const today = useToday()
  const [acceptedOn, setAcceptedOn] = useState<string | null>(today)
  const [acceptedBy, setAcceptedBy] = useState('')
  const [channel, setChannel] = useState<string | null>('phone')
  const [evidence, setEvidence] = useState<readonly string[]>([])
  const command = useCommand(acceptFunder, { onDone: onClose })
  return (
    <ConfirmAction
      open
      wide
      danger
      title={`${sending.funder.name} の提示（手取 ${yenText(sending.netYen ?? 0)}）を、利用者が承諾しました`}
      what="ほかの会社への依頼と当社の見積は取下げになり、この申込は終わります。買取前の債権も終わり、押さえていた与信枠は空きます。元には戻せません。"
      confirmLabel="承諾を記録する"
      reason="none"
      running={command.running}
      problem={command.problem}
      unfilled={
        acceptedBy.trim() === ''
          ? '承諾した人を入力してください。'
          : evidence.length === 0
            ? '承諾を裏付ける資料を選んでください。'
            : null
      }
      onConfirm={() =>
        command.run({
          ...which(application),
          sendingId: sending.id,
          acceptedOn: acceptedOn ?? '',
          acceptedBy: acceptedBy.trim(),
          channel: channel as ApplicationChannel,
          documentIds: [...evidence],
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{ name: 'acceptedOn', type: 'date', label: '承諾日', required: true }}
        value={acceptedOn}
        onChange={setAcceptedOn}
      />
      <FieldInput
        field={{
          name: 'acceptedBy',
          type: 'text',
          label: '承諾した人',
          required: true,
          example: '代表取締役 山田 太郎',
        }}
        value={acceptedBy}
        onChange={setAcceptedBy}
      />
      <FieldInput
        field={{
          name: 'channel',
          type: 'choice',
          label: '受付手段',
          required: true,
          options: options(channelLabels),
        }}
        value={channel}
        onChange={setChannel}
      />
      <EvidenceInput
        record={{ kind: 'party', id: application.client.id }}
        value={evidence}
        onChange={setEvidence}
        docKind="letter"
        required
      />
    </ConfirmAction>
  )
}
