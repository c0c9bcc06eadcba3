import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  CodeText,
  type Column,
  ConfirmAction,
  DataTable,
  DateText,
  DateTimeText,
  type Loadable,
  type Pager,
  StatusTag,
  UiLink,
  Yen,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { type MatchRow, undoMatch } from '../contract.ts'
import { allocationLabels, methodLabels, shortReasonLabels } from '../labels.ts'

interface MatchTableProps {
  rows: Loadable<readonly MatchRow[]>
  pager: Pager | null
  height?: 'fill' | 'natural'
}

/** Matches with where each yen went; each can be taken back with a reason. */
export function MatchTable({ rows, pager, height = 'fill' }: MatchTableProps) {
  const [layout, setLayout] = useTableLayout('reconciliation.matches')
  const [chosen, setChosen] = useState<MatchRow | null>(null)
  const whyNot = useWhyNot()
  const undo = useCommand(undoMatch, { onDone: () => setChosen(null) })
  const columns: Column<MatchRow>[] = [
    { key: 'no', title: '番号', width: 110, hidable: false, render: row => <CodeText code={row.matchNo} /> },
    { key: 'received', title: '入金日', width: 104, render: row => <DateText date={row.receivedOn} /> },
    {
      key: 'payment',
      title: '入金',
      width: 200,
      render: row => (
        <UiLink href={`/payments/${row.paymentId}`}>{`${row.paymentNo} ${row.payerKana}`}</UiLink>
      ),
    },
    {
      key: 'amount',
      title: '金額',
      width: 116,
      kind: 'number',
      render: row => <Yen value={row.amountYen} />,
    },
    {
      key: 'allocations',
      title: '充当先',
      width: 330,
      wrap: true,
      render: row => (
        <>
          {row.allocations.map(one => (
            <div key={`${one.receivableId}-${one.kind}`}>
              {one.receivableId ? (
                <UiLink href={`/receivables/${one.receivableId}`}>{one.receivableNo ?? ''}</UiLink>
              ) : (
                one.partyName
              )}
              {`　${allocationLabels[one.kind]}　`}
              <Yen value={one.yen} />
            </div>
          ))}
        </>
      ),
    },
    {
      key: 'state',
      title: '状態',
      width: 110,
      render: row =>
        row.undoneAt ? (
          <StatusTag tone="neutral" word="取消済" detail={`${row.undoneBy ?? ''}　${row.undoReason ?? ''}`} />
        ) : (
          <StatusTag tone="success" word="有効" detail={row.reasons.map(one => one.sentence).join('')} />
        ),
    },
    {
      key: 'method',
      title: '方法',
      width: 150,
      render: row =>
        `${methodLabels[row.method]}${row.shortReason ? `・${shortReasonLabels[row.shortReason]}` : ''}`,
    },
    { key: 'by', title: '確定者', width: 110, render: row => row.confirmedBy },
    { key: 'at', title: '確定日時', width: 150, render: row => <DateTimeText at={row.confirmedAt} /> },
    {
      key: 'undo',
      title: '操作',
      width: 90,
      hidable: false,
      render: row => (
        <ActionButton
          size="small"
          kind="danger"
          label={`取消 ${row.matchNo}`}
          disabledReason={row.undoneAt ? '既に取り消されています。' : whyNot('reconciliation.confirm')}
          onClick={() => setChosen(row)}
        >
          取消
        </ActionButton>
      ),
    },
  ]
  return (
    <>
      <DataTable
        label="消込の履歴"
        columns={columns}
        rows={rows}
        rowKey={row => row.id}
        rowName={row => row.matchNo}
        pager={pager}
        sort={null}
        onSort={() => {}}
        layout={layout}
        onLayout={setLayout}
        height={height}
        empty={{ title: '消込はまだありません', hint: '消込の画面で入金を確定すると、ここに残ります。' }}
      />
      {chosen && (
        <ConfirmAction
          open
          title={`消込 ${chosen.matchNo} を取り消します`}
          what="仕訳を反対仕訳で取り消し、入金と債権を元に戻します。"
          confirmLabel="取り消す"
          danger
          reason="required"
          running={undo.running}
          problem={undo.problem}
          onConfirm={reason => undo.run({ matchId: chosen.id, reason })}
          onClose={() => {
            undo.reset()
            setChosen(null)
          }}
        />
      )}
    </>
  )
}
