import type { IsoDate } from '../../src/platform/dates/iso-date.ts'
import { shareOf } from '../../src/platform/money/yen.ts'
import { beforePurchase, collected, type Outcome, outcomeOf } from './book-outcome.ts'
import {
  clientTerms,
  dueDate,
  invoiceNumber,
  payableDate,
  paymentTerm,
  recentDay,
  respelledInvoiceNumber,
  rolledDue,
} from './book-terms.ts'
import type {
  BookClient,
  BookDebtor,
  BookOptions,
  BookPurchase,
  BookReceivable,
  ReceivableState,
} from './book-types.ts'
import { addBankDays, addDays, rollToBankDay } from './calendar.ts'
import { bankAccountOf } from './company.ts'
import { type CompanyCore, companyCore } from './company-core.ts'
import { planOf } from './company-plan.ts'
import { type Random, stream } from './random.ts'

/** Claims are made in blocks of three: one client, one offer, mostly one debtor. One block is one purchase. */
export const BLOCK = 3

const DEBTORS_FROM = 10_000_000
const SPARE_CLIENTS_FROM = 20_000_000

export type BlockClaim = BookReceivable & { outcome: Outcome; paidOn: IsoDate | null }

export type Block = { claims: BlockClaim[]; purchase: BookPurchase | null; client: BookClient }

/** Client `number` of the book. */
export function bookClient(seed: number, number: number, today: IsoDate): BookClient {
  const index = planOf(seed, number).kind === 'public_body' ? SPARE_CLIENTS_FROM + number : number
  const company = companyCore(seed, index)
  const random = stream(seed, 'contract', number)
  return {
    number,
    company,
    account: bankAccountOf(seed, company),
    terms: clientTerms(seed, number, company.plan.kind === 'corporation'),
    contractNo: `M-${String(number + 1).padStart(6, '0')}`,
    executedOn: addDays(today, -random.whole(430, 1500)),
  }
}

/** Debtor `number` of the book; every 25th is a municipality. */
export function bookDebtor(seed: number, number: number): BookDebtor {
  const municipality = number % 25 === 24 ? Math.floor(number / 25) * 250 + 137 : -1
  const index =
    municipality >= 0 && planOf(seed, municipality).kind === 'public_body'
      ? municipality
      : DEBTORS_FROM + number
  const company = companyCore(seed, index)
  return { number, company, account: bankAccountOf(seed, company), paymentTerm: paymentTerm(seed, number) }
}

/** Block `at` of the book: depends on seed, today and the two counts only. */
export function bookBlock(options: BookOptions, at: number): Block {
  const { seed, today } = options
  const random = stream(seed, 'book-block', at)
  const client = bookClient(seed, Math.floor(options.clients * random.next() ** 1.4), today)
  const issuedOn = recentDay(random, today)
  const offeredOn = earlier(addDays(issuedOn, random.whole(1, 8)), today)
  const purchasedOn = addBankDays(offeredOn, random.whole(0, 3))
  const debtors = usualDebtors(options, client.number)
  const first = bookDebtor(seed, random.pick(debtors))
  const oneDebtor = random.chance(0.65)
  const claims: BlockClaim[] = []
  for (let position = 0; position < BLOCK; position++) {
    const number = at * BLOCK + position
    if (number >= options.receivables) break
    const debtor = oneDebtor ? first : bookDebtor(seed, random.pick(debtors))
    claims.push(claimOf(options, number, client, debtor, { issuedOn, offeredOn, purchasedOn }))
  }
  return { claims, purchase: purchaseOf(at, client, claims, rollToBankDay(purchasedOn), today), client }
}

type Days = { issuedOn: IsoDate; offeredOn: IsoDate; purchasedOn: IsoDate }

function claimOf(
  options: BookOptions,
  at: number,
  client: BookClient,
  debtor: BookDebtor,
  days: Days,
): BlockClaim {
  const random = stream(options.seed, 'claim', at)
  const dueOn = dueDate(days.issuedOn, debtor.paymentTerm)
  const dueOnRolled = rolledDue(dueOn, debtor.paymentTerm)
  const payableOn = payableDate(dueOnRolled, client.terms)
  const amounts = amountsOf(client, random)
  const reoffer = at >= BLOCK && random.chance(0.012)
  const base = {
    receivableNo: receivableNoOf(at, days.offeredOn),
    at,
    client: client.number,
    debtor: debtor.number,
    receivableKind: kindOf(client.company, debtor.company, random),
    invoiceNo: invoiceNumber(client.terms.invoiceStyle, days.issuedOn, at + 1),
    issuedOn: days.issuedOn,
    dueOn,
    dueOnRolled,
    payableOn,
    offeredOn: days.offeredOn,
    ...amounts,
  }
  if (reoffer) return offeredAgain(options, base, random)
  const before = beforePurchase(days, options.today, random)
  const outcome = outcomeOf(random)
  const none = { reofferOf: null, purchaseNo: null, collectedYen: 0, openYen: 0, outcome, paidOn: null }
  if (before !== null) return { ...base, ...none, state: before }
  return { ...base, ...none, ...collected(base, client, outcome, options.today, random) }
}

