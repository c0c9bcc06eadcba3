import type { Book, Work } from './book.ts'
import { type Claim, type ClaimClass, classesOf, existedOn } from './claims-of-payer.ts'
import { reason } from './reasons.ts'

/** Deposits looked at together at most, and parts one claim is paid in at most. */
const MOST_DEPOSITS = 10
const MOST_PARTS = 4

export type Split = { claim: Claim; parts: Work[] }

/**
 * Finds claims paid in parts (分割入金, n:1): undecided deposits of one certain payer, explained by nothing else,
 * whose sum is one claim's open amount. Decided only when exactly one such reading exists and the claim is
 * the payer's only open one or no accident. Returns what was found and not decided, by deposit, as hints for
 * proposals.
 */
export function decideSplits(works: Work[], book: Book): Map<Work, Split[]> {
  const hints = new Map<Work, Split[]>()
  for (const [payerId, group] of byPayer(works)) {
    if (group.length < 2 || group.length > MOST_DEPOSITS) continue
    const last = group.at(-1)!
    const classes = classesOf(book.payable(payerId, last.deposit), claim => claim.openYen)
    const splits = classes.flatMap(({ amountYen, claims }) =>
      partsOf(group, amountYen).map(parts => ({ claim: claims[0]!, parts })),
    )
    const only = splits[0]
    if (splits.length === 1 && only !== undefined && isSure(only, group, classes, book.settings.chancePpm)) {
      for (const [index, part] of only.parts.entries()) {
        const closes = index === only.parts.length - 1
        book.settle(part, [only.claim], 0.95, [...part.identity.reasons, reason('split_payment')], closes)
      }
    } else {
      for (const split of splits) {
        for (const part of split.parts) hints.set(part, [...(hints.get(part) ?? []), split])
      }
    }
  }
  return hints
}

function byPayer(works: Work[]): Map<string, Work[]> {
  const groups = new Map<string, Work[]>()
  for (const work of works) {
    const { certain, payers, rivals } = work.identity
    const payerId = payers[0]
    if (work.match !== null || !certain || payerId === undefined) continue
    if (work.explanations !== 0 || work.strongQuotes.length > 0) continue
    if (rivals.length > 0) continue
    const group = groups.get(payerId)
    if (group) group.push(work)
    else groups.set(payerId, [work])
  }
  return groups
}

/** All sets of two to four deposits with this sum. */
function partsOf(group: Work[], amountYen: number): Work[][] {
  const found: Work[][] = []
  const visit = (at: number, parts: Work[], sum: number): void => {
    if (sum === amountYen && parts.length >= 2) found.push([...parts])
    if (sum >= amountYen || parts.length === MOST_PARTS) return
    for (let next = at; next < group.length; next++) {
      visit(next + 1, [...parts, group[next]!], sum + group[next]!.deposit.amount)
    }
  }
  visit(0, [], 0)
  return found
}

/**
 * No part may predate the claim and nothing else may want it; and it is the payer's only open claim, or so
 * odd an amount that parts of other claims would hardly add up to it: sums tried ÷ sums possible, in steps of
 * the claim's own roundness.
 */
function isSure({ claim, parts }: Split, group: Work[], classes: ClaimClass[], limitPpm: number): boolean {
  if (claim.contested || parts.some(({ deposit }) => !existedOn(claim, deposit.depositedOn))) return false
  if (classes.length === 1) return true
  const highest = Math.max(...classes.map(({ amountYen }) => amountYen))
  const grain = [100_000, 10_000, 1_000, 100, 10].find(unit => claim.openYen % unit === 0) ?? 1
  const sums = 2 ** Math.min(group.length, MOST_DEPOSITS) - group.length - 1
  return (sums * classes.length * grain * 1_000_000) / highest <= limitPpm
}
