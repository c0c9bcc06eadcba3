import { PlusOutlined } from '@ant-design/icons'
import { useState } from 'react'
import {
  ActionButton,
  CodeText,
  type Column,
  DataTable,
  DateText,
  type Filter,
  FilterBar,
  type FilterValues,
  ListShell,
  type Sort,
  StatusTag,
  type TableLayout,
  Yen,
} from '../../src/ui/index.ts'
import { type Customer, customers } from './sample.ts'

const columns: readonly Column<Customer>[] = [
  { key: 'name', title: '商号・屋号', render: row => row.name, width: 260, hidable: false, sortable: true },
  { key: 'code', title: 'コード', render: row => <CodeText code={row.code} />, width: 96, sortable: true },
  { key: 'status', title: '状態', render: row => <StatusTag {...row.status} />, width: 120 },
  { key: 'risk', title: 'リスク', render: row => row.risk, width: 76 },
  {
    key: 'limit',
    title: '与信枠',
    render: row => <Yen value={row.limitYen} />,
    width: 124,
    kind: 'number',
    sortable: true,
  },
  {
    key: 'used',
    title: '利用額',
    render: row => <Yen value={row.usedYen} />,
    width: 124,
    kind: 'number',
    sortable: true,
  },
  {
    key: 'left',
    title: '空き枠',
    render: row => <Yen value={row.limitYen - row.usedYen} negative="triangle" />,
    width: 124,
    kind: 'number',
  },
  {
    key: 'due',
    title: '確認期限',
    render: row => <DateText date={row.kycDueOn} />,
    width: 104,
    sortable: true,
  },
  { key: 'place', title: '所在地', render: row => row.place, width: 150 },
  { key: 'owner', title: '担当', render: row => row.owner, width: 96 },
  { key: 'note', title: '摘要', render: row => row.note, width: 220, hiddenAtFirst: true },
]

const filters: readonly Filter[] = [
  {
    key: 'status',
    label: '状態',
    type: 'multi',
    options: ['取引中', '確認期限間近', '取引停止', '承認待ち'].map(label => ({ value: label, label })),
  },
  {
    key: 'risk',
    label: 'リスク',
    type: 'choice',
    options: ['低', '中', '高'].map(label => ({ value: label, label })),
  },
  { key: 'due', label: '確認期限', type: 'dateRange' },
  { key: 'limit', label: '与信枠', type: 'yenRange' },
  { key: 'over', label: '枠の超過', type: 'flag', sentence: '超過だけ' },
]

export function ListPage() {
  const [values, setValues] = useState<FilterValues>({
    status: ['取引中', '確認期限間近'],
    due: ['2027-01-01', '2027-12-31'],
  })
  const [text, setText] = useState('')
  const [sort, setSort] = useState<Sort | null>({ key: 'due', direction: 'ascending' })
  const [layout, setLayout] = useState<TableLayout | null>(null)
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set())
  const [page, setPage] = useState(0)
  return (
    <ListShell
      header={{
        title: '顧客',
        actions: (
          <>
            <ActionButton
              disabledReason="この役割では書き出せません。書き出しは管理者か経理に頼んでください。"
              onClick={() => undefined}
            >
              書き出し
            </ActionButton>
            <ActionButton
              kind="primary"
              icon={<PlusOutlined />}
              disabledReason={null}
              onClick={() => undefined}
            >
              顧客を登録
            </ActionButton>
          </>
        ),
      }}
    >
      <DataTable
        label="顧客一覧"
        columns={columns}
        rows={{ state: 'ready', value: customers.slice(page * 25, page * 25 + 25) }}
        filters={
          <FilterBar
            filters={filters}
            values={values}
            onChange={setValues}
            search={{ text, onChange: setText, placeholder: '商号・カナ・番号・電話' }}
            views={{
              views: [
                { key: 'mine', name: '自分の担当', href: '#list', own: true },
                { key: 'due', name: '今月の確認期限', href: '#list', own: false },
              ],
              activeKey: 'mine',
              onSave: () => undefined,
              onRemove: () => undefined,
            }}
          />
        }
        rowKey={row => row.code}
        rowName={row => row.name}
        rowHref={row => `#detail/${row.code}`}
        rowTone={row =>
          row.status.tone === 'danger' ? 'danger' : row.status.tone === 'warning' ? 'warning' : undefined
        }
        pager={{
          from: page * 25 + 1,
          next: customers.length > page * 25 + 25 ? () => setPage(page + 1) : null,
          previous: page > 0 ? () => setPage(page - 1) : null,
        }}
        sort={sort}
        onSort={setSort}
        layout={layout}
        onLayout={setLayout}
        selection={{
          keys,
          onChange: setKeys,
          actions: (
            <ActionButton size="small" disabledReason={null} onClick={() => undefined}>
              担当を変える
            </ActionButton>
          ),
        }}
        empty={{
          title: '顧客はまだいません',
          hint: '「顧客を登録」で1件ずつ、または「移行・名寄せ」で台帳をまとめて取り込めます。',
        }}
      />
    </ListShell>
  )
}
