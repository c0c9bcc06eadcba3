import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import {
  ActionButton,
  Card,
  ConfirmAction,
  DateText,
  EmptyState,
  KeyValue,
  Loaded,
  Notice,
  Stack,
  UiLink,
  Yen,
  yenText,
} from '../../../ui/index.ts'
import { EvidenceInput } from '../../documents/web.tsx'
import { openReceivable, type ReceivableShown } from '../../receivables/contract.ts'
import { listPayouts, type NetPayoutShown, netPayout, preparePayout, rescindPurchase } from '../contract.ts'
import { DueCard } from './DueCard.tsx'
import { PayoutStateTag } from './payout-words.tsx'
import { TransferDayInput, useTransferDay } from './TransferDay.tsx'

/** On a claim's page: the payment of its purchase, or the button that asks for it. */
export default function PurchasePayoutsTab({ recordId }: { recordId: string }) {
  const receivable = useApi(openReceivable, { receivableId: recordId })
  return (
    <Loaded from={receivable} rows={4}>
      {value =>
        value.purchase ? (
          <>
            <PurchasePayouts purchase={value.purchase} clientId={value.clientId} />
            <DueCard
              of={{ receivableId: recordId }}
              empty="回収が済むと、留保金の残りと利用者分がここに並び、支払を依頼できます。"
            />
          </>
        ) : (
          <Card title="支払">
            <EmptyState title="まだ買い取っていません" hint="買取の後に、ここから支払を依頼します。" />
          </Card>
        )
      }
    </Loaded>
  )
}

interface PurchaseProps {
  purchase: NonNullable<ReceivableShown['purchase']>
  clientId: string
}

function PurchasePayouts({ purchase, clientId }: PurchaseProps) {
  const whyNot = useWhyNot()
  const [dialog, setDialog] = useState<'prepare' | 'rescind' | null>(null)
  const purchaseId = purchase.id
  const net = useApi(netPayout, { purchaseId })
  const payouts = useApi(listPayouts, { purchaseId, state: [] })
  const shown = net.state === 'ready' ? net.value : null
  const close = () => setDialog(null)
  return (
    <Card
      title="支払"
      note={
        purchase.claims > 1 ? `${purchase.purchaseNo}（債権${purchase.claims}件の買取）` : purchase.purchaseNo
      }
      actions={
        <>
          <ActionButton
            kind="danger"
            disabledReason={
              whyNot('payouts.requestRescission') ?? (shown ? shown.whyNotRescind : '読み込んでいます。')
            }
            onClick={() => setDialog('rescind')}
          >
            買取を解除（送金前）
          </ActionButton>
          <ActionButton
            kind="primary"
            disabledReason={whyNot('payouts.prepare') ?? (shown ? shown.whyNotPay : '読み込んでいます。')}
            onClick={() => setDialog('prepare')}
          >
            支払を依頼
          </ActionButton>
        </>
      }
    >
      <Stack>
        <Loaded from={net} rows={2}>
          {value => (
            <Stack>
              <Waiting net={value} />
              <NetPayoutFacts net={value} />
            </Stack>
          )}
        </Loaded>
        <Loaded from={payouts} rows={3}>
          {({ rows }) =>
            rows.length === 0 ? (
              <EmptyState
                title="支払はまだ依頼されていません"
                hint="依頼の後、別の担当者の確認と承認を経て送金します。"
              />
            ) : (
              rows.map(row => (
                <p key={row.id}>
                  <UiLink href={`/payouts/${row.id}`}>{row.payoutNo}</UiLink>{' '}
                  <PayoutStateTag state={row.state} />
                  {`　${yenText(row.amountYen)}　振込日 `}
                  <DateText date={row.transferOn} />
                </p>
              ))
            )
          }
        </Loaded>
      </Stack>
      {shown && dialog === 'prepare' && (
        <PrepareDialog purchaseId={purchaseId} leftYen={shown.leftYen} onClose={close} />
      )}
      {shown && dialog === 'rescind' && (
        <RescindDialog purchase={purchase} clientId={clientId} onClose={close} />
      )}
    </Card>
  )
}

/** What holds the payment up, or why there is none. */
function Waiting({ net }: { net: NetPayoutShown }) {
  if (net.waiting)
    return (
      <Notice tone="warning" title="差引（相殺）または解除が承認待ちです">
        承認・却下・取下げの後に、支払を進められます。{' '}
        <UiLink href={`/change-requests/${net.waiting.changeRequestId}`}>{net.waiting.changeNo}</UiLink>
      </Notice>
    )
  if (net.stands) return null
  return (
    <Notice tone="neutral" title="解除または買戻しされた債権があります">
      この買取の支払は、新しく依頼できません。
    </Notice>
  )
}

/** FF §4.2: N + fee + charges + tax + reserve = P; what was set off is told beside it and changes none of the parts. */
function NetPayoutFacts({ net }: { net: NetPayoutShown }) {
  return (
    <KeyValue
      items={[
        {
          key: 'net',
          label: '送金額',
          value: <Yen value={net.netYen} />,
          note: `買取額 ${yenText(net.purchasedYen)} − 手数料 ${yenText(net.feeYen)} − 諸費用 ${yenText(net.chargesYen)} − 消費税 ${yenText(net.taxYen)} − 留保金 ${yenText(net.reserveYen)}`,
        },
        { key: 'deducted', label: '相殺による差引', value: <Yen value={net.deductedYen} /> },
        ...(net.stands
          ? [{ key: 'left', label: '実際に振り込む額', value: <Yen value={net.leftYen} strong /> }]
          : []),
      ]}
    />
  )
}

function PrepareDialog({
  purchaseId,
  leftYen,
  onClose,
}: {
  purchaseId: string
  leftYen: number
  onClose: () => void
}) {
  const follow = useFollow()
  const transfer = useTransferDay(null)
  const prepare = useCommand(preparePayout, { onDone: answer => follow(`/payouts/${answer.id}`) })
  return (
    <ConfirmAction
      open
      title={`${yenText(leftYen)} の支払を依頼します`}
      what="顧客の支払先口座へ、買取全体の送金額（差引があれば差引後）を支払います。別の担当者が確認し、さらに別の担当者が承認します。"
      confirmLabel="依頼する"
      reason="none"
      running={prepare.running}
      problem={prepare.problem}
      onConfirm={() => prepare.run({ purchaseId, transferOn: transfer.day ?? '' })}
      onClose={onClose}
    >
      <TransferDayInput {...transfer} />
    </ConfirmAction>
  )
}

function RescindDialog({ purchase, clientId, onClose }: PurchaseProps & { onClose: () => void }) {
  const follow = useFollow()
  const [evidence, setEvidence] = useState<readonly string[]>([])
  const rescind = useCommand(rescindPurchase, {
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
    onDone: onClose,
  })
  return (
    <ConfirmAction
      open
      title={`買取 ${purchase.purchaseNo} の解除を申請します`}
      what={`送金前の解除です。この買取の債権${purchase.claims}件すべてを解除し、支払を取り消し、与信枠を解放します。利用者への請求は生じません。別の担当者が承認すると実行されます。`}
      confirmLabel="承認を申請する"
      danger
      reason="required"
      running={rescind.running}
      problem={rescind.problem}
      onConfirm={reasonText =>
        rescind.run({
          purchaseId: purchase.id,
          change: { reasonCode: 'review', reasonText, evidence: [...evidence] },
        })
      }
      onClose={onClose}
    >
      <EvidenceInput
        required
        record={{ kind: 'party', id: clientId }}
        value={evidence}
        onChange={setEvidence}
        docKind="letter"
      />
    </ConfirmAction>
  )
}
