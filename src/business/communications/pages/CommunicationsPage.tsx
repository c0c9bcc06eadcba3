import { addDays } from '../../../platform/dates/calendar-date.ts'
import { useApi } from '../../../platform/web/api.ts'
import { useListState } from '../../../platform/web/list.ts'
import { useToday } from '../../../platform/web/session.ts'
import { useUrlState } from '../../../platform/web/url.ts'
import { ActionButton, type Filter, FilterBar, ListShell, mapLoadable, Row } from '../../../ui/index.ts'
import { type CommunicationRow, listCommunications } from '../contract.ts'
import { categoryLabels, channelLabels, policyLabels } from '../labels.ts'
import type { Category, Channel, PolicyCheck } from '../tables.ts'
import { ContactList } from './ContactList.tsx'
import { PlansCard } from './PlansCard.tsx'

const options = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

const filters: Filter[] = [
  {
    key: 'whose',
    type: 'choice',
    label: '対応者',
    options: [
      { value: 'mine', label: '自分' },
      { value: 'team', label: '自分の部署（同じ役割）' },
    ],
  },
  { key: 'day', type: 'dateRange', label: '日付' },
  { key: 'channel', type: 'multi', label: '手段', options: options(channelLabels) },
  { key: 'category', type: 'multi', label: '分類', options: options(categoryLabels) },
  { key: 'policyCheck', type: 'multi', label: '規則', options: options(policyLabels) },
]

/** Every contact of everybody: mine, my team's, of a day; and what is planned next. */
export default function CommunicationsPage() {
  const list = useListState(filters)
  const [, setUrl] = useUrlState()
  const today = useToday()
  const { whose, day, channel, category, policyCheck } = list.values
  const asked = {
    whose: (whose?.[0] ?? 'all') as 'all' | 'mine' | 'team',
    channel: (channel ?? []) as Channel[],
    category: (category ?? []) as Category[],
    policyCheck: (policyCheck ?? []) as PolicyCheck[],
    ...(day?.[0] ? { from: day[0] } : {}),
    ...(day?.[1] ? { to: day[1] } : {}),
  }
  const page = useApi(listCommunications, { ...asked, after: list.after })
  const onDay = (of: string) => setUrl({ day: `${of},${of}`, at: undefined })
  return (
    <ListShell
      header={{
        title: '接触履歴',
        detail: '電話・メール・訪問・郵便の記録。新しい順です。記録は各顧客の「接触履歴」タブから行います。',
        actions: (
          <Row>
            <ActionButton disabledReason={null} onClick={() => onDay(addDays(today, -1))}>
              昨日
            </ActionButton>
            <ActionButton disabledReason={null} onClick={() => onDay(today)}>
              今日
            </ActionButton>
          </Row>
        ),
      }}
      above={<PlansCard mine />}
    >
      <ContactList
        ofAll
        asked={asked}
        rows={mapLoadable(page, body => body.rows as readonly CommunicationRow[])}
        pager={list.pager(page.state === 'ready' ? page.value.next : null)}
        filters={<FilterBar filters={filters} values={list.values} onChange={list.setValues} search={null} />}
        empty={{
          title: '該当する接触の記録はありません',
          hint: '顧客の「接触履歴」タブや債権の「回収」タブで記録した連絡が、ここに並びます。',
        }}
      />
    </ListShell>
  )
}
