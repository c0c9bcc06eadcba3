import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { FieldInput } from '../../../ui/index.ts'
import { transferDay } from '../contract.ts'

/** The day of a transfer: as chosen; until then the day wanted, or the first the bank can still meet where that one has passed. */
export function useTransferDay(wanted: string | null) {
  const reach = useApi(transferDay, {})
  const [chosen, choose] = useState<string | null>()
  const bank = reach.state === 'ready' ? reach.value : null
  const offered = bank && (wanted === null || wanted < bank.earliestOn) ? bank.earliestOn : wanted
  return { bank, day: chosen === undefined ? offered : chosen, choose }
}

export function TransferDayInput({ bank, day, choose }: ReturnType<typeof useTransferDay>) {
  const reach = bank
    ? `今から受け付けられる最も早い振込日は${bank.earliestOn}です（締切時刻${bank.cutOff}）。`
    : ''
  return (
    <FieldInput
      field={{
        name: 'transferOn',
        type: 'date',
        label: '振込日',
        required: true,
        help: `銀行営業日を指定します。${reach}`,
      }}
      value={day}
      onChange={choose}
    />
  )
}
