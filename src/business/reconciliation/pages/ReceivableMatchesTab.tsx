import { useApi } from '../../../platform/web/api.ts'
import { mapLoadable } from '../../../ui/index.ts'
import { listMatches, type MatchRow } from '../contract.ts'
import { MatchTable } from './MatchTable.tsx'

/** What was paid on one claim, and by which deposits. */
export default function ReceivableMatchesTab({ recordId }: { recordId: string }) {
  const page = useApi(listMatches, { receivableId: recordId, limit: 200 })
  return (
    <MatchTable
      height="natural"
      rows={mapLoadable(page, body => body.rows as readonly MatchRow[])}
      pager={null}
    />
  )
}
