import { daysBetween } from '../../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import type { Yen } from '../../../platform/money/yen.ts'
import type { OpenReceivable } from './types.ts'

/**
 * A claim while the engine works: what is open for certain, and what is left once proposals are counted too.
 */
export type Claim = {
  receivable: OpenReceivable
  key: string
  openYen: Yen
  /** What of `openYen` no proposal of this run has spoken for. */
  unclaimedYen: Yen
  /** An undecided deposit may be meant for this claim, so nothing else may take it unseen. */
  contested: boolean
}

/** Claims of one payer that are interchangeable: same open amount, same due date; taken oldest first. */
export type ClaimClass = { amountYen: Yen; dueOn: IsoDate | null; claims: Claim[] }

/**
 * Oldest first: due date, then issue date, then id, so that the order of a file decides nothing; unknown
 * dates last.
 */
export function oldestFirst(a: Claim, b: Claim): number {
  return (
    compareDates(a.receivable.dueOn, b.receivable.dueOn) ||
    compareDates(a.receivable.issuedOn, b.receivable.issuedOn) ||
    (a.receivable.receivableId < b.receivable.receivableId ? -1 : 1)
  )
}

function compareDates(a: IsoDate | null, b: IsoDate | null): number {
  if (a === b) return 0
  if (a === null) return 1
  if (b === null) return -1
  return a < b ? -1 : 1
}

/** A claim issued after the deposit cannot have been paid by it; unknown dates rule nothing out. */
export function existedOn({ receivable: { issuedOn } }: Claim, depositedOn: IsoDate | null): boolean {
  return depositedOn === null || issuedOn === null || issuedOn <= depositedOn
}

/** Days a payment may lie beside its due date: a weekend, a holiday, the bank's cut-off. */
const DAYS_BESIDE_DUE = 4

/** The deposit came on the due date of the claim, give or take a weekend. */
export function isPaidOnTime({ receivable: { dueOn } }: Claim, depositedOn: IsoDate | null): boolean {
  if (dueOn === null || depositedOn === null) return false
  return Math.abs(daysBetween(dueOn, depositedOn)) <= DAYS_BESIDE_DUE
}

/** Open claims that existed on the day of the deposit, in the order given. */
export function payableClaims(
  claims: Claim[],
  depositedOn: IsoDate | null,
  open: (claim: Claim) => Yen,
): Claim[] {
  return claims.filter(claim => open(claim) > 0 && existedOn(claim, depositedOn))
}

/**
 * Groups claims, already oldest first, into interchangeable classes; the order of the classes stays oldest
 * first. Two unknown due dates are not the same date, so such claims stay apart.
 */
export function classesOf(claims: Claim[], open: (claim: Claim) => Yen): ClaimClass[] {
  const classes = new Map<string, ClaimClass>()
  for (const claim of claims) {
    const amountYen = open(claim)
    const key = `${claim.receivable.payerId}|${amountYen}|${claim.receivable.dueOn ?? claim.receivable.receivableId}`
    const known = classes.get(key)
    if (known) known.claims.push(claim)
    else classes.set(key, { amountYen, dueOn: claim.receivable.dueOn, claims: [claim] })
  }
  return [...classes.values()]
}
