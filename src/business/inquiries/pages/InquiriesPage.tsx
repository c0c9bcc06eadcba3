import { useApi } from '../../../platform/web/api.ts'
import { useListState } from '../../../platform/web/list.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ActionButton, type Filter, FilterBar, ListShell, mapLoadable } from '../../../ui/index.ts'
import { categoryLabels, priorityLabels } from '../../communications/labels.ts'
import type { Category, Priority } from '../../communications/tables.ts'
import { type InquiryRow, listInquiries } from '../contract.ts'
import { inquiryStateLabels } from '../labels.ts'
import type { InquiryState } from '../rules/states.ts'
import { InquiryTable } from './InquiryTable.tsx'

const options = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

const filters: Filter[] = [
  { key: 'mine', type: 'flag', label: '担当', sentence: '自分が担当するもの' },
  { key: 'late', type: 'flag', label: '期限', sentence: '期限を過ぎたもの' },
  { key: 'category', type: 'multi', label: '分類', options: options(categoryLabels) },
  { key: 'priority', type: 'multi', label: '優先度', options: options(priorityLabels) },
  { key: 'state', type: 'multi', label: '状態', options: options(inquiryStateLabels) },
  { key: 'ended', type: 'flag', label: '終わったもの', sentence: '終わったものを表示' },
]

/** What is asked of us and who answers by when. */
export default function InquiriesPage() {
  const list = useListState(filters)
  const follow = useFollow()
  const whyNot = useWhyNot()
  const flag = (key: string) => (list.values[key]?.[0] === 'true' ? ('true' as const) : ('false' as const))
  const asked = {
    mine: flag('mine'),
    late: flag('late'),
    ended: flag('ended'),
    category: (list.values.category ?? []) as Category[],
    priority: (list.values.priority ?? []) as Priority[],
    state: (list.values.state ?? []) as InquiryState[],
  }
  const page = useApi(listInquiries, { ...asked, after: list.after })
  return (
    <ListShell
      header={{
        title: '問合せ・苦情',
        detail: '期限の近い順。期限は銀行営業日の9時から18時で数えます。',
        actions: (
          <ActionButton
            kind="primary"
            disabledReason={whyNot('inquiries.handle')}
            onClick={() => follow('/inquiries/new')}
          >
            問合せを受け付ける
          </ActionButton>
        ),
      }}
    >
      <InquiryTable
        asked={asked}
        rows={mapLoadable(page, body => body.rows as readonly InquiryRow[])}
        pager={list.pager(page.state === 'ready' ? page.value.next : null)}
        filters={<FilterBar filters={filters} values={list.values} onChange={list.setValues} search={null} />}
        empty={{
          title: '該当する問合せはありません',
          hint: '電話やメールで受けた問合せ・苦情を「問合せを受け付ける」から登録すると、期限の近い順に並びます。',
        }}
      />
    </ListShell>
  )
}
