import { useApi } from '../../../platform/web/api.ts'
import { useListState } from '../../../platform/web/list.ts'
import { one, useUrlState } from '../../../platform/web/url.ts'
import {
  Card,
  CodeText,
  DateTimeText,
  type Filter,
  FilterBar,
  KeyValue,
  Loaded,
  mapLoadable,
  PageHeader,
  TabStrip,
} from '../../../ui/index.ts'
import { listEvents, type TrailEvent, trailState } from '../contract.ts'
import { EventTable } from './EventTable.tsx'
import { TrailBlocks } from './TrailBlocks.tsx'
import { TrailViews } from './TrailViews.tsx'

const filters: Filter[] = [
  { key: 'period', type: 'dateRange', label: '期間' },
  {
    key: 'verb',
    type: 'choice',
    label: '出来事',
    options: [
      { value: 'attempt_refused', label: '拒否された操作' },
      { value: 'change_requested', label: '変更の申請' },
      { value: 'change_request_approved', label: '申請の承認' },
    ],
  },
]

const tabs = [
  { key: 'events', label: '出来事' },
  { key: 'views', label: '閲覧' },
  { key: 'blocks', label: '封印の塊' },
]
const PANEL = 'audit-panel'

/** The trail: what was done, what was seen, and the chain of blocks that seals both. */
export default function AuditPage() {
  const [url, setUrl] = useUrlState()
  const active = tabs.find(tab => tab.key === one(url.tab))?.key ?? 'events'
  return (
    <>
      <PageHeader
        title="監査証跡"
        detail="だれが・いつ・何を・なぜ変えたか、何を見たか。追記だけができ、1秒ごとに封印されます。"
      />
      <SealState />
      <TabStrip
        label="監査証跡"
        tabs={tabs}
        active={active}
        onChoose={tab => setUrl({ tab, at: undefined })}
        panelId={PANEL}
      />
      <section
        id={PANEL}
        className="ui-card ui-list-card"
        aria-label={tabs.find(tab => tab.key === active)!.label}
      >
        {active === 'events' ? <Events /> : active === 'views' ? <TrailViews /> : <TrailBlocks />}
      </section>
    </>
  )
}

function Events() {
  const list = useListState(filters)
  const [from, to] = list.values.period ?? []
  const page = useApi(listEvents, {
    after: list.after,
    ...(list.values.verb?.[0] ? { verb: list.values.verb[0] } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
  })
  return (
    <EventTable
      label="監査証跡"
      rows={mapLoadable(page, body => body.rows as readonly TrailEvent[])}
      pager={list.pager(page.state === 'ready' ? page.value.next : null)}
      height="fill"
      hrefOf={event => `/audit/events/${event.id}`}
      filters={<FilterBar filters={filters} values={list.values} onChange={list.setValues} search={null} />}
    />
  )
}

const REFRESH_MS = 5_000

function SealState() {
  const state = useApi(trailState, {}, { refetchMs: REFRESH_MS })
  return (
    <Card title="封印の状態" note="検証は「daicho audit verify」で、控えておいた根（root）と照合できます。">
      <Loaded from={state} rows={2}>
        {value => (
          <KeyValue
            items={[
              { key: 'blocks', label: '封印済みの塊', value: value.blocks.toLocaleString('ja-JP') },
              { key: 'unsealed', label: '封印待ちの記録', value: value.unsealed.toLocaleString('ja-JP') },
              { key: 'at', label: '最後の封印', value: <DateTimeText at={value.lastSealedAt} /> },
              { key: 'root', label: '最新の根', value: <CodeText code={value.lastRoot} />, wide: true },
            ]}
          />
        )}
      </Loaded>
    </Card>
  )
}
