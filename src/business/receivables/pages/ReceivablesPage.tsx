import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ActionButton, ListShell } from '../../../ui/index.ts'
import { ReceivableTable } from './ReceivableTable.tsx'

export default function ReceivablesPage() {
  const follow = useFollow()
  const whyNot = useWhyNot()
  return (
    <ListShell
      header={{
        title: '債権',
        detail: '申込から買取、回収までの状態と延滞',
        actions: (
          <ActionButton
            kind="primary"
            disabledReason={whyNot('receivables.register')}
            onClick={() => follow('/receivables/new')}
          >
            債権の申込を登録
          </ActionButton>
        ),
      }}
    >
      <ReceivableTable />
    </ListShell>
  )
}
