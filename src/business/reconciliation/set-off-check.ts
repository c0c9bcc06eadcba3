import type { CommandContext } from '../../platform/commands/command.ts'
import { refuseUnless } from '../../platform/commands/refusal.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import type { ContractTerms } from '../contracts/index.ts'
import { recordsOfCompany } from '../parties/index.ts'
import {
  claimIdsOf,
  lockDues,
  type NetPayout,
  netPayouts,
  type PayoutDue,
  paymentOfDue,
} from '../payouts/index.ts'
import { lockReceivables, type Receivable } from '../receivables/index.ts'
import { payingSide, roomOf, termsOfClaim } from './claim-money.ts'
import type { ClientDebtItem } from './tables.ts'

export interface ToSetOff {
  partyId: Id
  ours: readonly { receivableId: Id; item: ClientDebtItem; yen: Yen }[]
  /** Each is a debt of ours or the net payout of a purchase that nobody has asked to pay yet. */
  theirs: readonly { dueId?: Id | undefined; purchaseId?: Id | undefined; yen: Yen }[]
  setOffOn: IsoDate
  noticeOn: IsoDate
}

type LockedClaim = { claim: Receivable; terms: ContractTerms; unbilledYen: Yen }
type LockedPayout = NetPayout & { claims: readonly Receivable[] }

/**
 * Both sides locked and looked at: the same company, equal in yen, nothing more than is owed, no payment under way. All claims, those of
 * the purchases too, are locked in one go and in order of id, so that two set-offs never wait for each other.
 */
export async function checkedSetOff(
  context: CommandContext,
  input: ToSetOff,
): Promise<{
  claims: Map<Id, LockedClaim>
  dues: Map<Id, PayoutDue>
  payouts: Map<Id, LockedPayout>
  amountYen: Yen
}> {
  const { tx } = context
  const amountYen = sound(input, context.today)
  const company = new Set(await recordsOfCompany(tx, input.partyId))
  const purchaseIds = input.theirs.flatMap(one => one.purchaseId ?? [])
  const ourIds = new Set(input.ours.map(one => one.receivableId))
  const locked = await lockReceivables(context, [
    ...new Set([...ourIds, ...(await claimIdsOf(tx, purchaseIds))]),
  ])
  const claims = new Map<Id, LockedClaim>()
  for (const claim of locked)
    if (ourIds.has(claim.id)) claims.set(claim.id, await owed(context, input, claim, company))
  const dueIds = input.theirs.flatMap(one => one.dueId ?? [])
  const dues = new Map((await duesOf(context, dueIds)).map(due => [due.id, due]))
  const payouts = new Map<Id, LockedPayout>()
  for (const net of await netPayouts(tx, { purchaseIds }))
    payouts.set(net.purchaseId, { ...net, claims: locked.filter(one => one.purchase_id === net.purchaseId) })
  for (const [at, one] of input.theirs.entries()) {
    if (one.dueId) await refuseUnlessDueWaits(context, dues.get(one.dueId)!, one.yen, at, company)
    if (one.purchaseId) refuseUnlessPayoutWaits(payouts.get(one.purchaseId), one.yen, at, company)
  }
  return { claims, dues, payouts, amountYen }
}

export async function duesOf(context: CommandContext, ids: readonly Id[]): Promise<PayoutDue[]> {
  return ids.length === 0 ? [] : lockDues(context, ids)
}

/** What can be seen from the input alone; answers the yen of each side. */
function sound(input: ToSetOff, today: IsoDate): Yen {
  for (const field of ['setOffOn', 'noticeOn'] as const)
    refuseUnless(input[field] <= today, 'day_must_not_lie_ahead', { kind: 'invalid', field })
  const amountYen = sumOf(input.ours)
  refuseUnless(amountYen === sumOf(input.theirs), 'set_off_must_be_equal', {
    kind: 'invalid',
    field: 'theirs',
  })
  const keys = [
    ...input.ours.map(one => `${one.receivableId} ${one.item}`),
    ...input.theirs.map(one => one.dueId ?? one.purchaseId),
  ]
  refuseUnless(new Set(keys).size === keys.length, 'set_off_item_must_stand_once', { kind: 'invalid' })
  return amountYen
}

async function owed(
  { tx }: CommandContext,
  input: ToSetOff,
  claim: Receivable,
  company: ReadonlySet<Id>,
): Promise<LockedClaim> {
  refuseUnless(company.has(claim.client_id), 'set_off_parties_must_be_the_same', { field: 'ours' })
  refuseUnless(claim.purchase_id !== null, 'claim_must_be_bought', { field: 'ours' })
  const terms = await termsOfClaim(tx, claim)
  const { open, unbilledYen } = await roomOf(tx, claim, terms, input.setOffOn, 'client')
  const openOf = {
    principal: open.principalYen,
    client_claim: open.clientClaimYen,
    late_damages: open.lateDamagesYen,
    penalty: open.penaltyYen,
    cost: open.costYen,
  }
  for (const [at, one] of input.ours.entries()) {
    if (one.receivableId !== claim.id) continue
    refuseUnless(
      one.item !== 'principal' || payingSide(terms) === 'client',
      'set_off_item_must_be_owed_by_the_client',
      { field: `ours.${at}.item` },
    )
    refuseUnless(one.yen <= openOf[one.item], 'set_off_must_fit_what_is_owed', {
      kind: 'invalid',
      field: `ours.${at}.yen`,
      facts: { receivableNo: claim.receivable_no, openYen: openOf[one.item] },
    })
  }
  return { claim, terms, unbilledYen }
}

async function refuseUnlessDueWaits(
  { tx }: CommandContext,
  due: PayoutDue,
  yen: Yen,
  at: number,
  company: ReadonlySet<Id>,
): Promise<void> {
  refuseUnless(company.has(due.party_id), 'set_off_parties_must_be_the_same', { field: `theirs.${at}.dueId` })
  const waits = due.cancelled_at === null && (await paymentOfDue(tx, due.id)) === null
  refuseUnless(waits, 'due_must_be_waiting', { field: `theirs.${at}.dueId`, facts: { dueNo: due.due_no } })
  refuseUnless(yen <= due.amount_yen - due.set_off_yen, 'set_off_must_fit_the_due', {
    kind: 'invalid',
    field: `theirs.${at}.yen`,
    facts: { dueNo: due.due_no, leftYen: due.amount_yen - due.set_off_yen },
  })
}

/** The payout is still whole: nobody has asked for its payment, and what is left of it covers the deduction. */
function refuseUnlessPayoutWaits(
  payout: LockedPayout | undefined,
  yen: Yen,
  at: number,
  company: ReadonlySet<Id>,
): void {
  const field = `theirs.${at}.purchaseId`
  refuseUnless(payout !== undefined && company.has(payout.clientId), 'set_off_parties_must_be_the_same', {
    field,
  })
  refuseUnless(payout.waits, 'payout_must_not_be_asked_for', {
    field,
    facts: { purchaseNo: payout.purchaseNo },
  })
  refuseUnless(yen <= payout.leftYen, 'set_off_must_fit_the_due', {
    kind: 'invalid',
    field: `theirs.${at}.yen`,
    facts: { purchaseNo: payout.purchaseNo, leftYen: payout.leftYen },
  })
}

function sumOf(parts: readonly { yen: Yen }[]): Yen {
  return parts.reduce((sum, one) => sum + one.yen, 0)
}
