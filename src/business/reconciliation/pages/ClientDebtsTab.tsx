import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  Card,
  CodeText,
  type Column,
  DataTable,
  DateText,
  KeyValue,
  Loaded,
  Stack,
  StatusTag,
  Yen,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { type ClientDebts, debtsOfClaim } from '../debts-contract.ts'
import { clientDebtLabels } from '../labels.ts'
import { takeBackOfClaim } from '../take-back-contract.ts'
import { AdvanceCostDialog } from './AdvanceCostDialog.tsx'
import { ClientDebtDialog, type ClientDebtDialogKind } from './ClientDebtDialog.tsx'
import { TakeBackCard } from './TakeBackCard.tsx'
import { type UndoableAct, UndoDialog, undoPermissions } from './UndoDialogs.tsx'

type Act = ClientDebts['history'][number]

const actLabels: Record<Act['kind'], string> = {
  penalty: '違約金',
  waiver: '免除',
  set_off: '相殺',
  cost: '立替費用',
  take_back: '買戻し・解除',
}

/** What the client owes on one claim, whether it can go back to the client, and every act about its debts. */
export default function ClientDebtsTab({ recordId }: { recordId: string }) {
  const shown = useApi(debtsOfClaim, { receivableId: recordId })
  const takeBack = useApi(takeBackOfClaim, { receivableId: recordId })
  const [dialog, setDialog] = useState<ClientDebtDialogKind | null>(null)
  const [costing, setCosting] = useState(false)
  const [undoing, setUndoing] = useState<UndoableAct | null>(null)
  return (
    <Loaded from={shown} rows={8}>
      {value => (
        <Stack>
          <Debts shown={value} onDialog={setDialog} onCost={() => setCosting(true)} />
          <Loaded from={takeBack} rows={3}>
            {back => (
              <>
                <TakeBackCard receivableId={recordId} shown={back} onUndo={setUndoing} />
                {costing && (
                  <AdvanceCostDialog receivableId={recordId} shown={back} onClose={() => setCosting(false)} />
                )}
              </>
            )}
          </Loaded>
          <History rows={value.history} onUndo={setUndoing} />
          {dialog && (
            <ClientDebtDialog
              kind={dialog}
              receivableId={recordId}
              shown={value}
              onClose={() => setDialog(null)}
            />
          )}
          {undoing && <UndoDialog act={undoing} onClose={() => setUndoing(null)} />}
        </Stack>
      )}
    </Loaded>
  )
}

interface DebtsProps {
  shown: ClientDebts
  onDialog: (kind: ClientDebtDialogKind) => void
  onCost: () => void
}

