import type { Yen } from '../../../platform/money/yen.ts'
import type { Book, Work } from './book.ts'
import { type Claim, classesOf, isPaidOnTime } from './claims-of-payer.ts'
import { reasonsFor, scoreOf } from './decide-by-payer.ts'
import { isContradicted } from './decide-quoted.ts'
import { type Explanation, explain } from './explanations.ts'
import { looseCore } from './payer-name.ts'
import { type RuleName, reason } from './reasons.ts'
import type { Split } from './split-payments.ts'
import type { Match, Reason } from './types.ts'

/** Payers of an uncertain sender that are looked into at most. */
const MOST_PAYERS = 5

type Proposal = { claims: Claim[]; score: number; reasons: Reason[]; others: Explanation[] }

/**
 * Proposes claims for a deposit nothing decided, best reading first; a person decides (FF §7). Claims other
 * proposals of this run already speak for come last, so five equal deposits point to five equal claims. Null
 * = nothing fits: the deposit is unidentified.
 */
export function propose(work: Work, book: Book, splits: Map<Work, Split[]>): Match | null {
  const proposal =
    proposeQuoted(work, book) ??
    proposeByAmount(work, book, true) ??
    proposeSplit(work, splits.get(work) ?? []) ??
    proposeByAmount(work, book, false) ??
    proposePart(work, book) ??
    proposeWithoutName(work, book)
  if (proposal === null) return null
  const { depositId, amount } = work.deposit
  const left = proposal.claims.some(claim => claim.unclaimedYen > 0)
  const open = (claim: Claim): Yen => (left ? claim.unclaimedYen : claim.openYen)
  const { allocations, unallocatedYen } = book.allocate(proposal.claims, amount, open)
  if (allocations.length === 0) return null
  for (const { receivableId, amount: yen } of allocations) {
    const claim = proposal.claims.find(({ receivable }) => receivable.receivableId === receivableId)!
    claim.unclaimedYen = Math.max(0, claim.unclaimedYen - yen)
  }
  const reasons = unallocatedYen > 0 ? [...proposal.reasons, reason('excess')] : proposal.reasons
  const alternatives = proposal.others.map(other => ({
    receivableIds: other.claims.map(({ receivable }) => receivable.receivableId),
    ...ruleAndSentence(other),
  }))
  return {
    depositId,
    status: 'proposed',
    score: proposal.score,
    allocations,
    unallocatedYen,
    reasons,
    alternatives,
  }
}

function ruleAndSentence(other: Explanation): { rule: string; sentence: string } {
  const name: RuleName =
    other.kind === 'fee'
      ? 'transfer_fee_deducted'
      : other.shape === 'single'
        ? 'exact_amount'
        : 'exact_combination'
  const { rule, sentence } = reason(name)
  return { rule, sentence }
}

/**
 * A quoted number whose amount or sender does not fit: the quoted claims first, then whatever explains the
 * rest.
 */
function proposeQuoted(work: Work, book: Book): Proposal | null {
  const payer = work.identity.payers[0]
  const groups = work.strongQuotes.length > 0 ? work.strongQuotes : work.weakQuotes
  const strong = work.strongQuotes.length > 0
  const claims = groups.flatMap(group => {
    const own = group.filter(claim => claim.receivable.payerId === payer)
    return (own.length > 0 ? own : group.slice(0, 1)).filter(claim => claim.openYen > 0)
  })
  const first = claims[0]
  if (first === undefined) return null
  const payerId = first.receivable.payerId
  const sum = claims.reduce((total, claim) => total + claim.openYen, 0)
  const fits =
    sum === work.deposit.amount || book.settings.transferFeesYen.includes(sum - work.deposit.amount)
  if (!strong && !fits && payer !== payerId) return null
  const reasons = [reason(strong ? 'quoted_reference' : 'quoted_reference_weak'), ...work.identity.reasons]
  if (new Set(groups.flat().map(claim => claim.receivable.payerId)).size > 1)
    reasons.push(reason('quoted_reference_of_several'))
  if (isContradicted(work, payerId)) reasons.push(reason('payer_contradicted'))
  const missing = work.deposit.amount - sum
  if (missing <= 0) {
    if (missing < 0 && !fits) reasons.push(reason('part_payment'))
    return { claims, score: fits ? 0.85 : 0.7, reasons, others: [] }
  }
  const rest = book.payable(payerId, work.deposit, true).filter(claim => !claims.includes(claim))
  const { explanations } = explain(
    classesOf(rest, claim => claim.unclaimedYen),
    missing,
    book.settings,
  )
  const best = explanations[0]
  if (best) reasons.push(reason('exact_combination'))
  return {
    claims: best ? [...claims, ...best.claims] : claims,
    score: best ? 0.8 : 0.6,
    reasons,
    others: explanations.slice(1),
  }
}

