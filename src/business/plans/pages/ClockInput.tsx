import { FieldInput } from '../../../ui/index.ts'
import type { clockUnits } from '../contract.ts'
import { clockUnitLabels } from '../labels.ts'
import type { TypedClock } from './typed-plan.ts'

interface ClockInputProps {
  name: 'quoteClock' | 'decisionClock' | 'fundingClock'
  label: string
  value: TypedClock
  onChange: (value: TypedClock) => void
}

const units = [
  { value: '', label: '標準のまま' },
  ...Object.entries(clockUnitLabels).map(([value, label]) => ({ value, label })),
]

/** How fast a plan promises something: a unit, and a number where the unit has one. */
export function ClockInput({ name, label, value, onChange }: ClockInputProps) {
  const unit = value.unit ?? ''
  return (
    <>
      <FieldInput
        field={{
          name: `parameters.${name}`,
          type: 'choice',
          label,
          options: units,
          help: '申込の受付から、銀行営業日の9時から18時で数え、利用者を待つ間は止まります。',
        }}
        value={unit}
        onChange={next =>
          onChange({ value: value.value, unit: (next || null) as (typeof clockUnits)[number] | null })
        }
      />
      {unit !== '' && unit !== 'same_day' && (
        <FieldInput
          field={{
            name: `parameters.${name}.value`,
            type: 'number',
            label: `${label}の数`,
            unit: clockUnitLabels[unit as 'business_min'],
            required: true,
            width: 'short',
          }}
          value={value.value}
          onChange={next => onChange({ ...value, value: next })}
        />
      )}
    </>
  )
}
