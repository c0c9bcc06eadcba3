import { useApi } from '../../../platform/web/api.ts'
import { PageHeader } from '../../../ui/index.ts'
import { openParty } from '../contract.ts'

interface PartyFormHeaderProps {
  title: string
  partyId: string
  /** The tab of the party's page that the form belongs to, and its name. */
  tab: string
  tabLabel: string
}

/** The head of a form about a party: whose it is stands there, and the way back. */
export function PartyFormHeader({ title, partyId, tab, tabLabel }: PartyFormHeaderProps) {
  const found = useApi(openParty, { partyId })
  const party = found.state === 'ready' ? found.value : null
  const home = `/parties/${partyId}`
  return (
    <PageHeader
      title={title}
      {...(party ? { code: party.partyNo } : {})}
      detail={party?.legalName ?? '　'}
      crumbs={[
        party && !party.roles.includes('client')
          ? { label: '売掛先', href: '/debtors' }
          : { label: '顧客', href: '/parties' },
        { label: party?.legalName ?? '…', href: home },
        { label: tabLabel, href: `${home}?tab=${tab}` },
      ]}
    />
  )
}
