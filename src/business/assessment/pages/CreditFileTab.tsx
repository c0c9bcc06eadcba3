import { useApi } from '../../../platform/web/api.ts'
import { Loaded, Stack } from '../../../ui/index.ts'
import { creditFileOfParty } from '../contract.ts'
import { CollateralCard } from './CollateralCard.tsx'
import { GuaranteesCard } from './GuaranteesCard.tsx'
import { ReportsCard } from './ReportsCard.tsx'
import { ReviewsCard } from './ReviewsCard.tsx'
import { ScoresCard } from './ScoresCard.tsx'
import { WatchCard } from './WatchCard.tsx'

/** Everything the credit of a company is judged by, and whether it is watched or stopped. */
export default function CreditFileTab({ recordId }: { recordId: string }) {
  const file = useApi(creditFileOfParty, { partyId: recordId })
  return (
    <Loaded from={file} rows={12}>
      {value => (
        <Stack>
          <WatchCard partyId={recordId} file={value} />
          <ReviewsCard partyId={recordId} file={value} />
          <ScoresCard partyId={recordId} file={value} />
          <ReportsCard partyId={recordId} file={value} />
          <CollateralCard partyId={recordId} file={value} />
          <GuaranteesCard partyId={recordId} file={value} />
        </Stack>
      )}
    </Loaded>
  )
}
