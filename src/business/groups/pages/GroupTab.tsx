import { useApi } from '../../../platform/web/api.ts'
import { useSession } from '../../../platform/web/session.ts'
import { one, useUrlState } from '../../../platform/web/url.ts'
import { Card, mapLoadable } from '../../../ui/index.ts'
import { ownershipOfParty } from '../../ownership/contract.ts'
import { HoldersCard, OwnersCard, OwnershipPicture, TiesCard, UnableCard } from '../../ownership/web.tsx'
import { listProposals, type Proposal } from '../contract.ts'
import { ExposureCard } from './ExposureCard.tsx'
import { ProposalTable } from './ProposalTable.tsx'

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
      <UnableCard recordId={recordId} day={day} />
      <TiesCard recordId={recordId} ownership={ownership} day={day} />
      <ProposalsCard
        recordId={recordId}
        companyId={ownership.state === 'ready' ? ownership.value.companyId : recordId}
      />
      {permissions.has('credit.read') && <ExposureCard recordId={recordId} ownership={ownership} />}
    </>
  )
}

/** Ties proposed for this company; nothing is shown where there are none. */
function ProposalsCard({ recordId, companyId }: { recordId: string; companyId: string }) {
  const found = useApi(listProposals, { partyId: recordId, kind: [], limit: 50 })
  if (found.state === 'ready' && found.value.rows.length === 0) return null
  return (
    <Card
      title="グループ関係の候補"
      flush
      note="データから見つけた、つながりのありそうな会社。判断するまで枠の計算には入りません"
    >
      <ProposalTable
        label="グループ関係の候補"
        rows={mapLoadable(found, body => body.rows as readonly Proposal[])}
        of={companyId}
        pager={null}
        height="natural"
      />
    </Card>
  )
}
