import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ActionButton, Card } from '../../../ui/index.ts'
import { ReceivableTable } from './ReceivableTable.tsx'

export default function ReceivablesTab({ recordId }: { recordId: string }) {
  const follow = useFollow()
  const whyNot = useWhyNot()
  return (
    <Card
      title="債権"
      actions={
        <ActionButton
          kind="primary"
          disabledReason={whyNot('receivables.register')}
          onClick={() => follow(`/receivables/new?client=${recordId}`)}
        >
          債権の申込を登録
        </ActionButton>
      }
    >
      <ReceivableTable partyId={recordId} />
    </Card>
  )
}