/** The same claim once more, under another spelling, by the same client or another; the offer is refused. */
function offeredAgain(
  options: BookOptions,
  base: Omit<
    BlockClaim,
    'reofferOf' | 'purchaseNo' | 'collectedYen' | 'openYen' | 'outcome' | 'paidOn' | 'state'
  >,
  random: Random,
): BlockClaim {
  const block = random.whole(0, Math.floor(base.at / BLOCK) - 1)
  const first = bookBlock({ ...options, receivables: block * BLOCK + 1 }, block).claims[0]!
  const sameClient = random.chance(0.6)
  const offeredOn = earlier(addDays(first.offeredOn, random.whole(2, 30)), options.today)
  return {
    ...first,
    receivableNo: receivableNoOf(base.at, offeredOn),
    at: base.at,
    client: sameClient ? first.client : base.client,
    invoiceNo: respelledInvoiceNumber(first.invoiceNo, random),
    offeredOn,
    purchaseNo: null,
    collectedYen: 0,
    openYen: 0,
    paidOn: null,
    state: 'rejected',
    reofferOf: first.reofferOf ?? first.receivableNo,
  }
}

function amountsOf(client: BookClient, random: Random) {
  const { terms } = client
  const step = random.chance(0.7) ? 1000 : 1
  const netOfTaxYen = Math.max(
    30_000,
    Math.round((terms.usualYen * (0.3 + 1.9 * random.next())) / step) * step,
  )
  const taxRatePpm = random.chance(0.04) ? 80_000 : 100_000
  const taxYen = shareOf(netOfTaxYen, taxRatePpm)
  const faceYen = netOfTaxYen + taxYen
  const purchasedYen = random.chance(0.92)
    ? faceYen
    : Math.floor((faceYen * random.whole(50, 90)) / 100 / 10_000) * 10_000 || faceYen
  const advanceYen = shareOf(purchasedYen, terms.advancePpm)
  const feeYen = Math.max(shareOf(purchasedYen, terms.feePpm), terms.feeMinimumYen)
  return {
    netOfTaxYen,
    taxRatePpm,
    taxYen,
    faceYen,
    purchasedYen,
    advanceYen,
    reserveYen: purchasedYen - advanceYen,
    feeYen,
  }
}

function purchaseOf(
  at: number,
  client: BookClient,
  claims: BlockClaim[],
  purchasedOn: IsoDate,
  today: IsoDate,
): BookPurchase | null {
  const bought = claims.filter(claim => claim.reofferOf === null && !BEFORE_PURCHASE.has(claim.state))
  if (bought.length === 0 || purchasedOn > today) return null
  const purchaseNo = `P-${String(at + 1).padStart(7, '0')}`
  for (const claim of bought) claim.purchaseNo = purchaseNo
  const sum = (pick: (claim: BlockClaim) => number) => bought.reduce((total, claim) => total + pick(claim), 0)
  const chargesYen = client.terms.legalKind === 'two_party' ? 0 : 400
  const consumptionTaxYen = shareOf(chargesYen, 100_000)
  const advanceYen = sum(claim => claim.advanceYen)
  const feeYen = sum(claim => claim.feeYen)
  return {
    purchaseNo,
    client: client.number,
    contractNo: client.contractNo,
    purchasedOn,
    receivableNos: bought.map(claim => claim.receivableNo),
    purchasedYen: sum(claim => claim.purchasedYen),
    advanceYen,
    reserveYen: sum(claim => claim.reserveYen),
    feeYen,
    chargesYen,
    consumptionTaxYen,
    netYen: advanceYen - feeYen - chargesYen - consumptionTaxYen,
  }
}

export const BEFORE_PURCHASE: ReadonlySet<ReceivableState> = new Set([
  'offered',
  'verifying',
  'verified',
  'approved',
  'rejected',
  'withdrawn',
])

/** Each client sells claims on a few debtors only. */
function usualDebtors(options: BookOptions, client: number): number[] {
  const random = stream(options.seed, 'usual-debtors', client)
  return Array.from({ length: random.whole(1, 6) }, () => Math.floor(options.debtors * random.next() ** 1.6))
}

function kindOf(client: CompanyCore, debtor: CompanyCore, random: Random): BookReceivable['receivableKind'] {
  if (client.industry?.field === 'medical') return 'medical'
  if (client.industry?.field === 'care') return 'care'
  if (debtor.plan.kind === 'public_body') return 'public'
  return random.chance(0.06) ? 'purchase_order' : 'invoice'
}

function receivableNoOf(at: number, offeredOn: IsoDate): string {
  return `R-${offeredOn.slice(0, 4)}-${String(at + 1).padStart(7, '0')}`
}

function earlier(date: IsoDate, limit: IsoDate): IsoDate {
  return date < limit ? date : limit
}
