import { call } from '../../../platform/http/client.ts'
import { LookupInput, type LookupValue } from '../../../ui/index.ts'
import { listParties, searchParties } from '../contract.ts'
import type { PartyRole } from '../tables.ts'

interface PartyChoiceProps {
  name: string
  label: string
  value: LookupValue | null
  onChange: (value: LookupValue | null) => void
  /** Only parties with this role. */
  only?: PartyRole
  required?: boolean
}

/** Chooses one customer or debtor, found under every spelling. */
export function PartyChoice({ name, label, value, onChange, only, required = false }: PartyChoiceProps) {
  const find = async (text: string, signal: AbortSignal) => {
    const filter = only ? { role: only } : {}
    const { rows } = text
      ? await call(searchParties, { text, limit: 12, ...filter }, { signal })
      : await call(listParties, { limit: 12, ...filter }, { signal })
    return rows.map(row => ({
      value: row.id,
      label: row.legalName,
      detail: [row.partyNo, row.pref && `${row.pref}${row.city ?? ''}`].filter(Boolean).join('　'),
    }))
  }
  return (
    <LookupInput
      field={{ type: 'lookup', name, label, required }}
      value={value}
      onChange={onChange}
      find={find}
    />
  )
}
