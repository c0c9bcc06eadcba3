import { Suspense, useMemo } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { type Standings, useOfferedBulk, useStandings } from '../../../platform/web/catalogue.ts'
import { useChosen } from '../../../platform/web/chosen.ts'
import { useListState } from '../../../platform/web/list.ts'
import { useSession, useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import {
  ActionButton,
  CodeText,
  type Column,
  DataTable,
  DateText,
  type Filter,
  FilterBar,
  ListShell,
  mapLoadable,
  PlainText,
} from '../../../ui/index.ts'
import type { CustomField } from '../../customization/contract.ts'
import { useCustomFields, useMarks } from '../../customization/web.tsx'
import { useTableLayout } from '../../desk/web.ts'
import { ListTools } from '../../lists/web.tsx'
import { listParties, type PartyRow, searchParties } from '../contract.ts'
import { kindLabels, stageLabels, statusLabels } from '../labels.ts'
import { BulkOwner } from './BulkOwner.tsx'
import { conditionsOf, ownColumns, ownFilters } from './own-columns.tsx'
import { CompleteTag, MergedTag, PartyStatusTag, rolesText, StageTag } from './tags.tsx'

const basicColumns: Column<PartyRow>[] = [
  {
    key: 'legalName',
    title: '名称',
    width: 216,
    hidable: false,
    render: row => (
      <>
        {row.legalName}
        {row.recordCount > 1 && '　'}
        <MergedTag records={row.recordCount} />
      </>
    ),
  },
  { key: 'partyNo', title: '番号', width: 90, render: row => <CodeText code={row.partyNo} /> },
  { key: 'stage', title: '段階', width: 90, render: row => <StageTag stage={row.stage} /> },
  { key: 'status', title: '状態', width: 82, render: row => <PartyStatusTag status={row.status} /> },
  {
    key: 'complete',
    title: '必須項目',
    width: 136,
    render: row => <CompleteTag percent={row.completePercent} missing={row.missingCount} />,
  },
  { key: 'owner', title: '担当者', width: 96, render: row => row.owner.name },
  {
    key: 'corporateNumber',
    title: '法人番号',
    width: 132,
    render: row => <CodeText code={row.corporateNumber} />,
  },
  {
    key: 'place',
    title: '所在地',
    width: 170,
    render: row => <PlainText text={[row.pref, row.city].filter(Boolean).join('') || null} />,
  },
  { key: 'kana', title: 'フリガナ', width: 180, render: row => <PlainText text={row.legalNameKana} /> },
  { key: 'roles', title: '役割', width: 130, hiddenAtFirst: true, render: row => rolesText(row.roles) },
  {
    key: 'registeredAt',
    title: '登録日',
    width: 104,
    render: row => <DateText date={row.registeredAt.slice(0, 10)} />,
  },
  { key: 'kind', title: '区分', width: 104, hiddenAtFirst: true, render: row => kindLabels[row.partyKind] },
  {
    key: 'tradeName',
    title: '屋号・通称',
    width: 150,
    hiddenAtFirst: true,
    render: row => <PlainText text={row.tradeName} />,
  },
]

const options = (labels: Record<string, string>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

const basicFilters: Filter[] = [
  { key: 'stage', type: 'multi', label: '段階', options: options(stageLabels) },
  { key: 'status', type: 'multi', label: '状態', options: options(statusLabels) },
  { key: 'pref', type: 'text', label: '都道府県' },
  { key: 'incomplete', type: 'flag', label: '必須項目', sentence: '必須項目が足りないものだけ' },
  { key: 'mine', type: 'flag', label: '担当', sentence: '自分の担当だけ' },
]

/**
 * The program's columns with those the company has defined: marks beside the state, fields at the end; and how the company stands with
 * the other parts of the business, after the state.
 */
function withCustom(
  custom: readonly CustomField[],
  hasMarks: boolean,
  standings: readonly Standings[],
): Column<PartyRow>[] {
  const own = ownColumns(custom, hasMarks)
  const at = basicColumns.findIndex(column => column.key === 'status') + 1
  return [
    ...basicColumns.slice(0, at),
    ...own.filter(column => column.key === 'marks'),
    ...standings.map(({ offered: { key, title, width }, of }) => ({
      key,
      title,
      width,
      render: (row: PartyRow) => of(row.id) ?? <PlainText text={null} />,
    })),
    ...basicColumns.slice(at),
    ...own.filter(column => column.key !== 'marks'),
  ]
}

/** Acts on the chosen rows: one command a record, one summary. */
function BulkActions({
  rows,
  onDone,
}: {
  rows: readonly PartyRow[]
  onDone: (left: readonly string[]) => void
}) {
  const offered = useOfferedBulk('party', useSession().permissions)
  const chosen = rows.map(row => ({ id: row.id, name: row.legalName, facts: { ...row } }))
  return (
    <Suspense fallback={null}>
      <BulkOwner rows={chosen} onDone={onDone} />
      {offered.map(({ key, component: Act }) => (
        <Act key={key} rows={chosen} onDone={onDone} />
      ))}
    </Suspense>
  )
}

const NONE: readonly PartyRow[] = []

interface Words {
  title: string
  detail: string
  role: 'client' | 'debtor'
  register: string
  empty: string
}

/** The list of parties of one role: by condition with paging, or by text under every spelling. */
export function PartyTable({ words }: { words: Words }) {
  const custom = useCustomFields('party')
  const marks = useMarks('party')
  const filters = useMemo(() => [...basicFilters, ...ownFilters(custom ?? [], marks)], [custom, marks])
  const list = useListState(filters)
  const follow = useFollow()
  const whyNot = useWhyNot()
  const { permissions } = useSession()
  const [layout, setLayout] = useTableLayout(`parties.${words.role}`)
  const searching = list.text.trim() !== ''
  const asked = {
    stage: list.values.stage ?? [],
    status: list.values.status ?? [],
    pref: list.values.pref?.[0] || undefined,
    mine: list.values.mine?.[0] === 'true' ? 'true' : 'false',
    mark: list.values.mark ?? [],
    custom: conditionsOf(custom ?? [], list.values),
    incomplete: list.values.incomplete?.[0] === 'true' ? 'true' : 'false',
  }
  const all = useApi(listParties, { ...asked, role: words.role, after: list.after }, { enabled: !searching })
  const found = useApi(
    searchParties,
    { text: list.text.trim() || '-', role: words.role, limit: 50 },
    { enabled: searching },
  )
  const rows = useMemo(
    () =>
      searching
        ? mapLoadable(found, body => body.rows as readonly PartyRow[])
        : mapLoadable(all, body => body.rows as readonly PartyRow[]),
    [searching, found, all],
  )
  const ids = useMemo(() => (rows.state === 'ready' ? rows.value.map(row => row.id) : []), [rows])
  const standings = useStandings('party', ids, permissions)
  const columns = withCustom(custom ?? [], marks.length > 0, standings)
  const chosen = useChosen(rows.state === 'ready' ? rows.value : NONE)
  const next = !searching && all.state === 'ready' ? all.value.next : null
  return (
    <ListShell
      header={{
        title: words.title,
        detail: words.detail,
        actions: (
          <ActionButton
            kind="primary"
            disabledReason={whyNot('parties.register')}
            onClick={() => follow(`/parties/new?role=${words.role}`)}
          >
            {words.register}
          </ActionButton>
        ),
      }}
    >
      <DataTable
        label={words.title}
        columns={columns}
        rows={rows}
        rowKey={row => row.id}
        rowName={row => row.legalName}
        rowHref={row => `/parties/${row.id}`}
        rowTone={row =>
          row.status === 'blocked' ? 'danger' : row.status === 'suspended' ? 'warning' : undefined
        }
        pager={searching ? null : list.pager(next)}
        sort={null}
        onSort={() => {}}
        selection={{
          keys: chosen.keys,
          onChange: chosen.onChange,
          actions: <BulkActions rows={chosen.rows} onDone={chosen.clear} />,
        }}
        layout={layout}
        onLayout={setLayout}
        tools={
          searching ? undefined : (
            <ListTools list={`parties.${words.role}`} filters={asked} layout={layout} onLayout={setLayout} />
          )
        }
        filters={
          <FilterBar
            filters={filters}
            values={list.values}
            onChange={list.setValues}
            search={{
              text: list.text,
              onChange: list.setText,
              placeholder: '名称・カナ・法人番号・電話で検索',
            }}
          />
        }
        empty={
          searching
            ? {
                title: `「${list.text}」に合う記録はありません`,
                hint: '別の表記、フリガナ、法人番号、電話番号でも検索できます。旧商号でも見つかります。',
              }
            : {
                title: words.empty,
                hint: '右上のボタンから1件ずつ、または「移行・取込」からまとめて登録できます。',
              }
        }
      />
    </ListShell>
  )
}
