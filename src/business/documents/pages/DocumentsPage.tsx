import { useApi } from '../../../platform/web/api.ts'
import { useListState } from '../../../platform/web/list.ts'
import { type Filter, FilterBar, ListShell, mapLoadable } from '../../../ui/index.ts'
import { type DocumentRow, listDocuments } from '../contract.ts'
import { docKindLabels, receivedViaLabels } from '../labels.ts'
import type { DocKind, ReceivedVia } from '../tables.ts'
import { DocumentTable } from './DocumentTable.tsx'
import { ImportReadings } from './ImportReadings.tsx'

const filters: Filter[] = [
  {
    key: 'kind',
    type: 'choice',
    label: '種類',
    options: Object.entries(docKindLabels).map(([value, label]) => ({ value, label })),
  },
  { key: 'date', type: 'dateRange', label: '取引日' },
  { key: 'amount', type: 'yenRange', label: '金額' },
  {
    key: 'via',
    type: 'choice',
    label: '受け取り方',
    options: Object.entries(receivedViaLabels).map(([value, label]) => ({ value, label })),
  },
  { key: 'noAmount', type: 'flag', label: '金額なし', sentence: '金額のない書類' },
  { key: 'struck', type: 'flag', label: '抹消', sentence: '抹消した書類' },
]

/** The statutory search (JR §5.1): date range, amount range and counterparty, in any combination. */
export default function DocumentsPage() {
  const list = useListState(filters)
  const { kind, date, amount, noAmount, via, struck } = list.values
  const asked = {
    docKind: (kind?.[0] as DocKind | undefined) || undefined,
    from: date?.[0] || undefined,
    to: date?.[1] || undefined,
    amountFrom: amount?.[0] || undefined,
    amountTo: amount?.[1] || undefined,
    withoutAmount: noAmount?.[0] === 'true' ? 'true' : 'false',
    receivedVia: (via?.[0] as ReceivedVia | undefined) || undefined,
    struck: struck?.[0] === 'true' ? 'true' : 'false',
    counterparty: list.text || undefined,
  }
  const page = useApi(listDocuments, { ...asked, after: list.after })
  return (
    <ListShell header={{ title: '書類', detail: '取引年月日・金額・取引先を組み合わせて検索できます' }}>
      <DocumentTable
        asked={asked}
        tools={<ImportReadings />}
        rows={mapLoadable(page, body => body.rows as readonly DocumentRow[])}
        pager={list.pager(page.state === 'ready' ? page.value.next : null)}
        height="fill"
        filters={
          <FilterBar
            filters={filters}
            values={list.values}
            onChange={list.setValues}
            search={{ text: list.text, onChange: list.setText, placeholder: '取引先の名称' }}
          />
        }
      />
    </ListShell>
  )
}
