import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useToday } from '../../../platform/web/session.ts'
import { ConfirmAction, FieldInput, FormSection, inputOf } from '../../../ui/index.ts'
import { EvidenceInput } from '../../documents/web.tsx'
import type { ReceivableShown } from '../contract.ts'
import { particularsFields as fields } from '../fields.ts'
import { limitationKindLabels } from '../labels.ts'
import {
  type ParticularsShown,
  recordLimitationEvent,
  recordParticulars,
  withdrawLimitationEvent,
} from '../particulars-contract.ts'

type Tax = ParticularsShown['taxes'][number]
const rates = [100_000, 80_000, 0] as const
const rateLabels = { 100000: '10%対象', 80000: '8%対象（軽減税率）', 0: '非課税・対象外' } as const

interface TypedTax {
  baseYen: number | null
  taxYen: number | null
}

export function ParticularsDialog({
  receivableId,
  said,
  onClose,
}: {
  receivableId: string
  said: ParticularsShown
  onClose: () => void
}) {
  const [typed, setTyped] = useState(said)
  const [taxes, setTaxes] = useState<Record<number, TypedTax>>(() =>
    Object.fromEntries(said.taxes.map(tax => [tax.ratePpm, tax])),
  )
  const [basis, setBasis] = useState<Tax['basis']>(said.taxes[0]?.basis ?? 'excluding_tax')
  const record = useCommand(recordParticulars, { onDone: onClose })
  const isNew = said.rowVersion === 0
  const set = (part: Partial<ParticularsShown>) => setTyped({ ...typed, ...part })
  return (
    <ConfirmAction
      open
      wide
      title={isNew ? '請求書・納品の明細を記録します' : '請求書・納品の明細を訂正します'}
      what="請求書と検収書のとおりに入力します。食い違いがあっても記録でき、注意として表示します。"
      confirmLabel={isNew ? '記録する' : '訂正する'}
      reason={isNew ? 'none' : 'required'}
      running={record.running}
      problem={record.problem}
      onConfirm={reason =>
        record.run({
          receivableId,
          rowVersion: said.rowVersion,
          transactionFrom: typed.transactionFrom,
          transactionTo: typed.transactionTo,
          acceptedOn: typed.acceptedOn,
          receivedOn: typed.receivedOn,
          issuerRegNo: typed.issuerRegNo || null,
          toritekiFlag: typed.toritekiFlag,
          disputeYen: typed.disputeYen,
          taxes: taxesOf(taxes, basis),
          reason,
        })
      }
      onClose={onClose}
    >
      <FormSection title="取引と検収">
        {(['transactionFrom', 'transactionTo', 'acceptedOn', 'receivedOn'] as const).map(name => (
          <FieldInput
            key={name}
            field={inputOf(fields[name], { width: 'short' })}
            value={typed[name]}
            onChange={(value: string | null) => set({ [name]: value })}
          />
        ))}
        <FieldInput
          field={inputOf(fields.toritekiFlag, { width: 'short' })}
          value={typed.toritekiFlag === null ? null : typed.toritekiFlag ? 'yes' : 'no'}
          onChange={(value: string | null) => set({ toritekiFlag: value === null ? null : value === 'yes' })}
        />
        <FieldInput
          field={inputOf(fields.disputeYen)}
          value={typed.disputeYen}
          onChange={(disputeYen: number | null) => set({ disputeYen })}
        />
      </FormSection>
      <FormSection title="請求書の税額" hint="請求書に印刷された、税率ごとの金額と消費税額です。">
        <FieldInput
          field={inputOf(fields.issuerRegNo)}
          value={typed.issuerRegNo ?? ''}
          onChange={(issuerRegNo: string | null) => set({ issuerRegNo })}
        />
        <FieldInput
          field={{
            name: 'basis',
            type: 'choice',
            label: '金額の書き方',
            required: true,
            options: [
              { value: 'excluding_tax', label: '税抜の金額' },
              { value: 'including_tax', label: '税込の金額' },
            ],
          }}
          value={basis}
          onChange={(value: string | null) => value && setBasis(value as Tax['basis'])}
        />
        {rates.flatMap(rate => [
          <FieldInput
            key={`base-${rate}`}
            field={{ name: `base-${rate}`, type: 'yen', label: `${rateLabels[rate]}の金額` }}
            value={taxes[rate]?.baseYen ?? null}
            onChange={(baseYen: number | null) =>
              setTaxes({ ...taxes, [rate]: { taxYen: taxes[rate]?.taxYen ?? null, baseYen } })
            }
          />,
          ...(rate === 0
            ? []
            : [
                <FieldInput
                  key={`tax-${rate}`}
                  field={{ name: `tax-${rate}`, type: 'yen', label: `${rateLabels[rate]}の消費税額` }}
                  value={taxes[rate]?.taxYen ?? null}
                  onChange={(taxYen: number | null) =>
                    setTaxes({ ...taxes, [rate]: { baseYen: taxes[rate]?.baseYen ?? null, taxYen } })
                  }
                />,
              ]),
        ])}
      </FormSection>
    </ConfirmAction>
  )
}

