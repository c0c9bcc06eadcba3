import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { useListState } from '../../../platform/web/list.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import {
  ActionButton,
  type Column,
  DataTable,
  DateText,
  DateTimeText,
  type Filter,
  FilterBar,
  ListShell,
  mapLoadable,
  type TableLayout,
} from '../../../ui/index.ts'
import { listStaff, type StaffRow } from '../contract.ts'
import { roleLabels, staffStateLabels } from '../labels.ts'
import { isRole } from '../roles.ts'
import { rolesText, SecondFactorTag, StaffStateTag } from './tags.tsx'

const columns: Column<StaffRow>[] = [
  { key: 'name', title: '氏名', width: 180, hidable: false, render: row => row.name },
  { key: 'email', title: 'メールアドレス', width: 250, render: row => row.email },
  { key: 'roles', title: '役割', width: 240, render: row => rolesText(row.roles) },
  { key: 'state', title: '状態', width: 110, render: row => <StaffStateTag state={row.state} /> },
  {
    key: 'secondFactor',
    title: '二段階認証',
    width: 120,
    render: row => <SecondFactorTag on={row.secondFactor === 'on'} />,
  },
  {
    key: 'lastSignedInAt',
    title: '最終ログイン',
    width: 150,
    render: row => <DateTimeText at={row.lastSignedInAt} />,
  },
  { key: 'endsOn', title: '利用期限', width: 110, render: row => <DateText date={row.endsOn} /> },
]

const options = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

const filters: Filter[] = [
  { key: 'role', type: 'choice', label: '役割', options: options(roleLabels) },
  { key: 'state', type: 'multi', label: '状態', options: options(staffStateLabels) },
]

export default function StaffListPage() {
  const list = useListState(filters)
  const follow = useFollow()
  const whyNot = useWhyNot()
  const [layout, setLayout] = useState<TableLayout | null>(null)
  const role = list.values.role?.[0]
  const page = useApi(listStaff, {
    after: list.after,
    text: list.text.trim() || undefined,
    role: role && isRole(role) ? role : undefined,
    state: (list.values.state ?? []) as StaffRow['state'][],
  })
  return (
    <ListShell
      header={{
        title: 'ユーザーと役割',
        detail: '役割の付与には、もう一人の管理者の承認が必要です。外すときはすぐに反映されます。',
        actions: (
          <ActionButton
            kind="primary"
            disabledReason={whyNot('access.manageStaff')}
            onClick={() => follow('/staff/new')}
          >
            ユーザーを招待
          </ActionButton>
        ),
      }}
    >
      <DataTable
        label="ユーザー"
        columns={columns}
        rows={mapLoadable(page, body => body.rows as readonly StaffRow[])}
        rowKey={row => row.id}
        rowName={row => row.name}
        rowHref={row => `/staff/${row.id}`}
        pager={list.pager(page.state === 'ready' ? page.value.next : null)}
        sort={null}
        onSort={() => {}}
        layout={layout}
        onLayout={setLayout}
        filters={
          <FilterBar
            filters={filters}
            values={list.values}
            onChange={list.setValues}
            search={{ text: list.text, onChange: list.setText, placeholder: '氏名・メールアドレスで検索' }}
          />
        }
        empty={{
          title: '該当するユーザーはいません',
          hint: '「ユーザーを招待」でメールアドレスを登録すると、招待のリンクが発行されます。',
        }}
      />
    </ListShell>
  )
}
