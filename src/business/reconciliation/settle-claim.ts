import type { CommandContext } from '../../platform/commands/command.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import { currentCompany } from '../access/index.ts'
import type { ContractTerms } from '../contracts/index.ts'
import { settleExposure } from '../credit/index.ts'
import { postJournal, reverseJournal } from '../moneyledger/index.ts'
import { type DueToOpen, openDue, takeDuesBack } from '../payouts/index.ts'
import { lockReceivable, moveMoney, type Receivable, setLeftToSettle, settle } from '../receivables/index.ts'
import { claimBalances, leftToSettleYen } from './claim-money.ts'
import { DEFAULT_SETTINGS } from './engine/index.ts'
import { judgeShortfall } from './rules/shortfall.ts'
import type { ShortReason } from './tables.ts'

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
  const settled = verdict.closes && !standing ? await close(context, claim, terms, on, openYen) : null
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
  source: 'reserve' | 'client_share' | 'fee_waived',
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
  const leftYen = leftToSettleYen(await claimBalances(context.tx, receivableId))
  if (leftYen !== claim.left_to_settle_yen) await setLeftToSettle(context, receivableId, leftYen)
  if (claim.funded_on === null) return
  const openYen = openOf(claim)
  const company = await currentCompany(context.tx)
  const ended = openYen <= (company?.settings.toleranceYen ?? 0) && leftYen === 0
  await settleExposure(context, receivableId, {
    state: ended ? 'ended' : 'paid',
    amountYen: Math.max(0, (claim.advance_yen ?? 0) - claim.collected_yen),
  })
}

/** Every entry about a claim names the claim, its client and its contract. */
export function refsOf(claim: Pick<Receivable, 'id' | 'client_id' | 'contract_id'>) {
  return {
    receivableId: claim.id,
    partyId: claim.client_id,
    ...(claim.contract_id ? { contractId: claim.contract_id } : {}),
  }
}
