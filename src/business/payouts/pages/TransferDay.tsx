import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { type FieldHint, FieldInput } from '../../../ui/index.ts'
import { transferDay } from '../contract.ts'

/** The day of a transfer: as chosen; until then the day wanted, or the first the bank can still meet where that one has passed. */
export function useTransferDay(wanted: string | null) {
  const reach = useApi(transferDay, {})
  const [chosen, choose] = useState<string | null>()
  const bank = reach.state === 'ready' ? reach.value : null
  const tooEarly = bank !== null && wanted !== null && wanted < bank.earliestOn
  const offered = bank && (wanted === null || tooEarly) ? bank.earliestOn : wanted
  return { bank, replaced: tooEarly ? wanted : null, day: chosen === undefined ? offered : chosen, choose }
}

export function TransferDayInput({ bank, replaced, day, choose }: ReturnType<typeof useTransferDay>) {
  const check = (on: string | null): FieldHint<string | null> | null => {
    if (bank === null || on === null) return null
    const { earliestOn, cutOff } = bank
    if (on < earliestOn)
      return {
        level: 'warning',
        sentence: `銀行が今から受け付ける最も早い振込日は${earliestOn}です（締切${cutOff}）。`,
        suggestion: { shown: earliestOn, value: earliestOn },
      }
    return replaced !== null && on === earliestOn
      ? {
          level: 'info',
          sentence: `依頼の振込日${replaced}にはもう間に合わないため、最も早い日を入れました。`,
        }
      : null
  }
  return (
    <FieldInput
      field={{
        name: 'transferOn',
        type: 'date',
        label: '振込日',
        required: true,
        help: '銀行営業日を指定します。',
      }}
      value={day}
      onChange={choose}
      check={check}
    />
  )
}
