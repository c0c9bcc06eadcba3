import type { z } from 'zod'
import { Card, CodeText, DateText, KeyValue, PlainText, StatusTag } from '../../../ui/index.ts'
import type { lookUp } from '../contract.ts'

type Invoice = NonNullable<z.output<typeof lookUp.output>['invoice']>

const words = {
  qualified: { tone: 'success', word: '登録あり' },
  not_yet: { tone: 'warning', word: '登録日前' },
  expired: { tone: 'danger', word: '失効' },
  cancelled: { tone: 'danger', word: '取消' },
  not_registered: { tone: 'danger', word: '登録なし' },
} as const

/** Whether an invoice issuer was qualified on the day that counts. */
export function InvoiceCard({ invoice }: { invoice: Invoice }) {
  return (
    <Card title="適格請求書発行事業者の登録">
      <KeyValue
        items={[
          { key: 'number', label: '登録番号', value: <CodeText code={invoice.registeredNumber} /> },
          { key: 'state', label: '状態', value: <StatusTag {...words[invoice.state]} /> },
          { key: 'day', label: '判定日', value: <DateText date={invoice.day} /> },
          { key: 'from', label: '登録年月日', value: <DateText date={invoice.registeredOn} /> },
          { key: 'name', label: '氏名又は名称', value: <PlainText text={invoice.name} /> },
        ]}
      />
    </Card>
  )
}
