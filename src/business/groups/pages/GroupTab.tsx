import { useApi } from '../../../platform/web/api.ts'
import { useSession } from '../../../platform/web/session.ts'
import { one, useUrlState } from '../../../platform/web/url.ts'
import { ownershipOfParty } from '../../ownership/contract.ts'
import { HoldersCard, OwnersCard, OwnershipPicture } from '../../ownership/web.tsx'
import { ExposureCard } from './ExposureCard.tsx'

/** グループ・株主: the graph on a day, what follows from it, the holders, and the group's exposure. */
export default function GroupTab({ recordId }: { recordId: string }) {
  const [url, setUrl] = useUrlState()
  const { permissions } = useSession()
  const day = one(url.ownersOn) ?? null
  const ownership = useApi(ownershipOfParty, {
    partyId: recordId,
    known: 'now',
    ...(day ? { asOf: day } : {}),
  })
  return (
    <>
      <OwnershipPicture
        recordId={recordId}
        ownership={ownership}
        day={day}
        onDay={ownersOn => setUrl({ ownersOn: ownersOn ?? undefined })}
      />
      <OwnersCard ownership={ownership} />
      <HoldersCard recordId={recordId} day={day} />
      {permissions.has('credit.read') && <ExposureCard recordId={recordId} ownership={ownership} />}
    </>
  )
}
