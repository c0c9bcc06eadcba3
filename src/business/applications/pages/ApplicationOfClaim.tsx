import { useApi } from '../../../platform/web/api.ts'
import { mapLoadable } from '../../../ui/index.ts'
import { type ApplicationRow, listApplications } from '../contract.ts'
import { ApplicationTable } from './ApplicationTable.tsx'

/** The application a claim belongs to. */
export default function ApplicationOfClaim({ recordId }: { recordId: string }) {
  const page = useApi(listApplications, { receivableId: recordId })
  return (
    <ApplicationTable
      rows={mapLoadable(page, body => body.rows as readonly ApplicationRow[])}
      pager={{ next: null, previous: null }}
      height="natural"
      empty={{
        title: '申込に紐付いていません',
        hint: '申込の「債権」で紐付けるか、移行では債権の表の「元の申込番号」で紐付けます。',
      }}
    />
  )
}