/** Rates with an amount; what is exempt has no tax whichever way the others are written. */
function taxesOf(typed: Record<number, TypedTax>, basis: Tax['basis']): Tax[] {
  return rates.flatMap(ratePpm => {
    const { baseYen = null, taxYen = null } = typed[ratePpm] ?? {}
    return baseYen === null || (baseYen === 0 && !taxYen)
      ? []
      : [{ ratePpm, baseYen, basis, taxYen: ratePpm === 0 ? 0 : (taxYen ?? 0) }]
  })
}

/** What the day of each event is. */
const dayLabels: Record<keyof typeof limitationKindLabels, string> = {
  demand: '到達日',
  negotiation_agreed: '合意した日',
  acknowledgement: '承認した日',
  judgment: '確定した日',
}

export function LimitationEventDialog({
  receivable,
  onClose,
}: {
  receivable: ReceivableShown
  onClose: () => void
}) {
  const today = useToday()
  const [kind, setKind] = useState<keyof typeof limitationKindLabels>('demand')
  const [on, setOn] = useState<string | null>(today)
  const [months, setMonths] = useState<number | null>(12)
  const [documents, setDocuments] = useState<readonly string[]>([])
  const record = useCommand(recordLimitationEvent, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title="時効の猶予・更新を記録します"
      what="催告は6か月（1回だけ）、書面での協議の合意は最長1年、時効の完成を猶予します。債務の承認と確定判決は時効を更新します。"
      confirmLabel="記録する"
      reason="none"
      unfilled={on === null ? '日付を入力してください。' : null}
      running={record.running}
      problem={record.problem}
      onConfirm={() =>
        on &&
        record.run({
          receivableId: receivable.id,
          kind,
          on,
          months: kind === 'negotiation_agreed' ? months : null,
          documentIds: [...documents],
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'kind',
          type: 'choice',
          label: '種類',
          required: true,
          options: Object.entries(limitationKindLabels).map(([value, label]) => ({ value, label })),
        }}
        value={kind}
        onChange={(value: string | null) => value && setKind(value as typeof kind)}
      />
      <FieldInput
        field={{ name: 'on', type: 'date', label: dayLabels[kind], required: true }}
        value={on}
        onChange={setOn}
      />
      {kind === 'negotiation_agreed' && (
        <FieldInput
          field={{ name: 'months', type: 'number', label: '協議の期間', unit: 'か月', required: true }}
          value={months}
          onChange={setMonths}
        />
      )}
      <EvidenceInput
        record={{ kind: 'receivable', id: receivable.id }}
        value={documents}
        onChange={setDocuments}
        docKind="notice"
      />
    </ConfirmAction>
  )
}

export function WithdrawEventDialog({ eventId, onClose }: { eventId: string; onClose: () => void }) {
  const withdraw = useCommand(withdrawLimitationEvent, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title="誤って記録した時効の猶予・更新を取り消します"
      what="記録は残り、時効の計算には入らなくなります。"
      confirmLabel="取り消す"
      reason="required"
      danger
      running={withdraw.running}
      problem={withdraw.problem}
      onConfirm={reason => withdraw.run({ eventId, reason })}
      onClose={onClose}
    />
  )
}
