import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endOfDay, joined, knownAt, periodOn, periodsOf, type ValueFact } from './timeline.ts'

const DAYS = Array.from({ length: 28 }, (_, at) => `2026-02-${String(at + 1).padStart(2, '0')}`)
const day = fc.constantFrom(...DAYS)

/** A beginning, then changes with any effective days, each recorded a little later than the one before. */
const facts = fc
  .array(fc.record({ value: fc.nat({ max: 4 }), validFrom: day }), { maxLength: 12 })
  .map(changes =>
    [{ value: 0, validFrom: null }, ...changes].map(
      (change, seq): ValueFact<number> => ({
        ...change,
        seq,
        recordedAt: new Date(Date.UTC(2026, 1, 1) + seq * 36_000_000).toISOString(),
      }),
    ),
  )

describe('a timeline', () => {
  it('has neither overlaps nor gaps, whatever days the changes are given', () => {
    fc.assert(
      fc.property(facts, said => {
        const periods = periodsOf(said)
        expect(periods[0]?.from).toBeNull()
        expect(periods.at(-1)?.to).toBeNull()
        for (const [at, period] of periods.slice(1).entries()) expect(period.from).toBe(periods[at]?.to)
        for (const period of periods) if (period.from && period.to) expect(period.from < period.to).toBe(true)
      }),
    )
  })

  it('tells on every day what saying the facts one after the other leaves standing', () => {
    fc.assert(
      fc.property(facts, day, (said, asked) => {
        // Replay: a fact paints all days from its first to the next first day already said; what is said later paints over.
        const board = new Map(DAYS.map(each => [each, 0]))
        const firsts: string[] = []
        for (const fact of said) {
          if (fact.validFrom === null) continue
          const { validFrom } = fact
          const until = firsts.filter(first => first > validFrom).sort()[0]
          for (const each of DAYS)
            if (each >= validFrom && (until === undefined || each < until)) board.set(each, fact.value)
          firsts.push(validFrom)
        }
        expect(periodOn(said, asked)?.value).toBe(board.get(asked))
      }),
    )
  })

  it('is left as it was by restoring the value a day already has', () => {
    fc.assert(
      fc.property(facts, day, day, (said, restored, asked) => {
        const value = periodOn(said, restored)?.value ?? 0
        const fact = { seq: said.length, value, validFrom: restored, recordedAt: endOfDay('2026-12-31') }
        expect(periodOn([...said, fact], asked)?.value).toBe(periodOn(said, asked)?.value)
      }),
    )
  })

  it('does not change for a past report when something is recorded later', () => {
    fc.assert(
      fc.property(facts, day, (said, asked) => {
        const then = knownAt(said, endOfDay('2026-02-03'))
        expect(knownAt(then, endOfDay('2026-02-03'))).toEqual(then)
        expect(periodOn(then, asked)?.fact.seq).toBeLessThanOrEqual(said.length)
      }),
    )
  })

  it('is read as runs: neighbours with the same value are one', () => {
    const said = [
      { seq: 0, value: '甲', validFrom: null, recordedAt: '2026-01-01T00:00:00Z' },
      { seq: 1, value: '乙', validFrom: '2026-02-05', recordedAt: '2026-02-05T00:00:00Z' },
      { seq: 2, value: '乙', validFrom: '2026-02-09', recordedAt: '2026-02-09T00:00:00Z' },
      { seq: 3, value: '甲', validFrom: '2026-02-12', recordedAt: '2026-02-12T00:00:00Z' },
    ]
    expect(joined(periodsOf(said)).map(({ value, from, to }) => [value, from, to])).toEqual([
      ['甲', null, '2026-02-05'],
      ['乙', '2026-02-05', '2026-02-12'],
      ['甲', '2026-02-12', null],
    ])
  })
})
