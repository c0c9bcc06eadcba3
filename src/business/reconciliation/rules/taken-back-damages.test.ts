import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../../../platform/dates/calendar-date.ts'
import { type DamagesTerms, lateDamages } from './damages.ts'
import { stretchesFrom, takenBackRate } from './taken-back-damages.ts'
import { hindrancesToUndo, type LaterMoney, undoCodes, undoRules } from './undo.ts'

const terms = (agreedPpm: number | null): DamagesTerms => ({
  agreedPpm,
  statutoryRates: [
    { from: '1896-04-27', ratePpm: 50_000 },
    { from: '2020-04-01', ratePpm: 30_000 },
  ],
  dayCount: 'act_365',
})
const owed = { dueOn: '2026-09-16', ground: 'warranty_breach' as const, owedYen: 900_000 }

describe('the rate on a repurchase price (FF §4.5)', () => {
  it('is the contract’s, else the statutory one of the first day of delay', () => {
    expect(takenBackRate(terms(146_000), owed)).toMatchObject({ ratePpm: 146_000, rule: 'agreed_rate' })
    expect(takenBackRate(terms(null), owed)).toMatchObject({ ratePpm: 30_000, rule: 'statutory_rate' })
    expect(takenBackRate(terms(null), { ...owed, dueOn: '2020-03-30' }).ratePpm).toBe(50_000)
  })

  it('by recourse is no more than the ceilings of lending: 20, 18 and 15 % (JR §6.6)', () => {
    const by = (owedYen: number, agreedPpm: number | null = 200_000) =>
      takenBackRate(terms(agreedPpm), { ...owed, ground: 'recourse', owedYen })
    expect([by(99_999), by(100_000), by(999_999), by(1_000_000)].map(one => one.ratePpm)).toEqual([
      200_000, 180_000, 180_000, 150_000,
    ])
    expect(by(1_000_000).rule).toBe('lending_ceiling')
    expect(by(1_000_000, 146_000).rule).toBe('agreed_rate')
    expect(takenBackRate(terms(200_000), { ...owed, owedYen: 1_000_000 }).ratePpm).toBe(200_000)
  })
})

describe('the days counted', () => {
  it('begin after the due day and end with the day of payment; what was paid before is not counted', () => {
    const changes = [
      { on: '2026-09-01', owedYen: 900_000 },
      { on: '2026-09-10', owedYen: 800_000 },
      { on: '2026-09-26', owedYen: 300_000 },
      { on: '2026-10-16', owedYen: 0 },
    ]
    const stretches = stretchesFrom(changes, '2026-09-16', '2026-12-31')
    expect(stretches).toEqual([
      { balanceYen: 800_000, from: '2026-09-16', to: '2026-09-26' },
      { balanceYen: 300_000, from: '2026-09-26', to: '2026-10-16' },
    ])
    // (800,000 · 10 + 300,000 · 20) · 14.6 % / 365.
    expect(lateDamages(stretches, 146_000, 'act_365')).toBe(5_600)
    expect(stretchesFrom(changes, '2026-09-16', '2026-09-16')).toEqual([])
    expect(stretchesFrom([], '2026-09-16', '2026-12-31')).toEqual([])
  })

  it('never shrink: damages of a later day are no less, whatever was paid when', () => {
    const changes = fc
      .array(
        fc.record({
          after: fc.integer({ min: 0, max: 90 }),
          owedYen: fc.integer({ min: 0, max: 9_000_000 }),
        }),
        {
          maxLength: 6,
        },
      )
      .map(list =>
        list
          .toSorted((a, b) => a.after - b.after)
          .map(({ after, owedYen }) => ({ on: addDays('2026-09-01', after), owedYen })),
      )
    fc.assert(
      fc.property(changes, fc.integer({ min: 0, max: 120 }), (all, days) => {
        const at = (until: string) => lateDamages(stretchesFrom(all, '2026-09-16', until), 146_000, 'act_365')
        const day = addDays('2026-09-01', days)
        expect(at(addDays(day, 1))).toBeGreaterThanOrEqual(at(day))
      }),
    )
  })
})

describe('an act is taken back', () => {
  const nothing: LaterMoney = { undone: false, matchNo: null, setOffNo: null, waiverNo: null, refund: null }
  const codes = (more: Partial<LaterMoney>) => hindrancesToUndo({ ...nothing, ...more }).map(one => one.code)

  it('while no later money depends on it; else the record is named', () => {
    expect(codes({})).toEqual([])
    expect(codes({ refund: { dueNo: 'D-1', state: 'waiting' } })).toEqual([])
    const [first] = hindrancesToUndo({ ...nothing, matchNo: 'M-000007' })
    expect(first).toMatchObject({ code: 'later_match_must_be_undone_first' })
    expect(first?.sentence).toContain('M-000007')
    expect(codes({ undone: true })).toEqual(['act_must_stand'])
    expect(codes({ setOffNo: 'S-1', waiverNo: 'W-1' })).toEqual([
      'later_set_off_must_be_undone_first',
      'later_waiver_must_not_depend_on_it',
    ])
    for (const [state, code] of [
      ['in_payment', 'refund_must_not_be_under_way'],
      ['paid', 'refund_must_not_be_paid'],
      ['set_off', 'refund_must_not_be_set_off'],
    ] as const)
      expect(codes({ refund: { dueNo: 'D-1', state } })).toEqual([code])
  })

  it('every rule has its refusal', () => {
    expect(Object.keys(undoCodes)).toEqual(undoRules.map(rule => rule.code))
  })
})
