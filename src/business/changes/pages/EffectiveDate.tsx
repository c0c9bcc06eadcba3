import { todayInTokyo } from '../../../platform/dates/today.ts'
import { FieldInput } from '../../../ui/index.ts'

interface EffectiveDateProps {
  value: string | null
  onChange: (value: string | null) => void
  label?: string
  help?: string
}

/** From which day a change holds; says what a later or an earlier day means. */
export function EffectiveDate({
  value,
  onChange,
  label = '変更日（いつから）',
  help = '登記や届出の変更年月日を入力します。先の日付なら、その日に自動で反映されます。過去の日付なら、その日からの内容として記録します。',
}: EffectiveDateProps) {
  return (
    <FieldInput
      field={{ name: 'effectiveOn', type: 'date', label, required: true, help }}
      value={value}
      onChange={onChange}
      check={day => {
        const today = todayInTokyo(new Date())
        if (!day || day === today) return null
        return day > today
          ? {
              level: 'info',
              sentence: 'この日に自動で反映されます。それまでは今の内容のままで、予約を取り消せます。',
            }
          : { level: 'info', sentence: 'この日からの内容として、さかのぼって記録します。' }
      }}
    />
  )
}

/** Under a form's own date field: what a later day means. */
export function PlannedHint({ day }: { day: string | null }) {
  if (!day || day <= todayInTokyo(new Date())) return null
  return (
    <p className="ui-hint ui-hint-info">
      先の日付です。この日に自動で反映されます。それまでは予約を取り消せます。
    </p>
  )
}