/** What the payers the sender may be owe, exactly or less a fee or a tax rounding. */
function proposeByAmount(work: Work, book: Book, left: boolean): Proposal | null {
  const { certain, rivals } = work.identity
  const payers = [...work.identity.payers, ...rivals].slice(0, MOST_PAYERS)
  const found: { explanation: Explanation; all: Claim[]; rank: number }[] = []
  let incomplete = false
  for (const [rank, payerId] of payers.entries()) {
    const all = book.payable(payerId, work.deposit, left)
    const open = (claim: Claim): Yen => (left ? claim.unclaimedYen : claim.openYen)
    const classes = classesOf(all, open)
    const { explanations, complete } = explain(
      classes,
      work.deposit.amount,
      book.settings,
      work.deposit.depositedOn,
    )
    const taxed = explanations.length > 0 ? [] : taxExplanations(all, work.deposit.amount, book, open)
    incomplete ||= !complete
    for (const explanation of [...explanations, ...taxed]) found.push({ explanation, all, rank })
  }
  if (found.length === 0 && payers.length > 1) {
    const all = payers.flatMap(payerId => book.payable(payerId, work.deposit, left))
    const classes = classesOf(all, claim => (left ? claim.unclaimedYen : claim.openYen))
    const { explanations } = explain(classes, work.deposit.amount, book.settings, work.deposit.depositedOn)
    for (const explanation of explanations) found.push({ explanation, all, rank: payers.length })
  }
  const onTime = ({ explanation: { claims } }: { explanation: Explanation }) =>
    Number(claims.every(claim => isPaidOnTime(claim, work.deposit.depositedOn)))
  found.sort(
    (a, b) => scoreOf(b.explanation) - scoreOf(a.explanation) || a.rank - b.rank || onTime(b) - onTime(a),
  )
  const best = found[0]
  if (best === undefined) return null
  const reasons = reasonsFor(work, best.explanation, best.all)
  if (best.explanation.claims.some(({ receivable }) => rivals.includes(receivable.payerId))) {
    reasons.push(reason('payer_contradicted'))
  }
  if (found.length > 1) reasons.push(reason('several_explanations'))
  else if (incomplete) reasons.push(reason('search_incomplete'))
  else if (best.explanation.claims.some(claim => claim.contested)) reasons.push(reason('claim_contested'))
  else if (best.explanation.shape === 'subset') reasons.push(reason('combination_may_be_chance'))
  const doubt = (found.length > 1 ? 0.1 : 0.05) + (certain ? 0 : 0.1) + (left ? 0 : 0.2)
  const score = round(scoreOf(best.explanation) - doubt)
  return {
    claims: best.explanation.claims,
    score,
    reasons,
    others: found.slice(1, 6).map(({ explanation }) => explanation),
  }
}

function taxExplanations(
  claims: Claim[],
  amountYen: Yen,
  book: Book,
  open: (claim: Claim) => Yen,
): Explanation[] {
  const near = claims.filter(claim => Math.abs(open(claim) - amountYen) <= book.settings.taxToleranceYen)
  return near.map(claim => ({
    claims: [claim],
    shape: 'single',
    kind: 'tax',
    shortYen: open(claim) - amountYen,
    accidentsPpm: 0,
  }))
}

/** One of several deposits which together make up a claim, though not beyond doubt. */
function proposeSplit(work: Work, splits: Split[]): Proposal | null {
  const split = splits.find(({ claim }) => claim.unclaimedYen > 0)
  if (split === undefined) return null
  return {
    claims: [split.claim],
    score: 0.75,
    reasons: [...work.identity.reasons, reason('split_payment')],
    others: [],
  }
}

/**
 * No reading of the amount: a part of the claim it nearly pays, else of the one due that day, else of the
 * oldest ones (民法488条).
 */
function proposePart(work: Work, book: Book): Proposal | null {
  const { payers, certain } = work.identity
  const { amount } = work.deposit
  for (const payerId of payers.slice(0, MOST_PAYERS)) {
    const claims = book.payable(payerId, work.deposit, true)
    if (claims.length === 0) continue
    const nearly = claims.filter(
      ({ unclaimedYen }) => unclaimedYen > amount && unclaimedYen * 9 <= amount * 10,
    )
    const onTime = claims.filter(
      claim => claim.unclaimedYen > amount && isPaidOnTime(claim, work.deposit.depositedOn),
    )
    const one = nearly[0] ?? onTime[0]
    const chosen = one ? [one] : claims
    const sum = chosen.reduce((total, claim) => total + claim.unclaimedYen, 0)
    const reasons = sum > amount ? [...work.identity.reasons, reason('part_payment')] : work.identity.reasons
    return {
      claims: chosen,
      score: round((nearly.length > 0 ? 0.6 : 0.45) - (certain ? 0 : 0.15)),
      reasons,
      others: [],
    }
  }
  return null
}

/**
 * A sender nobody knows: a claim of this amount at a payer whose name is like it, else the only claim of this
 * amount in the book.
 */
function proposeWithoutName(work: Work, book: Book): Proposal | null {
  if (work.identity.payers.length > 0) return null
  const { deposit } = work
  const name = looseCore(book.index.nameOf(deposit.senderKana))
  let best: { explanation: Explanation; score: number } | null = null
  for (const { payerId, likeness } of name.length >= 4 ? book.index.alikeNames().find(name) : []) {
    const classes = classesOf(book.payable(payerId, deposit, true), claim => claim.unclaimedYen)
    const explanation = explain(classes, deposit.amount, book.settings).explanations[0]
    const score = explanation ? round((likeness * scoreOf(explanation)) / 1.5) : 0
    if (explanation && (best === null || score > best.score)) best = { explanation, score }
  }
  if (best !== null) {
    const rule = best.explanation.kind === 'fee' ? 'transfer_fee_deducted' : 'exact_amount'
    const reasons = [reason('sender_unknown'), reason('kana_alike'), reason(rule)]
    return { claims: best.explanation.claims, score: best.score, reasons, others: [] }
  }
  const only = book.onlyOfAmount(deposit.amount, deposit)
  if (only === null) return null
  return {
    claims: [only],
    score: 0.3,
    reasons: [reason('sender_unknown'), reason('amount_only')],
    others: [],
  }
}

function round(score: number): number {
  return Math.round(Math.max(0.05, score) * 100) / 100
}
