import type { IsoDate, IsoInstant } from '../../platform/dates/iso-date.ts'

/**
 * What was said once about a field: from this day it holds this value (null: from the beginning). Facts are only ever added; when a
 * value ends follows from the next fact, so that periods neither overlap nor leave gaps whatever days are given (architecture, Time).
 */
export interface ValueFact<V> {
  seq: number
  value: V
  validFrom: IsoDate | null
  recordedAt: IsoInstant
}

/** A value with its days: `from` is the first (null: from the beginning), `to` the first day it no longer holds (null: open). */
export interface Period<V> {
  value: V
  from: IsoDate | null
  to: IsoDate | null
  fact: ValueFact<V>
}

/** Facts of one field which were known at an instant (the end of a day, when a report of that day is asked for). */
export function knownAt<V>(facts: readonly ValueFact<V>[], instant: IsoInstant): ValueFact<V>[] {
  const limit = Date.parse(instant)
  return facts.filter(fact => Date.parse(fact.recordedAt) <= limit)
}

/** The periods of one field, oldest first. Of facts with the same first day the one said last counts. */
export function periodsOf<V>(facts: readonly ValueFact<V>[]): Period<V>[] {
  const byDay = new Map<IsoDate | null, ValueFact<V>>()
  for (const fact of facts) {
    const standing = byDay.get(fact.validFrom)
    if (!standing || standing.seq < fact.seq) byDay.set(fact.validFrom, fact)
  }
  const inOrder = [...byDay.values()].sort((a, b) => order(a.validFrom, b.validFrom))
  return inOrder.map((fact, at) => ({
    value: fact.value,
    from: fact.validFrom,
    to: inOrder[at + 1]?.validFrom ?? null,
    fact,
  }))
}

function order(a: IsoDate | null, b: IsoDate | null): number {
  return a === b ? 0 : a === null ? -1 : b === null ? 1 : a < b ? -1 : 1
}

/** The period a day falls into; null when every fact begins later, which only fields without a beginning have. */
export function periodOn<V>(facts: readonly ValueFact<V>[], day: IsoDate): Period<V> | null {
  return periodsOf(facts).findLast(period => period.from === null || period.from <= day) ?? null
}

/** Neighbouring periods with the same value as one, as people read a history of names. */
export function joined<V>(periods: readonly Period<V>[]): Period<V>[] {
  const runs: Period<V>[] = []
  for (const period of periods) {
    const last = runs.at(-1)
    if (last && JSON.stringify(last.value) === JSON.stringify(period.value)) last.to = period.to
    else runs.push({ ...period })
  }
  return runs
}

/** The last instant of a day in Tokyo: what a report of that day may know. */
export function endOfDay(day: IsoDate): IsoInstant {
  return `${day}T23:59:59.999+09:00`
}