function Debts({ shown, onDialog, onCost }: DebtsProps) {
  const whyNot = useWhyNot()
  const notBought = shown.bought ? null : '買い取った債権だけが対象です。'
  const owes = shown.debts.some(one => one.openYen > 0)
  const forgivable =
    shown.feeYen > 0 ||
    shown.debtorCostYen > 0 ||
    shown.debts.some(one => one.item !== 'principal' && one.openYen > 0)
  const actions: [ClientDebtDialogKind, string, string | null][] = [
    [
      'penalty',
      '違約金を申請',
      whyNot('reconciliation.chargePenalty') ??
        notBought ??
        (shown.live ? null : '貸倒れ・買戻し・解除の後は、違約金を計上できません。') ??
        (shown.penalties.length ? null : '契約に違約金の定めがありません。'),
    ],
    [
      'waiver',
      '免除を申請',
      whyNot('reconciliation.waive') ?? notBought ?? (forgivable ? null : '免除できる額がありません。'),
    ],
    [
      'set_off',
      '相殺を申請',
      whyNot('reconciliation.setOff') ??
        notBought ??
        (owes ? null : '利用者の債務がありません。') ??
        (shown.dues.length + shown.payouts.length
          ? null
          : '利用者への返還・返金の予定も、支払を依頼していない買取もないため、相殺できません。'),
    ],
  ]
  return (
    <Card
      title="利用者の債務（今日現在）"
      note={shown.client.legalName}
      actions={
        <>
          {actions.map(([kind, label, reason]) => (
            <ActionButton key={kind} size="small" disabledReason={reason} onClick={() => onDialog(kind)}>
              {label}
            </ActionButton>
          ))}
          <ActionButton
            size="small"
            disabledReason={whyNot('reconciliation.advanceCost') ?? notBought}
            onClick={onCost}
          >
            立替費用を申請
          </ActionButton>
        </>
      }
    >
      <KeyValue
        items={[
          ...shown.debts.map(one => ({
            key: one.item,
            label: clientDebtLabels[one.item],
            value: <Yen value={one.openYen} strong={one.openYen > 0} />,
          })),
          {
            key: 'dues',
            label: '利用者へ返す予定',
            value: <Yen value={shown.dues.reduce((sum, due) => sum + due.leftYen, 0)} />,
            note: shown.dues.map(due => `${due.dueNo} ${due.what}`).join('、'),
          },
          {
            key: 'payouts',
            label: '支払依頼前の送金額',
            value: <Yen value={shown.payouts.reduce((sum, one) => sum + one.leftYen, 0)} />,
            note: shown.payouts.map(one => one.purchaseNo).join('、'),
          },
          ...(shown.debtorCostYen > 0
            ? [
                {
                  key: 'debtorCost',
                  label: '立替費用（売掛先の負担分）',
                  value: <Yen value={shown.debtorCostYen} />,
                },
              ]
            : []),
        ]}
      />
    </Card>
  )
}

function History({ rows, onUndo }: { rows: readonly Act[]; onUndo: (act: UndoableAct) => void }) {
  const whyNot = useWhyNot()
  const [layout, setLayout] = useTableLayout('reconciliation.client-debts')
  const columns: Column<Act>[] = [
    { key: 'no', title: '番号', width: 98, hidable: false, render: row => <CodeText code={row.no} /> },
    {
      key: 'kind',
      title: '種別',
      width: 110,
      wrap: true,
      render: row => (
        <>
          {actLabels[row.kind]}{' '}
          {row.undoneReason !== null && <StatusTag tone="neutral" word="取消済" detail={row.undoneReason} />}
        </>
      ),
    },
    {
      key: 'what',
      title: '項目・事由と理由',
      width: 150,
      wrap: true,
      render: row => (
        <>
          {row.what}
          <div className="ui-faint">{row.reason}</div>
        </>
      ),
    },
    { key: 'on', title: '日付', width: 100, render: row => <DateText date={row.on} /> },
    { key: 'yen', title: '金額', width: 106, kind: 'number', render: row => <Yen value={row.yen} /> },
    { key: 'by', title: '申請', width: 82, render: row => row.requestedBy },
    { key: 'approved', title: '承認', width: 82, render: row => row.approvedBy },
    {
      key: 'undo',
      title: '取消',
      width: 98,
      hidable: false,
      render: row => {
        const { id, kind, no, what } = row
        if (row.undoneReason !== null || kind === 'penalty' || kind === 'waiver') return null
        return (
          <ActionButton
            size="small"
            disabledReason={whyNot(undoPermissions[kind])}
            onClick={() => onUndo({ id, kind, no, what })}
          >
            取り消す
          </ActionButton>
        )
      },
    },
  ]
  return (
    <Card title="債務についての記録">
      <DataTable
        label="債務についての記録"
        height="natural"
        columns={columns}
        rows={{ state: 'ready', value: rows }}
        rowKey={row => `${row.id}${row.what}`}
        rowName={row => row.no}
        pager={null}
        sort={null}
        onSort={() => {}}
        layout={layout}
        onLayout={setLayout}
        empty={{
          title: '記録はまだありません',
          hint: '違約金・立替費用の計上、免除、相殺、買戻し、解除を申請し、別の担当者が承認すると、ここに並びます。',
        }}
      />
    </Card>
  )
}
