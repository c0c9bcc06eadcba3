import type { CommandContext } from '../../platform/commands/command.ts'
import { Refusal, refuseUnless } from '../../platform/commands/refusal.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import { postJournal } from '../moneyledger/index.ts'
import { afterAct, lockPayment, movePayment, type Payment } from '../payments/index.ts'
import { openDue } from '../payouts/index.ts'
import { lockReceivables, moveMoney, type Receivable, subjectsOfReceivable } from '../receivables/index.ts'
import { learnPayer } from './aliases.ts'
import { isLive, isTakenBack, payerOf, payingSide, roomOf, termsOfClaim } from './claim-money.ts'
import type { Reason } from './engine/index.ts'
import { divideReceipt } from './rules/divide-receipt.ts'
import { dueOf, refreshLeft, refsOf, type Settled, settleIfCollected } from './settle-claim.ts'
import type { AllocationKind, MatchMethod, ShortReason } from './tables.ts'

export interface MatchToApply {
  paymentId: Id
  /** Yen of the deposit for each claim; what is left over belongs to the payer. */
  lines: readonly { receivableId: Id; yen: Yen; paidByClient?: boolean }[]
  /** Whose the excess is, when no line tells. */
  partyId: Id | null
  method: MatchMethod
  score: number | null
  reasons: readonly Reason[]
  shortReason: ShortReason | null
}

interface Part {
  receivable_id: Id | null
  party_id: Id
  kind: AllocationKind
  yen: Yen
}

const PAYABLE = ['purchased', 'dunning', 'legal', 'written_off', 'repurchased', 'rescinded']

/**
 * Applies one deposit to claims (消込): divides each claim's part, books one journal, moves the claims' sums, settles what is paid
 * in full. Σ allocations = deposit. Refusals: payment_must_be_waiting, claim_must_be_open, allocation_must_fit_the_claim,
 * allocations_must_fit_the_deposit.
 */
export async function applyMatch(context: CommandContext, match: MatchToApply) {
  const { tx, actor, now } = context
  const payment = await lockPayment(context, match.paymentId)
  refuseUnless(payment.taken_back_by === null, 'payment_must_not_be_taken_back')
  refuseUnless(afterAct(payment.state, 'apply') !== null, 'payment_must_be_waiting')
  const claims = await lockedClaims(context, match)
  const { parts, accruals, payers } = await divided(context, payment, match, claims)
  const sharedPayer = new Set(payers.values()).size === 1 ? [...payers.values()][0]! : null
  const appliedYen = parts.reduce((sum, part) => sum + part.yen, 0)
  const excessYen = payment.amount_yen - appliedYen
  const owner = match.partyId ?? sharedPayer
  if (excessYen > 0) {
    refuseUnless(owner !== null, 'excess_must_have_an_owner', { kind: 'invalid', field: 'partyId' })
    parts.push({ receivable_id: null, party_id: owner, kind: 'excess', yen: excessYen })
  }
  const id = newId()
  const journals: Id[] = [...accruals]
  const applied = await postJournal(
    context,
    { kind: 'deposit_applied', items: parts.map(part => itemOf(part, claims)) },
    { valueOn: payment.received_on },
  )
  if (applied) journals.push(applied)
  journals.push(...(await handOverClientShares(context, payment, claims, parts)))
  const alias =
    match.method === 'auto' || sharedPayer === null ? null : await learnPayer(context, payment, sharedPayer)
  const { match_no } = await tx
    .insertInto('reconciliation_match')
    .values({
      id,
      payment_id: payment.id,
      amount_yen: payment.amount_yen,
      received_on: payment.received_on,
      method: match.method,
      score: match.score === null ? null : String(match.score),
      reasons: JSON.stringify(match.reasons),
      short_reason: match.shortReason,
      confirmed_by: actor.id,
      confirmed_at: now.toISOString(),
      alias_id: alias,
      undone_by: null,
      undone_at: null,
      undo_reason: null,
    })
    .returning('match_no')
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('allocation')
    .values(parts.map((part, at) => ({ match_id: id, line_no: at + 1, ...part })))
    .execute()
  await tx
    .insertInto('match_journal')
    .values(journals.map(journalId => ({ journal_id: journalId, match_id: id, settlement_id: null })))
    .execute()
  const settled = await moveClaims(context, payment, match, claims, parts, applied)
  const state = await movePayment(context, payment, {
    act: excessYen > 0 ? 'apply_in_part' : 'apply',
    values: { applied_yen: appliedYen, party_id: owner, held_reason: null },
  })
  await tx.deleteFrom('match_proposal').where('payment_id', '=', payment.id).execute()
  const subjects = new Map([...claims.values()].flatMap(subjectsOfReceivable).map(one => [one.id, one]))
  await context.record({
    verb: 'payment_matched',
    subjects: [
      { kind: 'payment_in', id: payment.id },
      { kind: 'reconciliation_match', id },
      ...subjects.values(),
      ...(owner && !subjects.has(owner) ? [{ kind: 'party', id: owner }] : []),
    ],
    before: { state: payment.state },
    after: {
      state,
      allocations: parts.map(part => ({ receivableId: part.receivable_id, kind: part.kind, yen: part.yen })),
      settled: settled.map(one => ({ ...one })),
    },
    facts: {
      summary: `${match_no}　${payment.amount_yen.toLocaleString('ja-JP')}円`,
      method: match.method,
      rules: match.reasons.map(one => one.rule),
    },
  })
  return { id, matchNo: match_no, excessYen, settled, state }
}

