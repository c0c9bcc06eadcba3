import { sql } from 'kysely'
import { found } from '../../platform/commands/refusal.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import type { ContractTerms } from '../contracts/index.ts'
import { ACCOUNTS, type AccountName } from '../moneyledger/index.ts'
import type { Receivable } from '../receivables/index.ts'
import {
  type DamagesTerms,
  damagesRate,
  type LateStretch,
  lateDamages,
  liableForDamages,
} from './rules/damages.ts'
import type { ClaimRoom } from './rules/divide-receipt.ts'
import { STATUTORY_RATES } from './rules/statutory-rates.ts'
import { stretchesFrom, type TakenBackRate, takenBackRate } from './rules/taken-back-damages.ts'
import './tables.ts'

/** The terms a claim was bought under: the version named in its purchase. */
export async function termsOfClaim(db: Db | Tx, claim: Receivable): Promise<ContractTerms> {
  const row = await db
    .selectFrom('purchase as p')
    .innerJoin('contract_version as v', join =>
      join.onRef('v.contract_id', '=', 'p.contract_id').onRef('v.version', '=', 'p.contract_version'),
    )
    .select('v.terms')
    .where('p.id', '=', claim.purchase_id)
    .executeTakeFirst()
  return found(row, 'contract').terms
}

/** Whose money a deposit on the claim is by its terms: the client's where it remits, else the debtor's (FF §1, collection route). */
export function payingSide(terms: ContractTerms): 'client' | 'debtor' {
  return terms.collectionRoute === 'client_remits' ? 'client' : 'debtor'
}

/** Who owes the factor: the client that remits, else the debtor (FF §1, collection route). */
export function payerOf(claim: Pick<Receivable, 'client_id' | 'debtor_id'>, terms: ContractTerms): Id {
  return payingSide(terms) === 'client' ? claim.client_id : claim.debtor_id
}

const BALANCES = [
  'purchasedReceivables',
  'reserves',
  'clientClaims',
  'accruedDamages',
  'accruedPenalties',
  'recoverableCosts',
  'clientShare',
  'damagesIncome',
] as const satisfies AccountName[]

/** `debtorCosts` is the part of the recoverable costs which the debtor owes; the rest is the client's. */
export type ClaimBalances = Record<(typeof BALANCES)[number] | 'debtorCosts', Yen>

/** Accounts of what a client owes on a claim besides the claim itself. */
export const CLIENT_DEBTS = sql.join(
  [ACCOUNTS.clientClaims, ACCOUNTS.accruedDamages, ACCOUNTS.accruedPenalties, ACCOUNTS.recoverableCosts].map(
    ({ code }) => sql.lit(code),
  ),
)

/** What the journal says of one claim, yen, each account on its own side; reversals included. */
export async function claimBalances(db: Db | Tx, receivableId: Id): Promise<ClaimBalances> {
  const rows = await db
    .selectFrom('ledger_entry')
    .select([
      'account_code',
      sql<number>`sum(case side when 'debit' then amount_yen else -amount_yen end)::bigint`.as('debit'),
      sql<number>`coalesce(sum(case side when 'debit' then amount_yen else -amount_yen end) filter (
        where party_id = (select debtor_id from receivable where id = ${receivableId})), 0)::bigint`.as(
        'debtors',
      ),
    ])
    .where('receivable_id', '=', receivableId)
    .groupBy('account_code')
    .execute()
  const debits = new Map(rows.map(row => [row.account_code, row.debit]))
  const balance = (name: AccountName) => {
    const { code, nature } = ACCOUNTS[name]
    const debit = debits.get(code) ?? 0
    return (nature === 'asset' || nature === 'expense' ? debit : -debit) + 0
  }
  const costs = rows.find(row => row.account_code === ACCOUNTS.recoverableCosts.code)
  const balances = Object.fromEntries(BALANCES.map(name => [name, balance(name)]))
  return { ...balances, debtorCosts: costs?.debtors ?? 0 } as ClaimBalances
}

/** What is left to settle on a claim: reserve undecided, claims on the client, damages, penalty, costs and the client's share (FF §3). */
export function leftToSettleYen(balances: ClaimBalances): Yen {
  const { reserves, clientClaims, accruedDamages, accruedPenalties, recoverableCosts, clientShare } = balances
  return reserves + clientClaims + accruedDamages + accruedPenalties + recoverableCosts + clientShare
}

/** Whether a bought claim is still to be collected; written off or taken back, it bears nothing and takes no principal any more. */
export function isLive(claim: Pick<Receivable, 'state'>): boolean {
  return ['purchased', 'dunning', 'legal'].includes(claim.state)
}

