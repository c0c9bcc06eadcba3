import type { Yen } from '../../../platform/money/yen.ts'
import type { Book, Work } from './book.ts'
import { type Claim, classesOf } from './claims-of-payer.ts'
import { type Explained, type Explanation, explain, isRound } from './explanations.ts'
import { reason } from './reasons.ts'
import type { Reason } from './types.ts'

/**
 * Decides a deposit whose payer is certain by its amount (FF §7: exact, fee, combinations). Automatic only
 * with exactly one explanation among all combinations of the payer's open claims; otherwise the claims in
 * question are contested, so that no later deposit takes them unseen either.
 */
export function decideByPayer(work: Work, book: Book): void {
  const payerId = work.identity.payers[0]
  if (!work.identity.certain || payerId === undefined) return
  const claims = book.payable(payerId, work.deposit)
  const explained = explain(
    classesOf(claims, claim => claim.openYen),
    work.deposit.amount,
    book.settings,
    work.deposit.depositedOn,
  )
  work.explanations = explained.explanations.length
  const only = theOnlyOne(explained, work.deposit.amount, book)
  if (only !== null && !isDoubtful(work, only, book)) {
    book.settle(work, only.claims, scoreOf(only), reasonsFor(work, only, claims), true)
    return
  }
  for (const { claims: claimed } of explained.explanations) {
    for (const claim of claimed) claim.contested = true
  }
}

/**
 * The single possible explanation. Where not every combination could be tried, only an exact claim or an
 * exact natural set counts. Of a round amount, which may as well be a part payment, neither a fee nor an
 * unnatural set is believed; nor is any reading that accidents explain as well.
 */
export function theOnlyOne(
  { explanations, complete }: Explained,
  amountYen: Yen,
  book: Book,
): Explanation | null {
  const only = explanations[0]
  if (only === undefined || explanations.length > 1) return null
  if (!complete && (only.kind !== 'exact' || only.shape === 'subset')) return null
  if (isRound(amountYen) && (only.kind === 'fee' || only.shape === 'subset')) return null
  const limitPpm =
    only.kind === 'fee' && only.shape !== 'single' ? book.settings.chancePpm / 10 : book.settings.chancePpm
  return only.shape !== 'single' && only.accidentsPpm > limitPpm ? null : only
}

/**
 * Another deposit may mean the same claims, a quoted number says otherwise, or the sender's name is that of
 * somebody who owes as much.
 */
function isDoubtful(work: Work, only: Explanation, book: Book): boolean {
  if (only.claims.some(claim => claim.contested)) return true
  const quoted = [...work.strongQuotes, ...work.weakQuotes]
  if (quoted.some(group => !group.some(claim => only.claims.includes(claim)))) return true
  return work.identity.rivals.some(rival => {
    const claims = classesOf(book.payable(rival, work.deposit), claim => claim.openYen)
    return explain(claims, work.deposit.amount, book.settings).explanations.length > 0
  })
}

export function reasonsFor(work: Work, only: Explanation, all: Claim[]): Reason[] {
  const reasons = [...work.identity.reasons, reason(amountRule(only))]
  if (only.kind === 'fee') reasons.push(reason('transfer_fee_deducted'))
  if (only.kind === 'tax') reasons.push(reason('tax_difference'))
  if (leavesTwins(only, all)) reasons.push(reason('interchangeable_claims'))
  return reasons
}

function amountRule(only: Explanation): 'exact_amount' | 'exact_sum' | 'exact_combination' {
  if (only.shape === 'single') return 'exact_amount'
  return only.shape === 'natural' ? 'exact_sum' : 'exact_combination'
}

/** Equal claims of the same due date stay open beside the chosen ones. */
function leavesTwins(only: Explanation, all: Claim[]): boolean {
  return all.some(
    claim =>
      !only.claims.includes(claim) &&
      claim.receivable.dueOn !== null &&
      only.claims.some(
        chosen => chosen.openYen === claim.openYen && chosen.receivable.dueOn === claim.receivable.dueOn,
      ),
  )
}

export function scoreOf({ kind, shape }: Explanation): number {
  const shapes = { single: 0.99, natural: 0.97, subset: 0.95 }
  return kind === 'exact' ? shapes[shape] : Math.round((shapes[shape] - 0.05) * 100) / 100
}
