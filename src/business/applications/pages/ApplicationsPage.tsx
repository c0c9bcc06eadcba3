import { useApi } from '../../../platform/web/api.ts'
import { useListState } from '../../../platform/web/list.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ActionButton, type Filter, FilterBar, ListShell, mapLoadable } from '../../../ui/index.ts'
import { type ApplicationRow, listApplications } from '../contract.ts'
import { applicationStateLabels, channelLabels } from '../labels.ts'
import type { ApplicationState } from '../rules/states.ts'
import type { ApplicationChannel } from '../tables.ts'
import { ApplicationTable } from './ApplicationTable.tsx'
import { RateTiles } from './RateTiles.tsx'

const options = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

const filters: Filter[] = [
  { key: 'mine', type: 'flag', label: '担当', sentence: '自分が担当するもの' },
  { key: 'late', type: 'flag', label: '期限', sentence: '期限を過ぎたもの' },
  { key: 'owing', type: 'flag', label: '書類', sentence: '書類が揃っていないもの' },
  { key: 'state', type: 'multi', label: '状態', options: options(applicationStateLabels) },
  { key: 'channel', type: 'multi', label: '受付手段', options: options(channelLabels) },
  { key: 'ended', type: 'flag', label: '終わったもの', sentence: '終わったものを表示' },
]

/** What clients ask us to buy, and what is due on it. */
export default function ApplicationsPage() {
  const list = useListState(filters)
  const follow = useFollow()
  const whyNot = useWhyNot()
  const flag = (key: string) => (list.values[key]?.[0] === 'true' ? ('true' as const) : ('false' as const))
  const asked = {
    mine: flag('mine'),
    late: flag('late'),
    owing: flag('owing'),
    ended: flag('ended'),
    state: (list.values.state ?? []) as ApplicationState[],
    channel: (list.values.channel ?? []) as ApplicationChannel[],
    text: list.text,
  }
  const page = useApi(listApplications, { ...asked, after: list.after })
  return (
    <ListShell
      header={{
        title: '申込',
        detail:
          '期限の近い順。期限は会社の営業時間（商品に定めがあれば商品の時間）で数え、利用者の書類や回答を待つ間は止まります。',
        actions: (
          <ActionButton
            kind="primary"
            disabledReason={whyNot('applications.handle')}
            onClick={() => follow('/applications/new')}
          >
            申込を登録する
          </ActionButton>
        ),
      }}
      above={<RateTiles />}
    >
      <ApplicationTable
        asked={asked}
        rows={mapLoadable(page, body => body.rows as readonly ApplicationRow[])}
        pager={list.pager(page.state === 'ready' ? page.value.next : null)}
        filters={
          <FilterBar
            filters={filters}
            values={list.values}
            onChange={list.setValues}
            search={{
              text: list.text,
              onChange: list.setText,
              placeholder: '申込番号・見積番号・利用者名で検索',
            }}
          />
        }
        empty={{
          title: '該当する申込はありません',
          hint: '利用者からの申込を「申込を登録する」から入れると、提出書類の一覧ができ、受付した時から期限を数えます。',
        }}
      />
    </ListShell>
  )
}