/** Whether the client took a claim back: then what is left is owed by the client alone, whoever was to pay before. */
export function isTakenBack(claim: Pick<Receivable, 'state'>): boolean {
  return ['repurchased', 'rescinded', 'closed'].includes(claim.state)
}

export interface Damages {
  /** Grown from `payable_on` to `asOf`, paid or not. */
  accruedYen: Yen
  ratePpm: number
  liable: 'client' | 'debtor' | 'nobody'
  stretches: LateStretch[]
  /** On what the client owes for a claim it took back, from its due day; part of `accruedYen`. */
  afterwards: { dueOn: IsoDate; rate: TakenBackRate; stretches: LateStretch[]; yen: Yen } | null
}

/**
 * Late damages on a claim up to a day: the balances it really had, one floor over the whole accrual (FF §4.5). Only what the client
 * holds back; a debtor owes by terms of its own, which are not ours to reckon; none from the day of a debtor's insolvency. What the
 * client owes for a claim it took back bears damages of its own from its due day, a second accrual with its own floor.
 */
export async function damagesToDate(
  db: Db | Tx,
  claim: Receivable,
  terms: ContractTerms,
  asOf: IsoDate,
): Promise<Damages> {
  const insolvency = await db
    .selectFrom('debtor_insolvency')
    .select('since_on')
    .where('receivable_id', '=', claim.id)
    .executeTakeFirst()
  const liable = liableForDamages({
    collectionRoute: terms.collectionRoute,
    cause: insolvency ? 'debtor_insolvency' : 'withheld',
  })
  const takenBack = isTakenBack(claim) ? await standingTakeBack(db, claim.id) : null
  const ends = [asOf, insolvency?.since_on, takenBack?.taken_on]
  const until = ends.reduce<IsoDate>((first, day) => (day && day < first ? day : first), asOf)
  const ratePpm = damagesRate(damagesTerms(terms), claim.payable_on)
  const afterwards = takenBack ? await damagesSince(db, claim, terms, takenBack, asOf) : null
  if (terms.collectionRoute !== 'client_remits' || until <= claim.payable_on)
    return { accruedYen: afterwards?.yen ?? 0, ratePpm, liable, stretches: [], afterwards }
  const moves = await db
    .selectFrom('receivable_movement')
    .select(['moved_on', sql<number>`sum(amount_yen)::bigint`.as('yen')])
    .where('receivable_id', '=', claim.id)
    .where('kind', 'in', ['collection', 'confirmed_dilution'])
    .where('moved_on', '<', until)
    .groupBy('moved_on')
    .orderBy('moved_on')
    .execute()
  const stretches = stretchesOf(claim.purchased_yen ?? 0, claim.payable_on, until, moves)
  const accruedYen = lateDamages(stretches, ratePpm, terms.dayCount) + (afterwards?.yen ?? 0)
  return { accruedYen, ratePpm, liable, stretches, afterwards }
}

const damagesTerms = (terms: ContractTerms): DamagesTerms => ({
  agreedPpm: terms.lateRatePpm,
  statutoryRates: STATUTORY_RATES,
  dayCount: terms.dayCount,
})

/** The repurchase or rescission of a claim that stands: from its day the claim is the client's own again and holds nothing of ours back. */
async function standingTakeBack(db: Db | Tx, receivableId: Id) {
  const row = await db
    .selectFrom('claim_take_back')
    .select(['taken_on', 'due_on', 'ground', 'owed_yen'])
    .where('receivable_id', '=', receivableId)
    .where('undone_at', 'is', null)
    .executeTakeFirst()
  return row ?? null
}

