import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useFollow, usePathId } from '../../../platform/web/url.ts'
import { Loaded, PageHeader } from '../../../ui/index.ts'
import { OfferForm } from '../../receivables/web.tsx'
import { offerClaim, openApplication } from '../contract.ts'

/** Registers a claim and puts it to the application in one. */
export default function OfferInApplicationPage() {
  const applicationId = usePathId('applicationId')
  const application = useApi(openApplication, { applicationId })
  const follow = useFollow()
  const back = `/applications/${applicationId}?tab=claims`
  const offer = useCommand(offerClaim, { onDone: () => follow(back) })
  return (
    <Loaded from={application} rows={8}>
      {value => (
        <>
          <PageHeader
            title="申込に債権を登録する"
            crumbs={[
              { label: '申込', href: '/applications' },
              { label: `${value.applicationNo} ${value.client.name}`, href: back },
            ]}
          />
          <OfferForm
            fixed
            client={{ value: value.client.id, label: value.client.name }}
            offer={{
              ...offer,
              run: ({ clientId: _given, ...claim }) =>
                offer.run({ ...claim, applicationId, rowVersion: value.rowVersion }),
            }}
            onCancel={() => follow(back)}
          />
        </>
      )}
    </Loaded>
  )
}
