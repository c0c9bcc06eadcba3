import { useApi } from '../../../platform/web/api.ts'
import { FieldInput } from '../../../ui/index.ts'
import { type PlanChoice, planChoices } from '../contract.ts'
import { amountRange, clockWords, feeRange } from '../parameter-lines.ts'

interface PlanChoiceFieldProps {
  name: string
  label: string
  help: string
  /** Tells which plans serve this customer. */
  partyId: string | null
  /** The version that stands already and may be kept though it is no longer sold. */
  kept: { planVersionId: string; label: string } | null
  value: string | null
  onChange: (planVersionId: string | null) => void
}

const NONE = ''

/** One of the plans sold today, or none; those that do not serve the customer say why. */
export function PlanChoiceField({ name, label, help, partyId, kept, value, onChange }: PlanChoiceFieldProps) {
  const choices = useApi(planChoices, partyId ? { partyId } : {})
  const rows = choices.state === 'ready' ? (choices.value.rows as readonly PlanChoice[]) : []
  const isKept = kept !== null && !rows.some(row => row.planVersionId === kept.planVersionId)
  const chosen = rows.find(row => row.planVersionId === value)
  return (
    <>
      <FieldInput
        field={{
          name,
          type: 'choice',
          label,
          help,
          width: 'full',
          options: [
            { value: NONE, label: '商品によらない' },
            ...(isKept
              ? [{ value: kept.planVersionId, label: kept.label, detail: '申込の時の版のままにします' }]
              : []),
            ...rows.map(row => ({
              value: row.planVersionId,
              label: `${row.name}（${row.code} 第${row.version}版）`,
              detail: summary(row),
              ...(row.hindrance ? { disabledReason: row.hindrance } : {}),
            })),
          ],
        }}
        value={value ?? NONE}
        onChange={next => onChange(next || null)}
      />
      {chosen && (
        <p className="ui-faint ui-field-full" style={{ margin: 0 }}>
          {summary(chosen)}
        </p>
      )}
    </>
  )
}

const summary = ({ parameters }: PlanChoice) =>
  `買取額 ${amountRange(parameters.minYen, parameters.maxYen)}　手数料 ${feeRange(parameters.feeMinPpm, parameters.feeMaxPpm)}　実行まで ${clockWords(parameters.fundingClock)}`
