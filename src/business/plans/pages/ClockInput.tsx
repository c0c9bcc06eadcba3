import { FieldInput } from '../../../ui/index.ts'
import type { ClockEvent, clockUnits } from '../contract.ts'
import { clockEventLabels, clockUnitLabels } from '../labels.ts'
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
    <div className="ui-field-full ui-form-grid">
      <FieldInput
        field={{
          name: `parameters.${name}`,
          type: 'choice',
          label,
          options: units,
          help: '「分」は夜間・休日も数え、ほかは営業時間で数えます。利用者を待つ間は止まります。',
        }}
        value={unit}
        onChange={next => onChange({ ...value, unit: (next || null) as (typeof clockUnits)[number] | null })}
      />
      {unit !== '' && unit !== 'same_day' && (
        <FieldInput
          field={{
            name: `parameters.${name}.value`,
            type: 'number',
            label: `${label}の長さ`,
            unit: clockUnitLabels[unit as 'business_min'],
            required: true,
            width: 'short',
          }}
          value={value.value}
          onChange={next => onChange({ ...value, value: next })}
        />
      )}
      {unit !== '' && (
        <FieldInput
          field={{
            name: `parameters.${name}.startsAt`,
            type: 'choice',
            label: `${label}の起点`,
            required: true,
            options: Object.entries(clockEventLabels)
              .filter(([event]) => event !== 'signed' || name === 'fundingClock')
              .map(([event, word]) => ({ value: event, label: word })),
          }}
          value={value.startsAt}
          onChange={next => next && onChange({ ...value, startsAt: next as ClockEvent })}
        />
      )}
    </div>
  )
}
