import { useStandings } from '../../../platform/web/catalogue.ts'
import { useSession } from '../../../platform/web/session.ts'
import { StatusStrip } from '../../../ui/index.ts'

/** How the company stands today in a word from each part of the business; each leads to the tab that tells more. */
export function StandingStrip({ partyId }: { partyId: string }) {
  const standings = useStandings('party', [partyId], useSession().permissions)
  const items = standings.flatMap(({ offered, of }) => {
    const value = of(partyId)
    return value
      ? [{ key: offered.key, label: offered.title, href: `/parties/${partyId}?tab=${offered.tab}`, value }]
      : []
  })
  return <StatusStrip label="現在の状況" items={items} />
}