/** Damages on what the client owes for the claim it took back, by what of it was open each day; none where no due day was named. */
async function damagesSince(
  db: Db | Tx,
  claim: Receivable,
  terms: ContractTerms,
  takenBack: NonNullable<Awaited<ReturnType<typeof standingTakeBack>>>,
  asOf: IsoDate,
): Promise<Damages['afterwards']> {
  const { due_on: dueOn, ground, owed_yen: owedYen } = takenBack
  if (dueOn === null) return null
  const { rows } = await sql<{ on: IsoDate; all_yen: number; taken_yen: number }>`
    select e.value_on as on, sum(sum(case e.side when 'debit' then e.amount_yen else -e.amount_yen end)) over (order by e.value_on)::bigint
        as all_yen,
      coalesce(sum(sum(case e.side when 'debit' then e.amount_yen else -e.amount_yen end)
        filter (where j.event_kind in ('repurchased', 'rescinded'))) over (order by e.value_on), 0)::bigint as taken_yen
    from ledger_entry e join journal j on j.id = e.journal_id
    where e.receivable_id = ${claim.id} and e.account_code = ${ACCOUNTS.clientClaims.code}
    group by e.value_on order by e.value_on`.execute(db)
  // What else the client owes on the claim (a dilution) has no due day of ours: only the price of the claim that went back bears damages.
  const changes = rows.map(row => ({
    on: row.on,
    owedYen: Math.max(0, Math.min(row.all_yen, row.taken_yen)),
  }))
  const rate = takenBackRate(damagesTerms(terms), { dueOn, ground, owedYen })
  const stretches = stretchesFrom(changes, dueOn, asOf)
  return { dueOn, rate, stretches, yen: lateDamages(stretches, rate.ratePpm, terms.dayCount) }
}

function stretchesOf(
  purchasedYen: Yen,
  payableOn: IsoDate,
  until: IsoDate,
  moves: readonly { moved_on: IsoDate; yen: Yen }[],
): LateStretch[] {
  const stretches: LateStretch[] = []
  let [balanceYen, from] = [purchasedYen, payableOn]
  for (const move of moves) {
    if (move.moved_on > from) {
      stretches.push({ balanceYen, from, to: move.moved_on })
      from = move.moved_on
    }
    balanceYen -= move.yen
  }
  stretches.push({ balanceYen, from, to: until })
  return stretches.filter(stretch => stretch.balanceYen > 0)
}

/**
 * What a claim can take of a deposit received on a day, damages up to that day included. What the client owes (costs, penalty, its
 * own claim) is never taken from the debtor's money, costs which the debtor owes are; the client's unpurchased part comes from the debtor only (FF §4.4, §4.5).
 */
export async function roomOf(
  db: Db | Tx,
  claim: Receivable,
  terms: ContractTerms,
  receivedOn: IsoDate,
  payer: 'client' | 'debtor',
): Promise<ClaimRoom & { balances: ClaimBalances; damages: Damages; unbilledYen: Yen }> {
  const [balances, damages, clientShareYen] = await Promise.all([
    claimBalances(db, claim.id),
    damagesToDate(db, claim, terms, receivedOn),
    payer === 'debtor' ? clientPartLeft(db, claim, terms) : 0,
  ])
  const ofClient = (yen: Yen) => (payer === 'client' ? Math.max(0, yen) : 0)
  const unbilledYen = Math.max(0, damages.accruedYen - balances.damagesIncome)
  return {
    open: {
      costYen:
        payer === 'client'
          ? Math.max(0, balances.recoverableCosts - balances.debtorCosts)
          : balances.debtorCosts,
      lateDamagesYen: Math.max(0, balances.accruedDamages + unbilledYen),
      penaltyYen: ofClient(balances.accruedPenalties),
      principalYen: isLive(claim)
        ? Math.max(0, (claim.purchased_yen ?? 0) - claim.collected_yen - claim.diluted_yen)
        : 0,
      clientClaimYen: ofClient(balances.clientClaims),
    },
    clientShareYen,
    order: terms.applicationOrder,
    balances,
    damages,
    unbilledYen,
  }
}

/** What of the unpurchased part may still come in for the client, where the money passes through the factor (FF §4.4). */
async function clientPartLeft(db: Db | Tx, claim: Receivable, terms: ContractTerms): Promise<Yen> {
  if (terms.collectionRoute === 'client_remits' || !isLive(claim)) return 0
  const eligibleYen = claim.face_yen - claim.deductions_yen - claim.ineligible_yen
  const unpurchasedYen = eligibleYen - (claim.purchased_yen ?? 0)
  if (unpurchasedYen <= 0) return 0
  const [diluted, received] = await Promise.all([
    db
      .selectFrom('dilution')
      .select(sql<number>`coalesce(sum(total_yen - bought_yen), 0)::bigint`.as('yen'))
      .where('receivable_id', '=', claim.id)
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('allocation as a')
      .innerJoin('reconciliation_match as m', 'm.id', 'a.match_id')
      .select(sql<number>`coalesce(sum(a.yen), 0)::bigint`.as('yen'))
      .where('a.receivable_id', '=', claim.id)
      .where('a.kind', '=', 'client_share')
      .where('m.undone_at', 'is', null)
      .executeTakeFirstOrThrow(),
  ])
  return Math.max(0, unpurchasedYen - diluted.yen - received.yen)
}
