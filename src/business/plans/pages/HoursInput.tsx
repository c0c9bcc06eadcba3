import { FieldInput } from '../../../ui/index.ts'
import type { PlanParameters } from '../parameters.ts'

type Hours = PlanParameters['hours']

const choices = [
  { value: 'none', label: '会社の営業時間のまま' },
  { value: 'company', label: '商品の営業時間（会社の営業日）' },
  { value: 'every_day', label: '商品の営業時間（毎日）' },
]

/** The hours a plan's clocks are counted in: the company's, or its own. */
export function HoursInput({ value, onChange }: { value: Hours; onChange: (hours: Hours) => void }) {
  const time = (name: 'opensAt' | 'closesAt', label: string) =>
    value && (
      <FieldInput
        field={{
          name: `parameters.hours.${name}`,
          type: 'text',
          label,
          required: true,
          example: '09:30',
          maxLength: 5,
        }}
        value={value[name]}
        onChange={next => onChange({ ...value, [name]: next ?? '' })}
      />
    )
  return (
    <div className="ui-field-full ui-form-grid">
      <FieldInput
        field={{
          name: 'parameters.hours',
          type: 'choice',
          label: '営業時間',
          required: true,
          options: choices,
          help: '営業分・営業日・当日中の期限を数える時間です。会社の営業時間は、会社設定で定めます。',
        }}
        value={value?.days ?? 'none'}
        onChange={next =>
          onChange(
            next === 'company' || next === 'every_day'
              ? { opensAt: value?.opensAt ?? '09:00', closesAt: value?.closesAt ?? '18:00', days: next }
              : null,
          )
        }
      />
      {time('opensAt', '営業の開始時刻')}
      {time('closesAt', '営業の終了時刻')}
    </div>
  )
}
