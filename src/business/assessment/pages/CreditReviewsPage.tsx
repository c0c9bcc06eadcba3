import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { useListState } from '../../../platform/web/list.ts'
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
  StatusTag,
} from '../../../ui/index.ts'
import { useOwnColumns } from '../../customization/web.tsx'
import { useTableLayout } from '../../desk/web.ts'
import { ListTools } from '../../lists/web.tsx'
import { type CreditReview, listCreditReviews, listReviewers } from '../contract.ts'
import { creditReviewStateLabels, outcomeLabels, subjectRoleLabels } from '../labels.ts'
import type { CreditReviewState, ReviewOutcome } from '../tables.ts'
import { RulesDialog } from './RulesDialog.tsx'
import { OutcomeTag, options, ReviewStateTag, yenText } from './words.tsx'

const columns: Column<CreditReview>[] = [
  { key: 'party', title: '会社', width: 220, hidable: false, render: row => row.party.name },
  { key: 'no', title: '番号', width: 100, render: row => <CodeText code={row.reviewNo} /> },
  { key: 'role', title: '対象', width: 72, render: row => subjectRoleLabels[row.subjectRole] },
  { key: 'state', title: '状態', width: 92, render: row => <ReviewStateTag review={row} /> },
  { key: 'outcome', title: '結論', width: 108, render: row => <OutcomeTag outcome={row.outcome} /> },
  {
    key: 'recommended',
    title: '推奨限度額',
    width: 118,
    kind: 'number',
    render: row => yenText(row.recommendedYen),
  },
  { key: 'assessedOn', title: '査定日', width: 100, render: row => <DateText date={row.assessedOn} /> },
  {
    key: 'reviewDueOn',
    title: '次回見直し',
    width: 144,
    render: row => (
      <>
        <DateText date={row.reviewDueOn} />
        {row.overdue && <StatusTag tone="danger" word="超過" />}
      </>
    ),
  },
  { key: 'assessedBy', title: '審査担当', width: 96, render: row => row.assessedBy },
  {
    key: 'missing',
    title: '決定までに必要なこと',
    width: 140,
    render: row => row.missing.join('　'),
  },
  {
    key: 'decidedBy',
    title: '決定者',
    width: 110,
    hiddenAtFirst: true,
    render: row => row.decidedBy ?? '',
  },
]

/** 審査一覧: reviews of all companies, newest first; drafts say what they still lack. */
export default function CreditReviewsPage() {
  const reviewers = useApi(listReviewers, {})
  const filters: Filter[] = [
    { key: 'state', type: 'multi', label: '状態', options: options(creditReviewStateLabels) },
    { key: 'outcome', type: 'choice', label: '結論', options: options(outcomeLabels) },
    {
      key: 'assessedBy',
      type: 'choice',
      label: '審査担当',
      options:
        reviewers.state === 'ready'
          ? reviewers.value.rows.map(row => ({ value: row.id, label: row.name }))
          : [],
    },
  ]
  const all = useOwnColumns('credit_review', columns)
  const list = useListState(filters)
  const [layout, setLayout] = useTableLayout('assessment.reviews')
  const [showRules, setShowRules] = useState(false)
  const asked = {
    state: (list.values.state ?? []) as CreditReviewState[],
    outcome: (list.values.outcome?.[0] as ReviewOutcome | undefined) || undefined,
    assessedBy: list.values.assessedBy?.[0] || undefined,
  }
  const page = useApi(listCreditReviews, { ...asked, after: list.after })
  return (
    <ListShell
      header={{
        title: '審査一覧',
        detail: '与信審査を新しい順に表示します。会社を開くと「審査」タブで根拠と結論を見られます',
        actions: (
          <ActionButton disabledReason={null} onClick={() => setShowRules(true)}>
            審査の基準
          </ActionButton>
        ),
      }}
    >
      <DataTable
        label="審査一覧"
        columns={all}
        rows={mapLoadable(page, body => body.rows as readonly CreditReview[])}
        rowKey={row => row.id}
        rowName={row => `${row.party.name} ${row.reviewNo}`}
        rowHref={row => `/parties/${row.party.id}?tab=credit-file`}
        rowTone={row => (row.overdue ? 'warning' : undefined)}
        pager={list.pager(page.state === 'ready' ? page.value.next : null)}
        sort={null}
        onSort={() => {}}
        layout={layout}
        onLayout={setLayout}
        tools={<ListTools list="assessment.reviews" filters={asked} layout={layout} onLayout={setLayout} />}
        filters={<FilterBar filters={filters} values={list.values} onChange={list.setValues} search={null} />}
        empty={{
          title: '該当する審査はありません',
          hint: '顧客または売掛先の「審査」タブで審査を開始できます。',
        }}
      />
      {showRules && <RulesDialog onClose={() => setShowRules(false)} />}
    </ListShell>
  )
}
