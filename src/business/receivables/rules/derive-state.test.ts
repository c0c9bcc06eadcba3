import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ClaimMovement, deriveReceivableState, type ReceivableFacts } from './derive-state.ts'
import { derivedPath, RECEIVABLE_MACHINE, type ReceivableState } from './states.ts'

const bought: ReceivableFacts = {
  steps: [
    { on: '2026-07-01', to: 'offered' },
    { on: '2026-07-10', to: 'approved' },
    { on: '2026-07-13', to: 'purchased' },
  ],
  movements: [],
  perfectedOn: null,
  purchasedYen: 1_100_000,
  payableOn: '2026-09-01',
  graceDays: 0,
  toleranceYen: 0,
  leftToSettleYen: 110_000,
}

const paid = (on: string, yen: number): ClaimMovement => ({ on, kind: 'collection', yen })
const stateOn = (facts: ReceivableFacts, day: string) => deriveReceivableState(facts, day).state

describe('the life of a claim as its facts tell it', () => {
  test('from approval to overdue by the calendar alone', () => {
    const days = ['2026-07-12', '2026-07-13', '2026-08-31', '2026-09-01', '2026-09-02']
    expect(days.map(day => stateOn(bought, day))).toEqual([
      'approved',
      'purchased',
      'purchased',
      'due',
      'overdue',
    ])
  })

  test('a part before the day shows, a part after it changes amounts only', () => {
    const facts = { ...bought, movements: [paid('2026-08-20', 100_000), paid('2026-09-03', 200_000)] }
    expect(stateOn(facts, '2026-08-20')).toBe('partially_collected')
    expect(deriveReceivableState(facts, '2026-09-03')).toMatchObject({
      state: 'overdue',
      openYen: 800_000,
      collectedYen: 300_000,
      daysPastDue: 2,
    })
  })

  test('grace days delay overdue', () => {
    expect(stateOn({ ...bought, graceDays: 3 }, '2026-09-04')).toBe('due')
    expect(stateOn({ ...bought, graceDays: 3 }, '2026-09-05')).toBe('overdue')
  })

  test('a notice received before the purchase shows right after it', () => {
    expect(stateOn({ ...bought, perfectedOn: '2026-07-05' }, '2026-07-13')).toBe('notified')
  })

  test('paid within tolerance it is collected, and settled once nothing is left to settle', () => {
    const facts = { ...bought, toleranceYen: 500, movements: [paid('2026-09-01', 1_099_560)] }
    expect(stateOn(facts, '2026-09-01')).toBe('collected')
    expect(stateOn({ ...facts, leftToSettleYen: 0 }, '2026-09-01')).toBe('settled')
  })

  test('confirmed dilution closes the rest, an unconfirmed shortfall does not', () => {
    const movements: ClaimMovement[] = [
      paid('2026-09-01', 1_000_000),
      { on: '2026-09-05', kind: 'confirmed_dilution', yen: 100_000 },
    ]
    expect(stateOn({ ...bought, movements }, '2026-09-04')).toBe('overdue')
    expect(stateOn({ ...bought, movements }, '2026-09-05')).toBe('collected')
  })

  test('a reversed payment leads back, from settled too', () => {
    const movements = [paid('2026-08-30', 1_100_000), paid('2026-09-10', -1_100_000)]
    const facts = { ...bought, movements, leftToSettleYen: 0 }
    expect(stateOn(facts, '2026-09-09')).toBe('settled')
    expect(stateOn(facts, '2026-09-10')).toBe('overdue')
  })

  test('dunning stays dunning until the money is there', () => {
    const steps = [...bought.steps, { on: '2026-09-05', to: 'dunning' as const }]
    expect(stateOn({ ...bought, steps, movements: [paid('2026-09-06', 1)] }, '2026-09-06')).toBe('dunning')
    expect(stateOn({ ...bought, steps, movements: [paid('2026-09-06', 1_100_000)] }, '2026-09-06')).toBe(
      'collected',
    )
  })

  test('money after a write-off is a recovery, and its reversal a write-off again', () => {
    const steps = [...bought.steps, { on: '2027-01-05', to: 'written_off' as const }]
    const movements: ClaimMovement[] = [
      { on: '2027-02-01', kind: 'recovery', yen: 50_000 },
      { on: '2027-02-10', kind: 'recovery', yen: -50_000 },
    ]
    const days = ['2027-01-31', '2027-02-01', '2027-02-10']
    expect(days.map(day => stateOn({ ...bought, steps, movements }, day))).toEqual([
      'written_off',
      'recovered',
      'written_off',
    ])
  })
})

test('without reversals each day is reached from the day before by listed derived steps', () => {
  const anyMovement = fc.record({
    day: fc.integer({ min: 0, max: 40 }),
    yen: fc.integer({ min: 1, max: 900_000 }),
  })
  const dayOf = (offset: number) => new Date(Date.UTC(2026, 7, 1 + offset)).toISOString().slice(0, 10)
  fc.assert(
    fc.property(fc.array(anyMovement, { maxLength: 4 }), fc.nat(5), (moves, graceDays) => {
      const movements = moves.map(({ day, yen }) => paid(dayOf(day), yen))
      const facts = { ...bought, movements, graceDays }
      let before: ReceivableState = 'purchased'
      for (let offset = 0; offset <= 45; offset++) {
        const { state } = deriveReceivableState(facts, dayOf(offset))
        expect(derivedPath(before, state), `${before} to ${state}`).not.toBeNull()
        expect(Object.keys(RECEIVABLE_MACHINE)).toContain(state)
        before = state
      }
    }),
  )
})
