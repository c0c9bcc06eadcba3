import { useEffect, useState } from 'react'
import { call } from '../../../platform/http/client.ts'
import { useApi } from '../../../platform/web/api.ts'
import { ActionButton, LookupInput } from '../../../ui/index.ts'
import { type CounterpartyProposal, proposeCounterparties } from '../contract.ts'

interface Chosen {
  id: string
  name: string
}

interface CounterpartyChoiceProps {
  /** The name as it stands on the paper. */
  printed: string
  value: Chosen | null
  onChange: (value: Chosen | null) => void
}

const PAUSE_MS = 400
const optionOf = (row: CounterpartyProposal) => ({
  value: row.id,
  label: row.name,
  detail: [row.partyNo, row.place].filter(Boolean).join('　'),
})

/** The registered company behind the printed name: proposed by the name, never taken without a person. */
export function CounterpartyChoice({ printed, value, onChange }: CounterpartyChoiceProps) {
  const name = useSettled(printed.trim())
  const proposed = useApi(
    proposeCounterparties,
    { name, limit: 3 },
    { enabled: name !== '' && value === null },
  )
  const same =
    value === null && name !== '' && proposed.state === 'ready'
      ? proposed.value.rows.filter(row => row.sameName)
      : []
  const find = async (text: string, signal: AbortSignal) => {
    const wanted = text.trim() || printed.trim()
    if (wanted === '') return []
    const { rows } = await call(proposeCounterparties, { name: wanted }, { signal })
    return rows.map(optionOf)
  }
  return (
    <div>
      <LookupInput
        field={{
          type: 'lookup',
          name: 'counterpartyId',
          label: '取引先の会社（登録済み）',
          required: false,
          help: '書類の記載はそのまま残ります。登録のない会社は空欄にします。',
        }}
        value={value && { value: value.id, label: value.name }}
        onChange={chosen => onChange(chosen && { id: chosen.value, name: chosen.label })}
        find={find}
      />
      {same.map(row => (
        <p key={row.id} role="status">
          {`同じ名称の登録：${row.name}（${row.partyNo}${row.place ? `　${row.place}` : ''}）`}{' '}
          <ActionButton
            size="small"
            disabledReason={null}
            onClick={() => onChange({ id: row.id, name: row.name })}
          >
            この会社にする
          </ActionButton>
        </p>
      ))}
    </div>
  )
}

/** The text once nobody has typed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
