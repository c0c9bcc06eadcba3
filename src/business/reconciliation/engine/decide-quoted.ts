import type { Book, Work } from './book.ts'
import { type Claim, classesOf } from './claims-of-payer.ts'
import { theOnlyOne } from './decide-by-payer.ts'
import { explain } from './explanations.ts'
import { type RuleName, reason } from './reasons.ts'
import type { Reason } from './types.ts'

/**
 * Decides a deposit by the invoice numbers it quotes (FF §7: the reference comes before the name). Automatic
 * when the quoted claims belong to one payer whom the sender's name does not contradict, and the amount is
 * their sum, their sum less one transfer fee, a part of the only one, or their sum plus exactly one set of
 * further claims; the last two only when the sender is certain too.
 */
export function decideQuoted(work: Work, book: Book): void {
  const claims = quotedClaims(work) ?? weaklyQuotedClaims(work)
  if (claims === null || claims.some(claim => claim.openYen <= 0)) return
  const payerId = claims[0]!.receivable.payerId
  if (isContradicted(work, payerId)) return
  const { amount } = work.deposit
  const shortYen = claims.reduce((sum, claim) => sum + claim.openYen, 0) - amount
  const reasons: Reason[] = [reason('quoted_reference'), ...identityReasons(work, payerId)]
  const decide = (paid: Claim[], score: number, rule: RuleName, closes = true): void =>
    book.settle(work, paid, score, [...reasons, reason(rule)], closes)
  if (shortYen === 0) decide(claims, 1, 'exact_amount')
  else if (book.settings.transferFeesYen.includes(shortYen)) decide(claims, 0.99, 'transfer_fee_deducted')
  else if (isCertain(work, payerId) && !claims.some(claim => claim.contested)) {
    const others = book.payable(payerId, work.deposit).filter(claim => !claims.includes(claim))
    const classes = classesOf(others, claim => claim.openYen)
    if (shortYen < 0) {
      const only = theOnlyOne(explain(classes, -shortYen, book.settings), -shortYen, book)
      if (only !== null && !only.claims.some(claim => claim.contested)) {
        decide(
          [...claims, ...only.claims],
          0.97,
          only.kind === 'exact' ? 'exact_combination' : 'transfer_fee_deducted',
        )
      }
    } else if (
      claims.length === 1 &&
      explain(classes, work.deposit.amount, book.settings).explanations.length === 0
    ) {
      decide(claims, 0.97, 'part_payment', false)
    }
  }
}

function isCertain(work: Work, payerId: string): boolean {
  return work.identity.certain && work.identity.payers[0] === payerId
}

/**
 * The claims the text quotes, when they can only be those of one payer; several lines under one number count
 * together or by amount.
 */
function quotedClaims(work: Work): Claim[] | null {
  if (work.strongQuotes.length === 0) return null
  const chosen: Claim[] = []
  for (const group of work.strongQuotes) {
    const claims = ofOnePayer(group, work)
    if (claims === null) return null
    chosen.push(...claims)
  }
  if (new Set(chosen.map(claim => claim.receivable.payerId)).size !== 1) return null
  if (work.strongQuotes.length > 1) return chosen
  const exact = chosen.filter(claim => claim.openYen === work.deposit.amount)
  return exact.length === 1 ? exact : chosen
}

/**
 * A number that may be an accident counts when the certain sender owes exactly its amount, less a fee or not,
 * under it.
 */
function weaklyQuotedClaims(work: Work): Claim[] | null {
  if (work.strongQuotes.length > 0 || !work.identity.certain) return null
  const payerId = work.identity.payers[0]
  const claims = work.weakQuotes.flat().filter(({ receivable }) => receivable.payerId === payerId)
  return claims.length === 1 && claims[0]!.openYen === work.deposit.amount ? claims : null
}

/** One number, several payers: only the payer the sender is certain to be. */
function ofOnePayer(group: Claim[], work: Work): Claim[] | null {
  const payers = new Set(group.map(claim => claim.receivable.payerId))
  if (payers.size === 1) return group
  const { certain, payers: known } = work.identity
  const own = group.filter(claim => claim.receivable.payerId === known[0])
  return certain && own.length > 0 ? own : null
}

/** The account or the name says somebody else. */
export function isContradicted(work: Work, payerId: string): boolean {
  const { certain, payers, named } = work.identity
  if (certain && payers[0] !== payerId) return true
  return named.length > 0 && !named.includes(payerId)
}

function identityReasons(work: Work, payerId: string): Reason[] {
  return work.identity.payers[0] === payerId ? work.identity.reasons : []
}
