import { useEffect, useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { one, useFollow, useUrlState } from '../../../platform/web/url.ts'
import { type LookupValue, PageHeader } from '../../../ui/index.ts'
import { openParty } from '../../parties/contract.ts'
import { offerReceivable } from '../contract.ts'
import { OfferForm } from './OfferForm.tsx'

/** Registers an offered claim by itself, without an application. */
export default function OfferPage() {
  const follow = useFollow()
  const [url] = useUrlState()
  const [client, setClient] = useState<LookupValue | null>(null)
  useClientFromUrl(one(url.client) ?? null, setClient)
  const offer = useCommand(offerReceivable, { onDone: answer => follow(`/receivables/${answer.id}`) })
  return (
    <>
      <PageHeader title="債権の申込を登録" crumbs={[{ label: '債権', href: '/receivables' }]} />
      <OfferForm client={client} offer={offer} onCancel={() => follow('/receivables')} />
    </>
  )
}

function useClientFromUrl(clientId: string | null, setClient: (value: LookupValue) => void) {
  const party = useApi(openParty, { partyId: clientId ?? '' }, { enabled: clientId !== null })
  const found = party.state === 'ready' && party.value.roles.includes('client') ? party.value : null
  useEffect(() => {
    if (found) setClient({ value: found.id, label: found.legalName })
  }, [found, setClient])
}
