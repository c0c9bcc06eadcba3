import { call } from '../../../platform/http/client.ts'
import { LookupInput, type LookupValue } from '../../../ui/index.ts'
import { findOwners } from '../contract.ts'

interface StaffChoiceProps {
  name: string
  label: string
  help?: string
  value: LookupValue | null
  onChange: (value: LookupValue | null) => void
  required?: boolean
}

/** Somebody of our own staff, by name. */
export function StaffChoice({ name, label, help, value, onChange, required = false }: StaffChoiceProps) {
  return (
    <LookupInput
      field={{ type: 'lookup', name, label, required, ...(help ? { help } : {}) }}
      value={value}
      onChange={onChange}
      find={async (text, signal) =>
        (await call(findOwners, text ? { text } : {}, { signal })).rows.map(row => ({
          value: row.id,
          label: row.name,
        }))
      }
    />
  )
}
