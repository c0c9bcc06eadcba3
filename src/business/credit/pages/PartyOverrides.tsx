import { useApi } from '../../../platform/web/api.ts'
import { Card } from '../../../ui/index.ts'
import { overridesOfParty } from '../contract.ts'
import { OverrideList } from './OverrideList.tsx'

/** On the tab of limits: exceptions granted for deals of the company, as client or as debtor. */
export function PartyOverrides({ partyId }: { partyId: string }) {
  const all = useApi(overridesOfParty, { partyId })
  if (all.state !== 'ready' || all.value.overrides.length === 0) return null
  return (
    <Card title="取引ごとの超過承認" note="その取引だけが、期限まで、決めた額まで枠を超えられます" flush>
      <OverrideList overrides={all.value.overrides} withDeal />
    </Card>
  )
}
