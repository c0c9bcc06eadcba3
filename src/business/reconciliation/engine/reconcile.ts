import { Book, type Work } from './book.ts'
import { decideByPayer } from './decide-by-payer.ts'
import { decideQuoted } from './decide-quoted.ts'
import { PayerIndex } from './payer-index.ts'
import { propose } from './propose.ts'
import { type RuleName, reason } from './reasons.ts'
import { decideSplits } from './split-payments.ts'
import {
  DEFAULT_SETTINGS,
  type Match,
  type ReconcileInput,
  type ReconcileReport,
  type ReconcileResult,
  type Unidentified,
} from './types.ts'

/**
 * 消込: says which open claims each deposit pays (FF §7, matching.md §6.12). Virtual account → quoted reference
 * → sender number or learned rule → kana as the bank cuts it → amounts. `auto` only when exactly one
 * explanation is possible; everything else is proposed with its reasons, or unidentified. Deposits are taken
 * by day, then in the order given; the same input always gives the same answer. Two deposits of the same
 * amount and payer are two deposits. Pure: nothing is read or written.
 */
export function reconcile({ receivables, payers, deposits, settings }: ReconcileInput): ReconcileResult {
  const index = new PayerIndex(receivables, payers)
  const book = new Book(receivables, index, { ...DEFAULT_SETTINGS, ...settings })
  const works: Work[] = deposits.map(deposit => {
    const identity = index.identify(deposit)
    const { strong, weak } = book.quotesOf(deposit, identity)
    return { deposit, identity, strongQuotes: strong, weakQuotes: weak, explanations: null, match: null }
  })
  const byDay = [...works].sort((a, b) => compareDays(a.deposit.depositedOn, b.deposit.depositedOn))

  for (const work of byDay) decideQuoted(work, book)
  for (const work of byDay) if (work.match === null) decideByPayer(work, book)
  const splits = decideSplits(byDay, book)
  for (const work of byDay) work.match ??= propose(work, book, splits)

  const matches = works.flatMap(work => work.match ?? [])
  const unidentified = works.filter(work => work.match === null).map(notIdentified)
  return { matches, unidentified, report: reportOf(works, matches, unidentified) }
}

/** Unknown days come last: nothing is known to have come before them. */
function compareDays(a: string | null, b: string | null): number {
  if (a === b) return 0
  if (a === null) return 1
  if (b === null) return -1
  return a < b ? -1 : 1
}

function notIdentified({ deposit, identity }: Work): Unidentified {
  const { depositId } = deposit
  if (identity.payers.length > 0) return { depositId, reasons: [...identity.reasons, reason('nothing_open')] }
  const why: RuleName[] = ['sender_unknown', 'nothing_fits']
  return { depositId, reasons: why.map(reason) }
}

function reportOf(works: Work[], matches: Match[], unidentified: Unidentified[]): ReconcileReport {
  const auto = matches.filter(match => match.status === 'auto')
  const autoIds = new Set(auto.map(match => match.depositId))
  const rules: Record<string, number> = {}
  for (const { reasons } of [...matches, ...unidentified]) {
    for (const { rule } of reasons) rules[rule] = (rules[rule] ?? 0) + 1
  }
  const sum = (some: Work[]) => some.reduce((total, { deposit }) => total + deposit.amount, 0)
  return {
    deposits: works.length,
    auto: auto.length,
    proposed: matches.length - auto.length,
    unidentified: unidentified.length,
    allocationsAuto: auto.reduce((count, match) => count + match.allocations.length, 0),
    depositedYen: sum(works),
    autoYen: sum(works.filter(({ deposit }) => autoIds.has(deposit.depositId))),
    rules: Object.fromEntries(Object.entries(rules).sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}
