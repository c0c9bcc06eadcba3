import { daysBetween } from '../../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import type { Yen } from '../../../platform/money/yen.ts'
import { type Claim, type ClaimClass, oldestFirst } from './claims-of-payer.ts'
import type { ReconcileSettings } from './types.ts'

/**
 * `single` one claim · `natural` a set people pay at once (one due date, everything due, everything open) ·
 * `subset` any other combination.
 */
export type ExplanationShape = 'single' | 'natural' | 'subset'

/** One way to read a deposit: these claims, paid exactly, less a transfer fee, or off by a rounding of tax. */
export type Explanation = {
  claims: Claim[]
  shape: ExplanationShape
  kind: 'exact' | 'fee' | 'tax'
  /** Claims minus deposit: 0, the fee, or the tax difference. */
  shortYen: Yen
  /** How many readings like this are to be expected to fit by accident, in ppm. */
  accidentsPpm: number
}

export type Explained = {
  /** Best first; at most `MOST_EXPLANATIONS`. */
  explanations: Explanation[]
  /** Every combination was looked at. */
  complete: boolean
}

const MOST_EXPLANATIONS = 8
/** Combinations looked at for one deposit at most; more and the search is called incomplete. */
const MOST_STEPS = 200_000
/** Of a payer with very many claims, those due nearest the deposit are tried in all combinations. */
const NEAREST_CLAIMS = 14

/**
 * All explanations of an amount by the open claims of one payer: exact, or one transfer fee short (FF §7,
 * matching.md §6.12). Up to `exhaustiveClaims` classes every combination is tried; above it single claims,
 * natural sets and pairs, and if none fits, combinations of the claims due nearest the deposit.
 * Interchangeable claims count as one and are taken oldest first.
 */
export function explain(
  classes: ClaimClass[],
  amountYen: Yen,
  settings: ReconcileSettings,
  depositedOn: IsoDate | null = null,
): Explained {
  let found: Found
  if (classes.length <= settings.exhaustiveClaims) found = searchAll(classes, amountYen, settings)
  else found = searchPlausible(classes, amountYen, settings)
  if (found.counts.length === 0 && !found.complete)
    found = searchNearest(classes, amountYen, settings, depositedOn)
  const naturals = new Set(
    found.counts.length > 0 ? naturalSets(classes, amountYen).map(counts => counts.join()) : [],
  )
  const explanations = found.counts.map(counts => {
    const explanation = toExplanation(classes, counts, naturals, amountYen)
    return {
      ...explanation,
      accidentsPpm: accidentsPpm(classes, explanation, amountYen, settings.transferFeesYen),
    }
  })
  explanations.sort(bestFirst)
  return { explanations, complete: found.complete }
}

type Found = { counts: number[][]; complete: boolean }

/** Every combination, depth first; largest amounts first so that hopeless branches end early. */
function searchAll(classes: ClaimClass[], amountYen: Yen, settings: ReconcileSettings): Found {
  const order = classes.map((_, index) => index).sort((a, b) => classes[b]!.amountYen - classes[a]!.amountYen)
  const rest = new Float64Array(order.length + 1)
  for (let at = order.length - 1; at >= 0; at--) {
    const { amountYen: each, claims } = classes[order[at]!]!
    rest[at] = rest[at + 1]! + each * claims.length
  }
  const shortfalls = shortfallsOf(settings)
  const highest = amountYen + Math.max(...shortfalls)
  const counts = new Array<number>(classes.length).fill(0)
  const found: Found = { counts: [], complete: true }
  let steps = 0
  const visit = (at: number, sum: Yen): void => {
    if (sum > highest || sum + rest[at]! < amountYen) return
    if (found.counts.length >= MOST_EXPLANATIONS || steps++ > MOST_STEPS) {
      found.complete = false
      return
    }
    if (at === order.length) {
      if (shortfalls.has(sum - amountYen)) found.counts.push([...counts])
      return
    }
    const index = order[at]!
    const { amountYen: each, claims } = classes[index]!
    for (let taken = claims.length; taken >= 0; taken--) {
      counts[index] = taken
      visit(at + 1, sum + each * taken)
    }
    counts[index] = 0
  }
  visit(0, 0)
  return found
}

/** Too many claims to try all: single claims, what people pay at once, and pairs. Never complete. */
function searchPlausible(classes: ClaimClass[], amountYen: Yen, settings: ReconcileSettings): Found {
  const shortfalls = shortfallsOf(settings)
  const found = new Map<string, number[]>()
  const add = (counts: number[]) => {
    if (found.size < MOST_EXPLANATIONS) found.set(counts.join(), counts)
  }
  const one = (index: number) => classes.map((_, at) => (at === index ? 1 : 0))
  const byAmount = new Map<Yen, number>()
  for (const [index, { amountYen: each }] of classes.entries()) {
    if (shortfalls.has(each - amountYen)) add(one(index))
    byAmount.set(each, index)
  }
  for (const counts of naturalSets(classes, amountYen)) {
    if (shortfalls.has(sumOf(classes, counts) - amountYen)) add(counts)
  }
  for (const [index, { amountYen: each, claims }] of classes.entries()) {
    const other = byAmount.get(amountYen - each)
    if (other === undefined || other < index || (other === index && claims.length < 2)) continue
    add(classes.map((_, at) => (at === index ? 1 : 0) + (at === other ? 1 : 0)))
  }
  return { counts: [...found.values()], complete: false }
}

