import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useToday, useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import {
  ActionButton,
  Card,
  type Column,
  DataTable,
  DateText,
  type Loadable,
  mapLoadable,
  PlainText,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { endHolding, type Holding, holdingsOfParty } from '../contract.ts'
import { rightLabels, sourceLabels } from '../labels.ts'
import { HoldingHistory } from './HoldingHistory.tsx'
import { OwnershipEndDialog } from './OwnershipDialog.tsx'

/** Who holds the party, and what it holds; each with its source, its history and its changes. */
export function HoldersCard({ recordId, day }: { recordId: string; day: string | null }) {
  const follow = useFollow()
  const whyNot = useWhyNot()
  const all = useApi(holdingsOfParty, { partyId: recordId, known: 'now', ...(day ? { asOf: day } : {}) })
  const [ending, setEnding] = useState<Holding | null>(null)
  const [shown, setShown] = useState<Holding | null>(null)
  const change = (row: Holding) =>
    follow(
      `/parties/${recordId}/shares/new?holder=${row.holderKind}:${row.holderId}&name=${encodeURIComponent(row.holderName)}&right=${row.right}`,
    )
  const past = day ? '過去の日付の表示中は変更できません。基準日を空欄に戻してください。' : null
  const total = all.state === 'ready' ? all.value.total : ''
  const held = mapLoadable(all, body => body.held as readonly Holding[])
  return (
    <>
      <Card
        title="株主"
        flush
        note={total ? `議決権の記録の合計 ${total}` : ''}
        actions={
          <ActionButton
            kind="primary"
            disabledReason={past ?? whyNot('people.change')}
            onClick={() => follow(`/parties/${recordId}/shares/new`)}
          >
            持株を記録
          </ActionButton>
        }
      >
        <HoldingTable
          label="株主"
          layoutKey="ownership.holders"
          rows={mapLoadable(all, body => body.holders as readonly Holding[])}
          actions={row => (
            <>
              <ActionButton size="small" disabledReason={null} onClick={() => setShown(row)}>
                履歴
              </ActionButton>{' '}
              <ActionButton
                size="small"
                disabledReason={past ?? (row.holderId ? whyNot('people.change') : '担当外の株主です。')}
                onClick={() => change(row)}
              >
                変更
              </ActionButton>{' '}
              <ActionButton
                size="small"
                disabledReason={past ?? whyNot('people.change')}
                onClick={() => setEnding(row)}
              >
                終了
              </ActionButton>
            </>
          )}
          empty={{
            title: '株主は記録されていません',
            hint: '5%以上の株主と、実質的支配者の判定に使う持分を記録します。',
          }}
        />
      </Card>
      {held.state === 'ready' && held.value.length > 0 && (
        <Card title="保有先" flush note="この会社が持っている他社の持分">
          <HoldingTable
            label="保有先"
            layoutKey="ownership.held"
            rows={held}
            actions={row => (
              <ActionButton size="small" disabledReason={null} onClick={() => setShown(row)}>
                履歴
              </ActionButton>
            )}
            empty={{ title: '保有先はありません', hint: '' }}
          />
        </Card>
      )}
      {ending && <EndDialog holding={ending} partyId={recordId} onClose={() => setEnding(null)} />}
      {shown && <HoldingHistory holding={shown} onClose={() => setShown(null)} />}
    </>
  )
}

interface HoldingTableProps {
  label: string
  layoutKey: string
  rows: Loadable<readonly Holding[]>
  actions: (row: Holding) => React.ReactNode
  empty: { title: string; hint: string }
}

function HoldingTable({ label, layoutKey, rows, actions, empty }: HoldingTableProps) {
  const [layout, setLayout] = useTableLayout(layoutKey)
  const columns: Column<Holding>[] = [
    {
      key: 'holder',
      title: label === '株主' ? '株主' : '会社',
      width: 190,
      hidable: false,
      render: row => row.holderName,
    },
    {
      key: 'no',
      title: '番号',
      width: 90,
      hiddenAtFirst: true,
      render: row => <PlainText text={row.holderNo} />,
    },
    { key: 'kind', title: '区分', width: 60, render: row => (row.holderKind === 'party' ? '法人' : '個人') },
    { key: 'share', title: '割合', width: 90, kind: 'number', render: row => row.share },
    {
      key: 'votes',
      title: '議決権数',
      width: 120,
      kind: 'number',
      render: row =>
        row.votes !== null && row.total !== null
          ? `${row.votes.toLocaleString('ja-JP')} / ${row.total.toLocaleString('ja-JP')}`
          : '',
    },
    { key: 'right', title: '権利', width: 110, hiddenAtFirst: true, render: row => rightLabels[row.right] },
    { key: 'source', title: '出所', width: 110, render: row => (row.source ? sourceLabels[row.source] : '') },
    { key: 'from', title: 'いつから', width: 100, render: row => <DateText date={row.validFrom} /> },
    { key: 'actions', title: '操作', width: 200, hidable: false, render: actions },
  ]
  return (
    <DataTable
      label={label}
      columns={columns}
      rows={rows}
      rowKey={row => row.id}
      rowName={row => row.holderName}
      pager={null}
      sort={null}
      onSort={() => {}}
      layout={layout}
      onLayout={setLayout}
      height="natural"
      empty={empty}
    />
  )
}

function EndDialog({
  holding,
  partyId,
  onClose,
}: {
  holding: Holding
  partyId: string
  onClose: () => void
}) {
  const follow = useFollow()
  const [endedOn, setEndedOn] = useState<string | null>(useToday())
  const end = useCommand(endHolding, {
    onDone: onClose,
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
  })
  return (
    <OwnershipEndDialog
      title={`${holding.holderName} の持分 ${holding.share} を終了します`}
      what="この日から持分はなくなります。実質的支配者や親会社が変わるときは、別の担当者の承認後に反映されます。過去の持分は履歴に残ります。"
      confirmLabel="記録する"
      recordId={partyId}
      command={end}
      endedOn={endedOn}
      onEndedOn={setEndedOn}
      onConfirm={(day, change) =>
        end.run({
          holdingId: holding.id,
          rowVersion: holding.rowVersion,
          endedOn: day,
          change: { reasonCode: 'customer_request', ...change },
        })
      }
      onClose={onClose}
    />
  )
}
