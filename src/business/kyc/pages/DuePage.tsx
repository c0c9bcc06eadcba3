import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { useListState } from '../../../platform/web/list.ts'
import { useToday } from '../../../platform/web/session.ts'
import {
  Card,
  CodeText,
  type Column,
  DataTable,
  DateText,
  type Filter,
  FilterBar,
  KpiTile,
  ListShell,
  Loaded,
  MonthCalendar,
  mapLoadable,
  PlainText,
  Stack,
  TileRow,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { ListTools } from '../../lists/web.tsx'
import { type DueRow, dueCalendar, listDue } from '../contract.ts'
import { ratingLabels, reviewStateLabels } from '../labels.ts'
import type { RiskRating } from '../tables.ts'
import { RatingTag, ReviewStateTag } from './tags.tsx'

const columns: Column<DueRow>[] = [
  { key: 'legalName', title: '顧客', width: 280, hidable: false, render: row => row.legalName },
  { key: 'partyNo', title: '番号', width: 96, render: row => <CodeText code={row.partyNo} /> },
  { key: 'due', title: '見直し期限', width: 120, render: row => <DateText date={row.nextReviewOn} /> },
  { key: 'state', title: '状態', width: 130, render: row => <ReviewStateTag state={row.reviewState} /> },
  {
    key: 'rating',
    title: 'リスク',
    width: 110,
    render: row => (row.riskRating ? <RatingTag rating={row.riskRating} /> : ''),
  },
  {
    key: 'working',
    title: '更新',
    width: 110,
    render: row => <PlainText text={row.working ? '確認中' : null} />,
  },
  {
    key: 'exception',
    title: '例外の期限',
    width: 120,
    render: row => <DateText date={row.exceptionUntil} />,
  },
  { key: 'owner', title: '担当者', width: 120, render: row => row.owner },
]

const filters: Filter[] = [
  {
    key: 'state',
    type: 'multi',
    label: '状態',
    options: (['overdue', 'due_soon', 'current'] as const).map(value => ({
      value,
      label: reviewStateLabels[value],
    })),
  },
  {
    key: 'rating',
    type: 'multi',
    label: 'リスク',
    options: Object.entries(ratingLabels).map(([value, label]) => ({ value, label })),
  },
  { key: 'mine', type: 'flag', label: '担当', sentence: '自分の担当だけ' },
]

/** 本人確認の期限: whose check must be renewed by when; the day after, purchases stop. */
export default function DuePage() {
  const list = useListState(filters)
  const [layout, setLayout] = useTableLayout('kyc.due')
  const asked = {
    state: (list.values.state ?? []) as ('current' | 'due_soon' | 'overdue')[],
    rating: (list.values.rating ?? []) as RiskRating[],
    mine: list.values.mine?.[0] === 'true' ? 'true' : 'false',
  }
  const page = useApi(listDue, { ...asked, after: list.after })
  return (
    <ListShell
      header={{ title: '本人確認の期限', detail: '見直し期限の翌日から、その顧客の債権は買い取れません' }}
      above={<Calendar />}
    >
      <DataTable
        label="本人確認の期限"
        columns={columns}
        rows={mapLoadable(page, body => body.rows as readonly DueRow[])}
        rowKey={row => row.partyId}
        rowName={row => row.legalName}
        rowHref={row => `/parties/${row.partyId}?tab=kyc`}
        rowTone={row =>
          row.reviewState === 'overdue' ? 'danger' : row.reviewState === 'due_soon' ? 'warning' : undefined
        }
        pager={list.pager(page.state === 'ready' ? page.value.next : null)}
        sort={null}
        onSort={() => {}}
        layout={layout}
        onLayout={setLayout}
        tools={<ListTools list="kyc.due" filters={asked} layout={layout} onLayout={setLayout} />}
        filters={<FilterBar filters={filters} values={list.values} onChange={list.setValues} search={null} />}
        empty={{
          title: '該当する顧客はありません',
          hint: '本人確認を完了した顧客が、見直し期限の早い順に並びます。',
        }}
      />
    </ListShell>
  )
}

function Calendar() {
  const today = useToday()
  const [month, setMonth] = useState(today.slice(0, 7))
  const found = useApi(dueCalendar, { month })
  return (
    <Loaded from={found} rows={4}>
      {value => (
        <Stack>
          <TileRow>
            <KpiTile
              label="期限超過"
              value={value.overdue}
              {...(value.overdue > 0 ? { status: { tone: 'danger' as const, word: '買取停止' } } : {})}
              href="/kyc?state=overdue"
            />
            <KpiTile label="30日以内に期限" value={value.dueSoon} href="/kyc?state=due_soon" />
            <KpiTile label="例外承認中" value={value.excepted} href="/kyc?state=overdue" />
            <KpiTile
              label="本人確認が未完了"
              value={value.unchecked}
              note="取引のある利用者"
              href="/parties"
            />
          </TileRow>
          <Card title="期限カレンダー">
            <MonthCalendar
              label="本人確認の期限"
              month={month}
              onMonth={setMonth}
              today={today}
              days={value.days.map(({ day, due }) => ({
                date: day,
                text: `${due}件`,
                ...(day < today ? { tone: 'danger' as const } : {}),
              }))}
            />
          </Card>
        </Stack>
      )}
    </Loaded>
  )
}
