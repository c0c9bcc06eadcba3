import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { mapLoadable } from '../../../ui/index.ts'
import { listPayments, type PaymentRow } from '../contract.ts'
import { PaymentTable } from './PaymentTable.tsx'

/** Deposits of one party. */
export default function PartyPaymentsTab({ recordId }: { recordId: string }) {
  const [marks, setMarks] = useState<readonly string[]>([])
  const page = useApi(listPayments, { partyId: recordId, after: marks.at(-1) })
  const next = page.state === 'ready' ? page.value.next : null
  return (
    <PaymentTable
      height="natural"
      rows={mapLoadable(page, body => body.rows as readonly PaymentRow[])}
      pager={{
        next: next ? () => setMarks([...marks, next]) : null,
        previous: marks.length ? () => setMarks(marks.slice(0, -1)) : null,
      }}
    />
  )
}
