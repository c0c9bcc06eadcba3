import type { CommandContext } from '../../platform/commands/command.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import { currentCompany } from '../access/index.ts'
import type { ContractTerms } from '../contracts/index.ts'
import { settleExposure } from '../credit/index.ts'
import { postJournal, reverseJournal } from '../moneyledger/index.ts'
import { type DueToOpen, openDue, takeDuesBack } from '../payouts/index.ts'
import {
  lockReceivable,
  moveMoney,
  type Receivable,
  reopenRepurchased,
  setLeftToSettle,
  settle,
  stepReceivable,
  subjectsOfReceivable,
} from '../receivables/index.ts'
import { claimBalances, damagesToDate, isLive, leftToSettleYen, termsOfClaim } from './claim-money.ts'
import { DEFAULT_SETTINGS } from './engine/index.ts'
import { judgeShortfall } from './rules/shortfall.ts'
import type { LiableSide, ShortReason } from './tables.ts'

export interface Settled {
  receivableId: Id
  shortfallYen: number
  releaseYen: number
}

/**
 * After money moved: closes the claim when what is open is within tolerance or an accepted fee, books what was let pass, releases the
 * reserve (FF §4.4) and says what is left. Answers null while the claim stays open. The caller has locked the claim.
 */
export async function settleIfCollected(
  context: CommandContext,
  receivableId: Id,
  terms: ContractTerms,
  on: IsoDate,
  shortReason: ShortReason | null,
): Promise<Settled | null> {
  const claim = await lockReceivable(context, receivableId)
  const company = await currentCompany(context.tx)
  const openYen = openOf(claim)
  const verdict = judgeShortfall({
    openYen,
    toleranceYen: company?.settings.toleranceYen ?? 0,
    transferFeesYen: company?.settings.transferFeesYen ?? DEFAULT_SETTINGS.transferFeesYen,
    taxToleranceYen: DEFAULT_SETTINGS.taxToleranceYen,
    reason: shortReason,
  })
  const standing = await standingSettlement(context, receivableId)
  const settled =
    isLive(claim) && verdict.closes && !standing ? await close(context, claim, terms, on, openYen) : null
  await refreshLeft(context, receivableId)
  return settled
}

