import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ActionButton, Card } from '../../../ui/index.ts'
import { ContractTable } from './ContractTable.tsx'

export default function ContractsTab({ recordId }: { recordId: string }) {
  const follow = useFollow()
  const whyNot = useWhyNot()
  return (
    <Card
      title="契約"
      actions={
        <ActionButton
          kind="primary"
          disabledReason={whyNot('contracts.draft')}
          onClick={() => follow(`/parties/${recordId}/contracts/new`)}
        >
          契約を作成
        </ActionButton>
      }
    >
      <ContractTable partyId={recordId} />
    </Card>
  )
}
