import { useApi } from '../../../platform/web/api.ts'
import { useListState } from '../../../platform/web/list.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ActionButton, type Filter, FilterBar, ListShell, mapLoadable } from '../../../ui/index.ts'
import { listPayments, type PaymentRow } from '../contract.ts'
import { paymentStateLabels } from '../labels.ts'
import type { PaymentState } from '../rules.ts'
import { PaymentTable } from './PaymentTable.tsx'

const filters: Filter[] = [
  {
    key: 'state',
    type: 'multi',
    label: '状態',
    options: Object.entries(paymentStateLabels).map(([value, label]) => ({ value, label })),
  },
  { key: 'received', type: 'dateRange', label: '入金日' },
  { key: 'payer', type: 'text', label: '振込依頼人' },
]

/** Every deposit, newest first. */
export default function PaymentsPage() {
  const follow = useFollow()
  const whyNot = useWhyNot()
  const list = useListState(filters)
  const [from, to] = list.values.received ?? []
  const asked = {
    state: (list.values.state ?? []) as PaymentState[],
    from: from || undefined,
    to: to || undefined,
    payer: list.values.payer?.[0] || undefined,
  }
  const page = useApi(listPayments, { ...asked, after: list.after })
  return (
    <ListShell
      header={{
        title: '入金',
        detail: '銀行の明細1行が1件の入金です。消込が済むまでは仮受金に記帳されています。',
        actions: (
          <ActionButton
            kind="primary"
            disabledReason={whyNot('payments.import')}
            onClick={() => follow('/payments/import')}
          >
            明細を取り込む
          </ActionButton>
        ),
      }}
    >
      <PaymentTable
        asked={asked}
        rows={mapLoadable(page, body => body.rows as readonly PaymentRow[])}
        pager={list.pager(page.state === 'ready' ? page.value.next : null)}
        filters={<FilterBar filters={filters} values={list.values} onChange={list.setValues} search={null} />}
      />
    </ListShell>
  )
}
