import { useApi } from '../../../platform/web/api.ts'
import { usePathId } from '../../../platform/web/url.ts'
import { PageHeader, Stack } from '../../../ui/index.ts'
import { openCase } from '../contract.ts'
import CollectionTab from './CollectionTab.tsx'
import { CaseStateTag } from './collection-words.tsx'

/** The collection of one claim on a page of its own. */
export default function CollectionPage() {
  const receivableId = usePathId('receivableId')
  const shown = useApi(openCase, { receivableId })
  const claim = shown.state === 'ready' ? shown.value.claim : null
  return (
    <Stack>
      <PageHeader
        title={claim ? `${claim.client.legalName}　${claim.debtor.legalName}` : '回収'}
        {...(claim ? { code: claim.receivableNo } : {})}
        crumbs={[{ label: '回収', href: '/collections' }]}
        tags={claim?.case ? <CaseStateTag state={claim.case.state} /> : null}
      />
      <CollectionTab recordId={receivableId} />
    </Stack>
  )
}