/** What came in for the client's own part of a claim goes to the client, like a released reserve (FF §2 F3, §4.4). */
async function handOverClientShares(
  context: CommandContext,
  payment: Payment,
  claims: ReadonlyMap<Id, Receivable>,
  parts: readonly Part[],
): Promise<Id[]> {
  const journals: Id[] = []
  for (const part of parts) {
    const claim = part.receivable_id ? claims.get(part.receivable_id) : undefined
    if (part.kind !== 'client_share' || !claim) continue
    const journalId = await postJournal(
      context,
      { kind: 'refund_decided', refs: refsOf(claim), from: 'client_share', yen: part.yen },
      { valueOn: payment.received_on },
    )
    if (!journalId) continue
    await openDue(context, dueOf(claim, 'client_share', part.yen, journalId))
    journals.push(journalId)
  }
  return journals
}

async function lockedClaims(context: CommandContext, match: MatchToApply): Promise<Map<Id, Receivable>> {
  const ids = match.lines.map(line => line.receivableId)
  refuseUnless(new Set(ids).size === ids.length, 'claim_must_stand_once', { kind: 'invalid', field: 'lines' })
  const claims = ids.length ? await lockReceivables(context, ids) : []
  for (const claim of claims)
    refuseUnless(PAYABLE.includes(claim.state) && claim.purchase_id !== null, 'claim_must_be_open', {
      facts: { receivableNo: claim.receivable_no },
    })
  return new Map(claims.map(claim => [claim.id, claim]))
}

/** Each line's parts by the terms of its claim; damages that grew until the deposit came are booked first. */
async function divided(
  context: CommandContext,
  payment: Payment,
  match: MatchToApply,
  claims: ReadonlyMap<Id, Receivable>,
) {
  const total = match.lines.reduce((sum, line) => sum + line.yen, 0)
  refuseUnless(total <= payment.amount_yen, 'allocations_must_fit_the_deposit', {
    kind: 'invalid',
    field: 'lines',
    facts: { totalYen: total, amountYen: payment.amount_yen },
  })
  const parts: Part[] = []
  const accruals: Id[] = []
  const payers = new Map<Id, Id>()
  for (const [at, line] of match.lines.entries()) {
    const claim = claims.get(line.receivableId)!
    const terms = await termsOfClaim(context.tx, claim)
    const byClient = line.paidByClient || isTakenBack(claim)
    const party_id = byClient ? claim.client_id : payerOf(claim, terms)
    payers.set(claim.id, party_id)
    const payer = byClient ? 'client' : payingSide(terms)
    const room = await roomOf(context.tx, claim, terms, payment.received_on, payer)
    if (claim.state === 'written_off') {
      parts.push(...afterWriteOff(claim, party_id, line.yen, room.open.costYen))
      continue
    }
    const accrual = await postJournal(
      context,
      { kind: 'damages_accrued', refs: refsOf(claim), yen: room.unbilledYen },
      { valueOn: payment.received_on },
    )
    if (accrual) accruals.push(accrual)
    const { parts: own, excessYen } = divideReceipt(line.yen, room)
    if (excessYen > 0)
      throw new Refusal('invalid', [
        {
          code: 'allocation_must_fit_the_claim',
          field: `lines.${at}.yen`,
          facts: { receivableNo: claim.receivable_no, mostYen: line.yen - excessYen },
        },
      ])
    for (const part of own) parts.push({ receivable_id: claim.id, party_id, ...part })
  }
  return { parts, accruals, payers }
}

/** What comes in after the write-off pays costs advanced for the payer first; the rest is a recovery (FF §4.5). */
function afterWriteOff(claim: Receivable, party_id: Id, yen: Yen, costYen: Yen): Part[] {
  const paid = Math.min(yen, costYen)
  const parts: Part[] = [
    { receivable_id: claim.id, party_id, kind: 'cost', yen: paid },
    { receivable_id: claim.id, party_id, kind: 'recovery', yen: yen - paid },
  ]
  return parts.filter(part => part.yen > 0)
}

function itemOf(part: Part, claims: ReadonlyMap<Id, Receivable>) {
  const claim = part.receivable_id ? claims.get(part.receivable_id) : undefined
  // A cost is owed by whom it was advanced for: its payer.
  const refs = claim
    ? { ...refsOf(claim), ...(part.kind === 'cost' ? { partyId: part.party_id } : {}) }
    : { partyId: part.party_id }
  const item = part.kind as
    | 'principal'
    | 'late_damages'
    | 'penalty'
    | 'cost'
    | 'client_claim'
    | 'client_share'
    | 'recovery'
    | 'excess'
  return { item, yen: part.yen, ...refs }
}

async function moveClaims(
  context: CommandContext,
  payment: Payment,
  match: MatchToApply,
  claims: ReadonlyMap<Id, Receivable>,
  parts: readonly Part[],
  journalId: Id | null,
): Promise<Settled[]> {
  const settled: Settled[] = []
  for (const claim of claims.values()) {
    const yenOf = (kind: AllocationKind) =>
      parts
        .filter(part => part.receivable_id === claim.id && part.kind === kind)
        .reduce((sum, part) => sum + part.yen, 0)
    const money = [
      { kind: 'collection' as const, yen: yenOf('principal') },
      { kind: 'recovery' as const, yen: yenOf('recovery') },
    ]
    for (const { kind, yen } of money)
      if (yen > 0)
        await moveMoney(context, { receivableId: claim.id, on: payment.received_on, kind, yen, journalId })
    if (!isLive(claim)) {
      await refreshLeft(context, claim.id)
      continue
    }
    const terms = await termsOfClaim(context.tx, claim)
    const done = await settleIfCollected(context, claim.id, terms, payment.received_on, match.shortReason)
    if (done) settled.push(done)
  }
  return settled
}
