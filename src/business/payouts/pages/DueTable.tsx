import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useRecordHref } from '../../../platform/web/catalogue.ts'
import { useChosen, whyNotThese } from '../../../platform/web/chosen.ts'
import { useListState } from '../../../platform/web/list.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  CodeText,
  type Column,
  ConfirmAction,
  DataTable,
  DateTimeText,
  type Filter,
  FilterBar,
  mapLoadable,
  UiLink,
  useSay,
  Yen,
  yenText,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { type DueRow, listDues, prepareDues } from '../contract.ts'
import { dueSourceLabels, dueStateLabels } from '../labels.ts'
import { type DueSource, type DueState, dueSources, dueStates } from '../tables.ts'
import { DueStateTag } from './payout-words.tsx'
import { TransferDayInput, useTransferDay } from './TransferDay.tsx'

const filters: Filter[] = [
  {
    key: 'state',
    type: 'multi',
    label: '状態',
    options: dueStates.map(value => ({ value, label: dueStateLabels[value] })),
  },
  {
    key: 'source',
    type: 'multi',
    label: '種類',
    options: dueSources.map(value => ({ value, label: dueSourceLabels[value] })),
  },
]

const NONE: readonly DueRow[] = []

/** Everything owed besides purchase prices, with its payment; several can be asked for at once. */
export function DueTable() {
  const list = useListState(filters)
  const [layout, setLayout] = useTableLayout('payouts.dues')
  const page = useApi(listDues, {
    after: list.after,
    state: (list.values.state ?? []) as DueState[],
    source: (list.values.source ?? []) as DueSource[],
  })
  const chosen = useChosen<DueRow>(page.state === 'ready' ? page.value.rows : NONE)
  return (
    <DataTable
      label="返還・返金の一覧"
      columns={useColumns()}
      rows={mapLoadable(page, body => body.rows as readonly DueRow[])}
      rowKey={row => row.id}
      rowName={row => `${row.dueNo} ${row.partyName}`}
      pager={list.pager(page.state === 'ready' ? page.value.next : null)}
      sort={null}
      onSort={() => {}}
      layout={layout}
      onLayout={setLayout}
      selection={{
        keys: chosen.keys,
        onChange: chosen.onChange,
        actions: <PayDues dues={chosen.rows} onDone={chosen.clear} />,
      }}
      filters={<FilterBar filters={filters} values={list.values} onChange={list.setValues} search={null} />}
      empty={{
        title: '返還・返金はありません',
        hint: '回収が済んで留保金が確定したとき、または返金が承認されたときに、ここに並びます。',
      }}
    />
  )
}

function useColumns(): Column<DueRow>[] {
  const hrefOf = useRecordHref()
  return [
    {
      key: 'dueNo',
      title: '番号',
      width: 110,
      hidable: false,
      render: row => <CodeText code={row.dueNo} />,
    },
    { key: 'state', title: '状態', width: 130, render: row => <DueStateTag state={row.state} /> },
    { key: 'source', title: '種類', width: 170, render: row => dueSourceLabels[row.source] },
    { key: 'party', title: '支払先', width: 240, render: row => row.partyName },
    {
      key: 'leftYen',
      title: '支払額',
      width: 130,
      kind: 'number',
      render: row => <Yen value={row.leftYen} />,
    },
    {
      key: 'setOffYen',
      title: 'うち相殺',
      width: 120,
      kind: 'number',
      render: row => (row.setOffYen > 0 ? <Yen value={row.setOffYen} /> : ''),
    },
    {
      key: 'about',
      title: '元の債権・入金',
      width: 150,
      render: row => <UiLink href={hrefOf(row.about.kind, row.about.id) ?? '#'}>{row.about.no}</UiLink>,
    },
    {
      key: 'payout',
      title: '支払',
      width: 110,
      render: row => row.payout && <UiLink href={`/payouts/${row.payout.id}`}>{row.payout.payoutNo}</UiLink>,
    },
    { key: 'decidedAt', title: '確定日時', width: 150, render: row => <DateTimeText at={row.decidedAt} /> },
    { key: 'decidedBy', title: '確定者', width: 110, render: row => row.decidedBy },
    { key: 'approvedBy', title: '承認者', width: 110, render: row => row.approvedBy ?? '' },
  ]
}

/** The button that asks for payments, with the day; says why it cannot be pressed. */
export function PayDues({ dues, onDone }: { dues: readonly DueRow[]; onDone: () => void }) {
  const whyNot = useWhyNot()
  const say = useSay()
  const [open, setOpen] = useState(false)
  const transfer = useTransferDay(null)
  const prepare = useCommand(prepareDues, {
    onDone: ({ payouts }) => {
      setOpen(false)
      say.done(`${payouts.length}件の支払を依頼しました。経理の確認と、別の担当者の承認を待ちます。`)
      onDone()
    },
  })
  const whyNotAll = whyNotThese(
    '「支払待ち」のものだけを選んでください。',
    dues.filter(due => due.state !== 'waiting').map(due => `${due.dueNo}（${dueStateLabels[due.state]}）`),
  )
  return (
    <>
      <ActionButton
        kind="primary"
        disabledReason={whyNot('payouts.prepare') ?? whyNotAll}
        onClick={() => setOpen(true)}
      >
        支払を依頼
      </ActionButton>
      <ConfirmAction
        open={open}
        title={`${dues.length}件 ${yenText(dues.reduce((sum, due) => sum + due.leftYen, 0))} の支払を依頼します`}
        what="支払先の確認済みの口座へ支払います。経理が確認し、債権や返金を承認した人とは別の担当者が承認します。"
        confirmLabel="依頼する"
        reason="none"
        running={prepare.running}
        problem={prepare.problem}
        onConfirm={() => prepare.run({ dueIds: dues.map(due => due.id), transferOn: transfer.day ?? '' })}
        onClose={() => setOpen(false)}
      >
        <TransferDayInput {...transfer} />
      </ConfirmAction>
    </>
  )
}