/** A claim is settled once; damages paid later do not settle it again. */
function standingSettlement({ tx }: CommandContext, receivableId: Id) {
  return tx
    .selectFrom('claim_settlement')
    .selectAll()
    .where('receivable_id', '=', receivableId)
    .where('undone_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
}

function openOf(claim: Receivable): number {
  return Math.max(0, (claim.purchased_yen ?? 0) - claim.collected_yen - claim.diluted_yen)
}

async function close(
  context: CommandContext,
  claim: Receivable,
  terms: ContractTerms,
  on: IsoDate,
  shortfallYen: number,
): Promise<Settled> {
  const { tx, now, actor } = context
  const refs = refsOf(claim)
  const { reserves } = await claimBalances(tx, claim.id)
  const fromReserveYen = Math.min(shortfallYen, reserves)
  const journals = [
    await postJournal(
      context,
      { kind: 'dilution_confirmed', refs, yen: fromReserveYen, fromReserveYen },
      { valueOn: on },
    ),
    await postJournal(
      context,
      { kind: 'shortfall_accepted', refs, yen: shortfallYen - fromReserveYen, borneBy: 'factor' },
      { valueOn: on },
    ),
  ]
  if (shortfallYen > 0)
    await moveMoney(context, {
      receivableId: claim.id,
      on,
      kind: 'confirmed_dilution',
      yen: shortfallYen,
      journalId: journals.find(one => one !== null) ?? null,
    })
  const releaseYen = reserves - fromReserveYen
  const expected = settle({
    purchasedYen: claim.purchased_yen ?? 0,
    advanceYen: claim.advance_yen ?? 0,
    collectedYen: claim.collected_yen,
    dilutionYen: claim.diluted_yen + shortfallYen,
    retentionAbsorbs: terms.retentionAbsorbs,
  })
  if (expected.releaseYen !== releaseYen)
    throw new Error(
      `claim ${claim.receivable_no} would release ${releaseYen} yen, the rule says ${expected.releaseYen}`,
    )
  const released = await postJournal(
    context,
    { kind: 'reserve_released', refs, yen: releaseYen },
    { valueOn: on },
  )
  journals.push(released)
  if (released) await openDue(context, dueOf(claim, 'reserve', releaseYen, released))
  const id = newId()
  await tx
    .insertInto('claim_settlement')
    .values({
      id,
      receivable_id: claim.id,
      settled_on: on,
      shortfall_yen: shortfallYen,
      from_reserve_yen: fromReserveYen,
      release_yen: releaseYen,
      recorded_by: actor.id,
      recorded_at: now.toISOString(),
      undone_at: null,
    })
    .execute()
  const posted = journals.flatMap(journalId => (journalId ? [{ journal_id: journalId }] : []))
  if (posted.length)
    await tx
      .insertInto('match_journal')
      .values(posted.map(one => ({ ...one, match_id: null, settlement_id: id })))
      .execute()
  return { receivableId: claim.id, shortfallYen, releaseYen }
}

/** Takes a settlement back before the money under it is: journals reversed, what was let pass is open again. */
export async function undoSettlement(
  context: CommandContext,
  receivableId: Id,
  reason: string,
): Promise<void> {
  const { tx, now } = context
  const settlement = await standingSettlement(context, receivableId)
  if (!settlement) return
  const journals = await tx
    .selectFrom('match_journal')
    .select('journal_id')
    .where('settlement_id', '=', settlement.id)
    .orderBy('journal_id')
    .execute()
  const ids = journals.map(one => one.journal_id)
  await reclaimPaidDues(context, ids, reason)
  for (const id of ids) await reverseJournal(context, id, reason, { valueOn: settlement.settled_on })
  if (settlement.shortfall_yen > 0)
    await moveMoney(context, {
      receivableId,
      on: settlement.settled_on,
      kind: 'confirmed_dilution',
      yen: -settlement.shortfall_yen,
      journalId: null,
    })
  await tx
    .updateTable('claim_settlement')
    .set({ undone_at: now.toISOString() })
    .where('id', '=', settlement.id)
    .execute()
}

/** What the client is owed from a claim, for the list of repayments. */
export function dueOf(
  claim: Pick<Receivable, 'id' | 'client_id' | 'contract_id' | 'receivable_no' | 'approved_by'>,
  source: 'reserve' | 'client_share' | 'fee_waived' | 'rescission',
  amountYen: Yen,
  journalId: Id,
): DueToOpen {
  return {
    partyId: claim.client_id,
    source,
    amountYen,
    journalId,
    receivableId: claim.id,
    contractId: claim.contract_id,
    aboutNo: claim.receivable_no,
    dealApprovers: [claim.approved_by],
  }
}

/** Journals are about to be reversed: debts not yet paid end with them, and what was paid the client owes back. */
export async function reclaimPaidDues(
  context: CommandContext,
  journalIds: readonly Id[],
  reason: string,
): Promise<void> {
  for (const due of await takeDuesBack(context, journalIds, reason))
    await postJournal(context, {
      kind: 'repayment_reclaimed',
      refs: {
        partyId: due.party_id,
        ...(due.receivable_id ? { receivableId: due.receivable_id } : {}),
        ...(due.contract_id ? { contractId: due.contract_id } : {}),
      },
      yen: due.amount_yen,
    })
}

/** Keeps the claim's sum of what is left equal to the journal, and ends its exposure once nothing is (FF §4.8). */
export async function refreshLeft(context: CommandContext, receivableId: Id): Promise<void> {
  const claim = await lockReceivable(context, receivableId)
  const leftYen = await leftWithDamages(context, claim)
  if (leftYen !== claim.left_to_settle_yen) await setLeftToSettle(context, receivableId, leftYen)
  await closeRepurchased(context, claim, leftYen)
  if (claim.funded_on === null && isLive(claim)) return
  const openYen = openOf(claim)
  const company = await currentCompany(context.tx)
  const ended = !isLive(claim) || (openYen <= (company?.settings.toleranceYen ?? 0) && leftYen === 0)
  await settleExposure(context, receivableId, {
    state: ended ? 'ended' : 'paid',
    amountYen: Math.max(0, (claim.advance_yen ?? 0) - claim.collected_yen),
  })
}

/** What is left on a claim in the journal. Damages that grew on a price of repurchase just paid otherwise than by a deposit are billed first: else it would close without them. */
async function leftWithDamages(context: CommandContext, claim: Receivable): Promise<Yen> {
  const { tx, today } = context
  const balances = await claimBalances(tx, claim.id)
  const leftYen = leftToSettleYen(balances)
  if (claim.state !== 'repurchased' || leftYen !== 0) return leftYen
  const { accruedYen } = await damagesToDate(tx, claim, await termsOfClaim(tx, claim), today)
  const unbilledYen = Math.max(0, accruedYen - balances.damagesIncome)
  await postJournal(context, { kind: 'damages_accrued', refs: refsOf(claim), yen: unbilledYen })
  return unbilledYen
}

/**
 * A repurchased claim is closed once the client owes nothing on it, which frees its number (FF §3, repurchased→closed); a reversal that
 * leaves something open again opens it again (always allowed, from terminal states too).
 */
async function closeRepurchased(context: CommandContext, claim: Receivable, leftYen: Yen): Promise<void> {
  if (claim.state === 'repurchased' && leftYen === 0) {
    await stepReceivable(context, claim, { to: 'closed', reason: '買戻代金の受領' })
    await context.record({
      verb: 'repurchase_paid',
      subjects: subjectsOfReceivable(claim),
      before: { state: 'repurchased' },
      after: { state: 'closed' },
      facts: { summary: claim.receivable_no },
    })
  }
  if (claim.state === 'closed' && leftYen > 0) {
    await reopenRepurchased(context, claim)
    await context.record({
      verb: 'repurchase_open_again',
      subjects: subjectsOfReceivable(claim),
      before: { state: 'closed' },
      after: { state: 'repurchased' },
      facts: { summary: claim.receivable_no },
    })
  }
}

/**
 * A payment of a claim that has ended since was taken back: the principal that is open in the journal again goes where the claim's rest
 * went: to the client's debt after a repurchase or rescission, to the loss after a write-off. The caller has reversed and moved the money.
 */
export async function carryReopened(context: CommandContext, receivableId: Id): Promise<void> {
  const claim = await lockReceivable(context, receivableId)
  if (isLive(claim)) return
  const { purchasedReceivables: openYen } = await claimBalances(context.tx, claim.id)
  if (openYen <= 0) return
  const refs = refsOf(claim)
  if (claim.state === 'written_off')
    await postJournal(context, {
      kind: 'written_off',
      refs,
      item: 'principal',
      yen: openYen,
      fromReserveYen: 0,
    })
  else if (claim.state === 'rescinded')
    await postJournal(context, { kind: 'rescinded', refs, openYen, reserveYen: 0, feeYen: 0 })
  else await postJournal(context, { kind: 'repurchased', refs, openYen, reserveYen: 0 })
}

/** A cost names who owes it, so that the money of each pays its own. */
export function costRefs(claim: Receivable, liable: LiableSide) {
  return { ...refsOf(claim), partyId: liable === 'client' ? claim.client_id : claim.debtor_id }
}

/** Every entry about a claim names the claim, its client and its contract. */
export function refsOf(claim: Pick<Receivable, 'id' | 'client_id' | 'contract_id'>) {
  return {
    receivableId: claim.id,
    partyId: claim.client_id,
    ...(claim.contract_id ? { contractId: claim.contract_id } : {}),
  }
}
