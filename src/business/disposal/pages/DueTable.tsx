import { useApi } from '../../../platform/web/api.ts'
import { useRecordHref } from '../../../platform/web/catalogue.ts'
import { useChosen } from '../../../platform/web/chosen.ts'
import { useListState } from '../../../platform/web/list.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { one, useUrlState } from '../../../platform/web/url.ts'
import {
  ActionButton,
  CodeText,
  type Column,
  DataTable,
  DateText,
  DateTimeText,
  type Filter,
  FilterBar,
  mapLoadable,
  StatusTag,
  UiLink,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { type DisposalDue, listDisposalDue } from '../contract.ts'
import { hindranceLabels, ruleWords, subjectKindLabels } from '../labels.ts'
import { type SubjectKind, subjectKinds } from '../tables.ts'
import { ProposeMany } from './ProposeMany.tsx'
import { ProposeOne } from './ProposeOne.tsx'

const filters: Filter[] = [
  {
    key: 'kind',
    type: 'multi',
    label: '種類',
    options: subjectKinds.map(value => ({ value, label: subjectKindLabels[value] })),
  },
  {
    key: 'state',
    type: 'choice',
    label: '状態',
    options: [
      { value: 'free', label: '申請できる' },
      { value: 'blocked', label: '妨げがある' },
    ],
  },
]

export type DueRow = DisposalDue & { id: string }
const NONE: readonly DueRow[] = []
const COUNTED = 1_000

const counted = (count: number) =>
  count >= COUNTED ? `${COUNTED.toLocaleString('ja-JP')}件以上` : `${count}件`

/** Records past their retention, oldest first, each with its rule and what stands against its disposal. */
export function DueTable() {
  const list = useListState(filters)
  const [url, setUrl] = useUrlState()
  const [layout, setLayout] = useTableLayout('disposal.due')
  const page = useApi(listDisposalDue, {
    after: list.after,
    limit: 50,
    kind: (list.values.kind ?? []) as SubjectKind[],
    state: (list.values.state?.[0] ?? 'all') as 'free' | 'blocked' | 'all',
  })
  const rows = mapLoadable(page, body =>
    body.rows.map(row => ({ ...row, id: `${row.subjectKind}:${row.subjectId}` })),
  )
  const chosen = useChosen(rows.state === 'ready' ? rows.value : NONE)
  const why = useWhyNot()('disposal.propose')
  const [kind, id] = (one(url.subject) ?? '').split(':')
  const columns = useColumns(row => setUrl({ subject: row.id }), why)
  return (
    <>
      {page.state === 'ready' && <Found {...page.value} />}
      <DataTable
        label="廃棄の対象"
        columns={columns}
        rows={rows}
        rowKey={row => row.id}
        rowName={row => `${row.number} ${row.name}`}
        rowTone={row => (row.hindrances.length ? 'warning' : undefined)}
        pager={list.pager(page.state === 'ready' ? page.value.next : null)}
        sort={null}
        onSort={() => {}}
        layout={layout}
        onLayout={setLayout}
        selection={{
          keys: chosen.keys,
          onChange: chosen.onChange,
          actions: <ProposeMany rows={chosen.rows} onDone={chosen.clear} />,
        }}
        filters={<FilterBar filters={filters} values={list.values} onChange={list.setValues} search={null} />}
        empty={{
          title: '保存期間を過ぎた記録はありません',
          hint: '対象は1日に1回、全ての記録を見直して更新します。保存年数は「運用規程」で定めます。',
        }}
      />
      {subjectKinds.includes(kind as SubjectKind) && id && (
        <ProposeOne
          subjectKind={kind as SubjectKind}
          subjectId={id}
          onClose={() => setUrl({ subject: undefined })}
        />
      )}
    </>
  )
}

function Found({ foundAt, counts }: { foundAt: string | null; counts: { free: number; blocked: number } }) {
  return (
    <p className="ui-faint">
      {`申請できる ${counted(counts.free)}　妨げがある ${counted(counts.blocked)}　`}
      {foundAt ? (
        <>
          見直し <DateTimeText at={foundAt} />
        </>
      ) : (
        '全記録の見直し中です'
      )}
    </p>
  )
}

function useColumns(onPropose: (row: DueRow) => void, why: string | null): Column<DueRow>[] {
  const recordHref = useRecordHref()
  return [
    { key: 'kind', title: '種類', width: 120, render: row => subjectKindLabels[row.subjectKind] },
    { key: 'number', title: '番号', width: 100, render: row => <CodeText code={row.number} /> },
    {
      key: 'name',
      title: '名称',
      width: 230,
      hidable: false,
      render: row => {
        const href = recordHref(row.subjectKind, row.subjectId)
        return href ? <UiLink href={href}>{row.name}</UiLink> : row.name
      },
    },
    {
      key: 'rule',
      title: '保存区分（根拠）',
      width: 240,
      wrap: true,
      render: row => ruleWords(row.retentionClass),
    },
    { key: 'dueOn', title: '保存の最終日', width: 115, render: row => <DateText date={row.dueOn} /> },
    {
      key: 'state',
      title: '状態',
      width: 210,
      wrap: true,
      render: row =>
        row.changeRequestId ? (
          <UiLink href={`/change-requests/${row.changeRequestId}`}>承認待ち</UiLink>
        ) : row.hindrances.length ? (
          row.hindrances.map(code => hindranceLabels[code]).join('、')
        ) : (
          <StatusTag tone="success" word="申請できる" />
        ),
    },
    {
      key: 'act',
      title: '操作',
      width: 118,
      hidable: false,
      render: row => (
        <ActionButton
          size="small"
          disabledReason={row.changeRequestId ? '承認待ちです。' : why}
          onClick={() => onPropose(row)}
        >
          廃棄を申請
        </ActionButton>
      ),
    },
  ]
}
