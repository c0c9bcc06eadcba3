import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { whyNotThese } from '../../../platform/web/chosen.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { ActionButton, ConfirmAction, FieldInput, useSay, yenText } from '../../../ui/index.ts'
import { ownAccounts } from '../../accounts/contract.ts'
import { confirmPayouts, createBatch, type PayoutRow } from '../contract.ts'
import { payoutStateLabels } from '../labels.ts'
import { TransferDayInput, useTransferDay } from './TransferDay.tsx'

interface BarProps {
  rows: readonly PayoutRow[]
  onDone: () => void
}

/** What can be done with several payments at once: write the file, note that the bank paid. */
export function PayoutBar({ rows, onDone }: BarProps) {
  const whyNot = useWhyNot()
  const [dialog, setDialog] = useState<'batch' | 'confirm' | null>(null)
  const only = (states: string[], sentence: string) =>
    whyNotThese(
      sentence,
      rows
        .filter(row => !states.includes(row.state))
        .map(row => `${row.payoutNo}（${payoutStateLabels[row.state]}）`),
    )
  const close = () => setDialog(null)
  const finished = () => {
    close()
    onDone()
  }
  return (
    <>
      <ActionButton
        kind="primary"
        disabledReason={whyNot('payouts.send') ?? only(['approved'], '承認済みの支払だけを選んでください。')}
        onClick={() => setDialog('batch')}
      >
        振込ファイルを作成
      </ActionButton>
      <ActionButton
        disabledReason={
          whyNot('payouts.send') ?? only(['sent', 'unknown'], '銀行へ送信した支払だけを選んでください。')
        }
        onClick={() => setDialog('confirm')}
      >
        送金完了を記録
      </ActionButton>
      {dialog === 'batch' && <BatchDialog rows={rows} onClose={close} onDone={finished} />}
      {dialog === 'confirm' && <ConfirmDialog rows={rows} onClose={close} onDone={finished} />}
    </>
  )
}

function BatchDialog({ rows, onClose, onDone }: BarProps & { onClose: () => void }) {
  const say = useSay()
  const own = useApi(ownAccounts, {})
  const [from, setFrom] = useState<string | null>(null)
  const transfer = useTransferDay(rows[0]?.transferOn ?? null)
  const create = useCommand(createBatch, {
    onDone: answer => {
      say.done(`${answer.batchNo}（${answer.count}件、${yenText(answer.totalYen)}）を作成しました。`)
      onDone()
    },
  })
  const accounts = own.state === 'ready' ? own.value.accounts.filter(one => one.validTo === null) : []
  return (
    <ConfirmAction
      open
      title={`${rows.length}件の振込ファイルを作成します`}
      what={`合計 ${yenText(rows.reduce((sum, row) => sum + row.amountYen, 0))}。全銀形式の総合振込ファイルを作り、内容とハッシュ値を保存します。`}
      confirmLabel="作成する"
      reason="none"
      running={create.running}
      problem={create.problem}
      onConfirm={() =>
        create.run({
          payoutIds: rows.map(row => row.id),
          fromAccountId: from ?? '',
          transferOn: transfer.day ?? '',
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'fromAccountId',
          type: 'choice',
          label: '出金する自社口座',
          required: true,
          options: accounts.map(one => ({
            value: one.id,
            label: `${one.bankName} ${one.branchName} ●●●●${one.accountNoLast}`,
          })),
        }}
        value={from}
        onChange={setFrom}
      />
      <TransferDayInput {...transfer} />
    </ConfirmAction>
  )
}

function ConfirmDialog({ rows, onClose, onDone }: BarProps & { onClose: () => void }) {
  const [on, setOn] = useState<string | null>(rows[0]?.transferOn ?? null)
  const [fee, setFee] = useState<number | null>(0)
  const say = useSay()
  const confirm = useCommand(confirmPayouts, {
    onDone: ({ confirmed }) => {
      say.done(`${confirmed}件の送金完了を記録しました。`)
      onDone()
    },
  })
  return (
    <ConfirmAction
      open
      title={`${rows.length}件の送金完了を記録します`}
      what="仕訳を記録し、買取債権は送金済みになります。後で組戻しになった場合は、その支払のページで取り消せます。"
      confirmLabel="記録する"
      reason="none"
      running={confirm.running}
      problem={confirm.problem}
      onConfirm={() =>
        confirm.run({
          payoutIds: rows.map(row => row.id),
          confirmedOn: on ?? '',
          transferFeeYen: fee ?? 0,
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{ name: 'confirmedOn', type: 'date', label: '送金日', required: true }}
        value={on}
        onChange={setOn}
      />
      <FieldInput
        field={{ name: 'transferFeeYen', type: 'yen', label: '1件あたりの振込手数料' }}
        value={fee}
        onChange={setFee}
      />
    </ConfirmAction>
  )
}
