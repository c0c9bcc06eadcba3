import { payoutAccount } from '../../business/accounts/index.ts'
import {
  approvePayoutCommand,
  checkPayoutCommand,
  confirmPayoutsCommand,
  createBatchCommand,
  preparePayoutCommand,
  sendBatchCommand,
} from '../../business/payouts/index.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { DemoPurchase } from './data/demo-types.ts'
import type { Seeding } from './seed.ts'
import { inParallel } from './seed-parties.ts'

const AT_ONCE = 10
/** What our bank takes from us for a transfer. */
const TRANSFER_FEE_YEN = 330

/**
 * The price of every purchase is asked for by operations, checked by accounting, approved by the manager, and sent in the bank file of its
 * day. The newest one still waits for the manager; one to an account in another name stops after the check.
 */
export async function seedPayouts(
  seeding: Seeding,
  purchases: ReadonlyMap<string, Id>,
  fromAccountId: Id,
): Promise<void> {
  const paid = seeding.demo.purchases
    .filter(one => purchases.has(one.key))
    .toSorted((a, b) => a.purchasedOn.localeCompare(b.purchasedOn))
  const newest = paid.pop()
  const payoutIds = new Map<string, Id>()
  await inParallel(paid, AT_ONCE, async purchase => {
    const payoutId = await checkedPayout(seeding, purchase, purchases.get(purchase.key)!)
    if (await isHeldBySomebodyElse(seeding, purchase)) return
    await seeding
      .on(purchase.purchasedOn)
      .runByTwo('accounting', 'manager', approvePayoutCommand, approval(payoutId), `pay-${purchase.key}`)
    payoutIds.set(purchase.key, payoutId)
  })
  const approved = paid.filter(purchase => payoutIds.has(purchase.key))
  await inParallel([...new Set(approved.map(dayOf))], AT_ONCE, day =>
    sendFile(
      seeding.on(day),
      day,
      approved.filter(purchase => dayOf(purchase) === day).map(purchase => payoutIds.get(purchase.key)!),
      fromAccountId,
    ),
  )
  if (!newest) return
  const payoutId = await checkedPayout(seeding, newest, purchases.get(newest.key)!)
  await seeding.run('accounting', approvePayoutCommand, approval(payoutId), `pay-${newest.key}`)
}

async function isHeldBySomebodyElse(seeding: Seeding, { client }: DemoPurchase): Promise<boolean> {
  const account = await seeding.look(({ tx }) => payoutAccount(tx, seeding.parties.get(client)!))
  return account?.holder_match === 'different'
}

function dayOf(purchase: DemoPurchase): IsoDate {
  return purchase.paidOn ?? purchase.purchasedOn
}

function approval(payoutId: Id) {
  return { payoutId, change: { reasonCode: 'review', reasonText: '契約書・請求書・口座を確認' } }
}

async function checkedPayout(seeding: Seeding, purchase: DemoPurchase, purchaseId: Id): Promise<Id> {
  const day = seeding.on(purchase.purchasedOn)
  const input = { purchaseId, transferOn: dayOf(purchase) }
  const prepared: { id: Id } = await day.run(
    'operations',
    preparePayoutCommand,
    input,
    `payout-${purchase.key}`,
  )
  await day.run('accounting', checkPayoutCommand, { payoutId: prepared.id }, `check-${purchase.key}`)
  return prepared.id
}

async function sendFile(
  seeding: Seeding,
  day: IsoDate,
  payoutIds: readonly Id[],
  fromAccountId: Id,
): Promise<void> {
  const batch: { id: Id } = await seeding.run(
    'accounting',
    createBatchCommand,
    { payoutIds: payoutIds.toSorted(), fromAccountId, transferOn: day },
    `batch-${day}`,
  )
  await seeding.run('accounting', sendBatchCommand, { batchId: batch.id }, `batch-sent-${day}`)
  await seeding.run(
    'accounting',
    confirmPayoutsCommand,
    { payoutIds: payoutIds.toSorted(), confirmedOn: day, transferFeeYen: TRANSFER_FEE_YEN },
    `batch-confirmed-${day}`,
  )
}
