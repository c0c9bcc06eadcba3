import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useToday, useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import {
  ActionButton,
  Card,
  ConfirmAction,
  EmptyState,
  FieldInput,
  Loaded,
  UiLink,
  yenText,
} from '../../../ui/index.ts'
import { openReceivable } from '../../receivables/contract.ts'
import { listPayouts, preparePayout } from '../contract.ts'
import { DueCard } from './DueCard.tsx'
import { PayoutStateTag } from './payout-words.tsx'

/** On a claim's page: the payment of its purchase, or the button that asks for it. */
export default function PurchasePayoutsTab({ recordId }: { recordId: string }) {
  const receivable = useApi(openReceivable, { receivableId: recordId })
  return (
    <Loaded from={receivable} rows={4}>
      {value =>
        value.purchase ? (
          <>
            <PurchasePayouts purchaseId={value.purchase.id} netYen={value.purchase.netYen} />
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

function PurchasePayouts({ purchaseId, netYen }: { purchaseId: string; netYen: number }) {
  const whyNot = useWhyNot()
  const follow = useFollow()
  const [open, setOpen] = useState(false)
  const [on, setOn] = useState<string | null>(useToday())
  const payouts = useApi(listPayouts, { purchaseId, state: [] })
  const prepare = useCommand(preparePayout, { onDone: answer => follow(`/payouts/${answer.id}`) })
  const live = payouts.state === 'ready' && payouts.value.rows.some(row => row.state !== 'cancelled')
  return (
    <Card
      title="支払"
      actions={
        <ActionButton
          kind="primary"
          disabledReason={
            whyNot('payouts.prepare') ?? (live ? 'この買取の支払は既に依頼されています。' : null)
          }
          onClick={() => setOpen(true)}
        >
          支払を依頼
        </ActionButton>
      }
    >
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
                {`　${yenText(row.amountYen)}　振込日 ${row.transferOn}`}
              </p>
            ))
          )
        }
      </Loaded>
      <ConfirmAction
        open={open}
        title={`${yenText(netYen)} の支払を依頼します`}
        what="顧客の支払先口座へ、買取全体の送金額を支払います。別の担当者が確認し、さらに別の担当者が承認します。"
        confirmLabel="依頼する"
        reason="none"
        running={prepare.running}
        problem={prepare.problem}
        onConfirm={() => prepare.run({ purchaseId, transferOn: on ?? '' })}
        onClose={() => setOpen(false)}
      >
        <FieldInput
          field={{ name: 'transferOn', type: 'date', label: '振込日', required: true }}
          value={on}
          onChange={setOn}
        />
      </ConfirmAction>
    </Card>
  )
}