/** All combinations of the claims due nearest the deposit; incomplete by nature. */
function searchNearest(
  classes: ClaimClass[],
  amountYen: Yen,
  settings: ReconcileSettings,
  depositedOn: IsoDate | null,
): Found {
  const far = Number.MAX_SAFE_INTEGER
  const distance = ({ dueOn }: ClaimClass) =>
    dueOn === null || depositedOn === null ? far : Math.abs(daysBetween(dueOn, depositedOn))
  const nearest = classes
    .map((claimClass, index) => ({ index, days: distance(claimClass) }))
    .sort((a, b) => a.days - b.days || a.index - b.index)
    .slice(0, NEAREST_CLAIMS)
    .map(({ index }) => index)
    .sort((a, b) => a - b)
  const found = searchAll(
    nearest.map(index => classes[index]!),
    amountYen,
    settings,
  )
  const counts = found.counts.map(some => {
    const spread = new Array<number>(classes.length).fill(0)
    for (const [at, count] of some.entries()) spread[nearest[at]!] = count
    return spread
  })
  return { counts, complete: false }
}

/**
 * Sets people pay at once: everything of one due date, everything open, and, unless the amount is round and
 * so may be a part payment, everything due up to a date. At most 2·dates sets.
 */
function naturalSets(classes: ClaimClass[], amountYen: Yen): number[][] {
  const dates = [...new Set(classes.map(({ dueOn }) => dueOn))].filter(date => date !== null)
  const sets = [classes.map(({ claims }) => claims.length)]
  for (const date of dates) {
    sets.push(classes.map(({ dueOn, claims }) => (dueOn === date ? claims.length : 0)))
    if (isRound(amountYen)) continue
    sets.push(classes.map(({ dueOn, claims }) => (dueOn !== null && dueOn <= date ? claims.length : 0)))
  }
  return sets
}

/** Whole thousands: what people choose when they pay a part. */
export function isRound(amountYen: Yen): boolean {
  return amountYen % 1_000 === 0
}

function sumOf(classes: ClaimClass[], counts: number[]): Yen {
  return counts.reduce((sum, count, index) => sum + count * classes[index]!.amountYen, 0)
}

function toExplanation(
  classes: ClaimClass[],
  counts: number[],
  naturals: Set<string>,
  amountYen: Yen,
): Explanation {
  const claims = counts.flatMap((count, index) => classes[index]!.claims.slice(0, count)).sort(oldestFirst)
  const natural = naturals.has(counts.join())
  const shortYen = sumOf(classes, counts) - amountYen
  return {
    claims,
    shape: claims.length === 1 ? 'single' : natural ? 'natural' : 'subset',
    kind: shortYen === 0 ? 'exact' : 'fee',
    shortYen,
    accidentsPpm: 0,
  }
}

/** 0 and the fees as a set, made once per list of fees. */
function shortfallsOf({ transferFeesYen }: ReconcileSettings): Set<Yen> {
  const known = SHORTFALLS.get(transferFeesYen)
  if (known) return known
  const shortfalls = new Set([0, ...transferFeesYen])
  SHORTFALLS.set(transferFeesYen, shortfalls)
  return shortfalls
}

const SHORTFALLS = new WeakMap<Yen[], Set<Yen>>()

const SHAPE_RANK = { single: 0, natural: 1, subset: 2 }

/**
 * Exact before fee, single before natural before any other set, then fewer claims, then oldest first: ranks
 * only order proposals.
 */
function bestFirst(a: Explanation, b: Explanation): number {
  return (
    Number(a.kind !== 'exact') - Number(b.kind !== 'exact') ||
    SHAPE_RANK[a.shape] - SHAPE_RANK[b.shape] ||
    a.claims.length - b.claims.length ||
    oldestFirst(a.claims[0]!, b.claims[0]!)
  )
}

/**
 * How many readings of the same shape and kind are to be expected to fit this amount by accident, in ppm:
 * readings tried ÷ sums possible. Round amounts make accidents likely: a part payment in whole thousands is
 * as easily the sum of claims in whole hundreds. 0 for an exact claim or an exact natural set: those are what
 * people pay.
 */
function accidentsPpm(classes: ClaimClass[], reading: Explanation, amountYen: Yen, fees: Yen[]): number {
  const { shape, kind } = reading
  if (kind === 'exact' && shape !== 'subset') return 0
  const paidYen = amountYen + reading.shortYen
  const grain = paidYen % 1_000 === 0 ? 100 : ([100, 10].find(unit => paidYen % unit === 0) ?? 1)
  const round = classes.filter(({ amountYen: each }) => each % grain === 0)
  const targets = kind === 'exact' ? 1 : fees.filter(fee => (amountYen + fee) % grain === 0).length
  const sets =
    shape === 'single'
      ? round.length
      : shape === 'natural'
        ? naturalSets(classes, amountYen).length
        : round.reduce((product, { claims }) => product * (claims.length + 1), 1)
  const totalYen = round.reduce((sum, { amountYen: each, claims }) => sum + each * claims.length, 0)
  return Math.round((sets * Math.max(1, targets) * grain * 1_000_000) / Math.max(1, totalYen))
}
