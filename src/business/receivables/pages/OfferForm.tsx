import { useEffect, useState } from 'react'
import type { z } from 'zod'
import { useApi } from '../../../platform/web/api.ts'
import {
  Card,
  FieldInput,
  FormSection,
  FormShell,
  type LookupValue,
  Notice,
  type Problem,
  UiLink,
} from '../../../ui/index.ts'
import type { ReceivableKind } from '../../contracts/contract.ts'
import { receivableKindLabels } from '../../contracts/labels.ts'
import { useFirstOwn } from '../../customization/web.tsx'
import { EvidenceInput } from '../../documents/web.tsx'
import { PartyChoice } from '../../parties/web.tsx'
import { likelyDuplicates, type offerReceivable } from '../contract.ts'
import { restrictionLabels } from '../labels.ts'
import { ContractChoice } from './ContractChoice.tsx'

const options = (labels: Record<string, string>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

const empty = {
  kind: 'invoice',
  invoiceNo: '',
  lineNo: null as number | null,
  issuedOn: null as string | null,
  dueOn: null as string | null,
  faceYen: null as number | null,
  deductionsYen: null as number | null,
  askedYen: null as number | null,
  restriction: 'unknown',
  contractId: null as string | null,
}
type Typed = typeof empty

export interface OfferFormProps {
  /** The client the claim is of; null: it is chosen here. */
  client: LookupValue | null
  /** The client is not a choice: the claim belongs to something of theirs. */
  fixed?: boolean
  offer: { run: (input: TypedOffer) => void; running: boolean; problem: Problem | null }
  onCancel: () => void
}

/** A claim as it was typed, for the command that registers it. */
export type TypedOffer = z.input<typeof offerReceivable.input>

/** The form of an offered claim; whatever it resembles is shown while typing. */
export function OfferForm({ client: given, fixed = false, offer, onCancel }: OfferFormProps) {
  const [client, setClient] = useState<LookupValue | null>(given)
  useEffect(() => {
    if (given) setClient(given)
  }, [given])
  const [debtor, setDebtor] = useState<LookupValue | null>(null)
  const [typed, setTyped] = useState<Typed>(empty)
  const [evidence, setEvidence] = useState<readonly string[]>([])
  const own = useFirstOwn('receivable')
  const set =
    <K extends keyof Typed>(key: K) =>
    (value: Typed[K]) =>
      setTyped({ ...typed, [key]: value })
  const missing =
    client && debtor && typed.invoiceNo && typed.issuedOn && typed.dueOn && typed.faceYen
      ? own.missing
      : '顧客・売掛先・請求書番号・日付・額面を入力してください。'
  return (
    <Card title="債権の内容">
      <FormShell
        label="債権の申込"
        loading={own.loading}
        submitError={offer.problem}
        submitting={offer.running}
        submitLabel="登録する"
        submitDisabledReason={missing}
        onSubmit={() =>
          offer.run({
            clientId: client?.value ?? '',
            debtorId: debtor?.value ?? '',
            contractId: typed.contractId,
            receivableKind: typed.kind as ReceivableKind,
            invoiceNo: typed.invoiceNo,
            lineNo: typed.lineNo,
            issuedOn: typed.issuedOn ?? '',
            dueOn: typed.dueOn ?? '',
            faceYen: typed.faceYen ?? 0,
            deductionsYen: typed.deductionsYen ?? 0,
            askedYen: typed.askedYen,
            assignmentRestriction: typed.restriction as 'unknown',
            documentIds: [...evidence],
            custom: own.custom,
          })
        }
        onCancel={onCancel}
        dirty={typed !== empty || own.dirty || (!fixed && client !== null)}
        draft={{ state: 'off' }}
        footnote="同じ債権が登録済みなら登録できません。似た債権があれば、2人の判断が済むまで先へ進めません。"
      >
        <LikelyDuplicates typed={typed} client={client} debtor={debtor} evidence={evidence} />
        <FormSection title="当事者と契約">
          {!fixed && (
            <PartyChoice
              name="clientId"
              label="顧客（利用者）"
              value={client}
              onChange={next => {
                setClient(next)
                setTyped({ ...typed, contractId: null })
              }}
              only="client"
              required
            />
          )}
          <PartyChoice
            name="debtorId"
            label="売掛先"
            value={debtor}
            onChange={setDebtor}
            only="debtor"
            required
          />
          <ContractChoice
            clientId={client?.value ?? null}
            value={typed.contractId}
            onChange={set('contractId')}
          />
        </FormSection>
        <FormSection title="請求書">
          <FieldInput
            field={{
              name: 'receivableKind',
              type: 'choice',
              label: '種類',
              required: true,
              options: options(receivableKindLabels),
            }}
            value={typed.kind}
            onChange={kind => set('kind')(kind ?? 'invoice')}
          />
          <FieldInput
            field={{
              name: 'invoiceNo',
              type: 'text',
              label: '請求書番号',
              required: true,
              maxLength: 50,
              example: 'INV-2026-0123',
              help: '請求書のとおりに入力します。全角・記号・空白の違いは同じ番号とみなします。',
            }}
            value={typed.invoiceNo}
            onChange={set('invoiceNo')}
          />
          <FieldInput
            field={{
              name: 'lineNo',
              type: 'number',
              label: '明細番号',
              help: '1枚の請求書を明細ごとに分けて買い取るときだけ入力します。',
            }}
            value={typed.lineNo}
            onChange={set('lineNo')}
          />
          <FieldInput
            field={{ name: 'issuedOn', type: 'date', label: '発行日', required: true }}
            value={typed.issuedOn}
            onChange={set('issuedOn')}
          />
          <FieldInput
            field={{ name: 'dueOn', type: 'date', label: '支払期日', required: true }}
            value={typed.dueOn}
            onChange={set('dueOn')}
          />
        </FormSection>
        <FormSection title="金額と譲渡">
          <FieldInput
            field={{ name: 'faceYen', type: 'yen', label: '額面（税込）', required: true }}
            value={typed.faceYen}
            onChange={set('faceYen')}
          />
          <FieldInput
            field={{ name: 'deductionsYen', type: 'yen', label: '既知の控除額' }}
            value={typed.deductionsYen}
            onChange={set('deductionsYen')}
          />
          <FieldInput
            field={{
              name: 'askedYen',
              type: 'yen',
              label: '買取希望額',
              help: '入力しない場合は全額です。',
            }}
            value={typed.askedYen}
            onChange={set('askedYen')}
          />
          <FieldInput
            field={{
              name: 'assignmentRestriction',
              type: 'choice',
              label: '譲渡制限特約',
              required: true,
              options: options(restrictionLabels),
            }}
            value={typed.restriction}
            onChange={value => set('restriction')(value ?? 'unknown')}
          />
          {client && (
            <EvidenceInput
              record={{ kind: 'party', id: client.value }}
              value={evidence}
              onChange={setEvidence}
              docKind="invoice"
            />
          )}
        </FormSection>
        {own.section}
      </FormShell>
    </Card>
  )
}

interface LikelyProps {
  typed: Typed
  client: LookupValue | null
  debtor: LookupValue | null
  evidence: readonly string[]
}

/** The live warning: what is being typed resembles claims of any client, past offers included. */
function LikelyDuplicates({ typed, client, debtor, evidence }: LikelyProps) {
  const complete = Boolean(
    client && debtor && typed.invoiceNo && typed.issuedOn && typed.dueOn && typed.faceYen,
  )
  const likely = useApi(
    likelyDuplicates,
    {
      clientId: client?.value ?? '',
      debtorId: debtor?.value ?? '',
      invoiceNo: typed.invoiceNo || '-',
      lineNo: typed.lineNo,
      issuedOn: typed.issuedOn ?? '2000-01-01',
      dueOn: typed.dueOn ?? '2000-01-01',
      faceYen: typed.faceYen || 1,
      documentIds: [...evidence],
    },
    { enabled: complete },
  )
  if (!complete || likely.state !== 'ready') return null
  const { result, matches } = likely.value
  if (result === 'clear')
    return (
      <Notice tone="success" title="同じ債権・似た債権は見つかっていません（全顧客・過去の申込を含む）" />
    )
  return (
    <Notice
      tone={result === 'confirmed' ? 'danger' : 'warning'}
      title={
        result === 'confirmed'
          ? 'この債権は既に登録されています'
          : '似た債権があります。登録すると二重譲渡の疑いとして2人の判断が必要になります'
      }
      live
    >
      <ul>
        {matches.slice(0, 4).map(match => (
          <li key={match.receivableId}>
            <UiLink href={`/receivables/${match.receivableId}`}>{match.receivableNo}</UiLink>
            {`　${match.clientName}　${match.invoiceNo}（${match.points}点）${match.sentences.join('')}`}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
