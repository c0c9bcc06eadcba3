import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { mapLoadable } from '../../../ui/index.ts'
import { listPayouts, type PayoutRow } from '../contract.ts'
import { DueCard } from './DueCard.tsx'
import { PayoutRows } from './PayoutRows.tsx'

/** Money out to one party, and what it is still owed. */
export default function PartyPayoutsTab({ recordId }: { recordId: string }) {
  const [marks, setMarks] = useState<readonly string[]>([])
  const page = useApi(listPayouts, { partyId: recordId, after: marks.at(-1) })
  const next = page.state === 'ready' ? page.value.next : null
  return (
    <>
      <DueCard
        of={{ partyId: recordId }}
        empty="留保金の返還、過入金の返金、利用者分の引渡しが確定すると、ここに並びます。"
      />
      <PayoutRows
        height="natural"
        rows={mapLoadable(page, body => body.rows as readonly PayoutRow[])}
        pager={{
          next: next ? () => setMarks([...marks, next]) : null,
          previous: marks.length ? () => setMarks(marks.slice(0, -1)) : null,
        }}
      />
    </>
  )
}
