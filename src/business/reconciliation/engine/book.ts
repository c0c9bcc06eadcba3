import type { Yen } from '../../../platform/money/yen.ts'
import { type Claim, existedOn, oldestFirst, payableClaims } from './claims-of-payer.ts'
import type { Identity, PayerIndex } from './payer-index.ts'
import { type Quote, quotedReferences, referenceKey } from './quoted-references.ts'
import type { Allocation, Deposit, Match, OpenReceivable, Reason, ReconcileSettings } from './types.ts'

/** A deposit on its way through the rules. */
export type Work = {
  deposit: Deposit
  identity: Identity
  /** Open claims whose number the EDI text quotes, one list per number. */
  strongQuotes: Claim[][]
  weakQuotes: Claim[][]
  /** How many explanations the claims of the certain payer gave; null until they were looked for. */
  explanations: number | null
  match: Match | null
}

/** The open claims of a run and what is taken from them. */
export class Book {
  readonly settings: ReconcileSettings
  readonly index: PayerIndex
  readonly #byPayer = new Map<string, Claim[]>()
  readonly #byReference = new Map<string, Claim[]>()
  readonly #byAmount = new Map<Yen, Claim[]>()

  constructor(receivables: OpenReceivable[], index: PayerIndex, settings: ReconcileSettings) {
    this.settings = settings
    this.index = index
    for (const receivable of receivables) {
      const { amount, invoiceNumber, payerId } = receivable
      if (amount <= 0) continue
      const key = invoiceNumber === '' ? '' : referenceKey(invoiceNumber)
      const claim: Claim = { receivable, key, openYen: amount, unclaimedYen: amount, contested: false }
      push(this.#byPayer, payerId, claim)
      push(this.#byAmount, amount, claim)
      if (key !== '') push(this.#byReference, key, claim)
    }
    for (const claims of [...this.#byPayer.values(), ...this.#byReference.values()]) claims.sort(oldestFirst)
  }

  /**
   * Claims of a payer a deposit may pay, oldest first. `left` = also without what proposals of this run speak
   * for.
   */
  payable(payerId: string, deposit: Deposit, left = false): Claim[] {
    const claims = this.#byPayer.get(payerId) ?? []
    return payableClaims(claims, deposit.depositedOn, claim => (left ? claim.unclaimedYen : claim.openYen))
  }

  /**
   * The single untouched claim of any payer with this amount that a deposit may pay; null when there is none,
   * or more.
   */
  onlyOfAmount(amountYen: Yen, deposit: Deposit): Claim | null {
    let only: Claim | null = null
    for (const claim of this.#byAmount.get(amountYen) ?? []) {
      if (claim.unclaimedYen !== amountYen || !existedOn(claim, deposit.depositedOn)) continue
      if (only !== null) return null
      only = claim
    }
    return only
  }

  /**
   * The numbers a deposit quotes, as open claims. A number half the book uses (1, 2, 3 …) says something only
   * beside a name.
   */
  quotesOf(deposit: Deposit, { payers }: Identity): { strong: Claim[][]; weak: Claim[][] } {
    if (deposit.edi === '') return NO_QUOTES
    const quotes = quotedReferences(deposit.edi, key => this.#byReference.has(key))
    const claims = ({ key }: Quote): Claim[] => {
      const all = this.#byReference.get(key)!
      if (all.length <= COMMON_NUMBER) return payableClaims(all, deposit.depositedOn, claim => claim.openYen)
      return payers.flatMap(payer => this.payable(payer, deposit).filter(claim => claim.key === key))
    }
    const of = (strength: Quote['strength']) =>
      quotes
        .filter(quote => quote.strength === strength)
        .map(claims)
        .filter(list => list.length > 0)
    return { strong: of('strong'), weak: of('weak') }
  }

  /**
   * Gives a deposit to claims in their order; a claim paid but for a fee or a tax rounding is closed by an
   * automatic match.
   */
  allocate(
    claims: Claim[],
    amountYen: Yen,
    open: (claim: Claim) => Yen,
  ): { allocations: Allocation[]; unallocatedYen: Yen } {
    const allocations: Allocation[] = []
    let left = amountYen
    for (const claim of claims) {
      const yen = Math.min(left, open(claim))
      if (yen <= 0) continue
      allocations.push({ receivableId: claim.receivable.receivableId, amount: yen })
      left -= yen
    }
    return { allocations, unallocatedYen: left }
  }

  /**
   * Decides a deposit: takes the money off the claims for good. `closes` = nothing is expected on them any
   * more.
   */
  settle(work: Work, claims: Claim[], score: number, reasons: Reason[], closes: boolean): void {
    const { deposit } = work
    const { allocations, unallocatedYen } = this.allocate(claims, deposit.amount, claim => claim.openYen)
    let left = deposit.amount
    for (const claim of claims) {
      const yen = Math.min(left, claim.openYen)
      left -= yen
      claim.openYen = closes ? 0 : claim.openYen - yen
      claim.unclaimedYen = Math.min(claim.unclaimedYen, claim.openYen)
    }
    const { depositId } = deposit
    work.match = { depositId, status: 'auto', score, allocations, unallocatedYen, reasons, alternatives: [] }
  }
}

/** More claims than this under one number: it is a running number of many clients. */
const COMMON_NUMBER = 50

const NO_QUOTES: { strong: Claim[][]; weak: Claim[][] } = { strong: [], weak: [] }

function push<K>(index: Map<K, Claim[]>, key: K, claim: Claim): void {
  const claims = index.get(key)
  if (claims) claims.push(claim)
  else index.set(key, [claim])
}
