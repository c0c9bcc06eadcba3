import { Input } from 'antd'
import { useId } from 'react'

interface EntranceFieldProps {
  label: string
  value: string
  onChange: (value: string) => void
  kind: 'email' | 'password' | 'new-password' | 'code' | 'recovery-code'
  note?: string
  autoFocus?: boolean
}

const autoComplete = {
  email: 'username',
  password: 'current-password',
  'new-password': 'new-password',
  code: 'one-time-code',
  'recovery-code': 'off',
} as const

/** One line of the entrance: named so that password managers and telephones fill it by themselves. */
export function EntranceField({ label, value, onChange, kind, note, autoFocus = false }: EntranceFieldProps) {
  const id = useId()
  const common = {
    id,
    value,
    autoFocus,
    size: 'large' as const,
    autoComplete: autoComplete[kind],
    spellCheck: false,
    'aria-required': true,
    ...(note ? { 'aria-describedby': `${id}-note` } : {}),
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  }
  return (
    <div className="entrance-field">
      <label htmlFor={id}>{label}</label>
      {kind === 'password' || kind === 'new-password' ? (
        <Input.Password {...common} />
      ) : kind === 'code' ? (
        <span className="entrance-code">
          <Input {...common} inputMode="numeric" maxLength={6} />
        </span>
      ) : (
        <Input {...common} {...(kind === 'email' ? { inputMode: 'email' as const } : {})} />
      )}
      {note && (
        <span className="entrance-note" id={`${id}-note`}>
          {note}
        </span>
      )}
    </div>
  )
}
