import fc from 'fast-check'
import { expect, test } from 'vitest'
import { JP_BANK } from './business-calendar.ts'
import { addBusinessMinutes, businessMinutesBetween, runningMinutesBetween } from './business-clock.ts'

const hours = { calendar: JP_BANK, opensAt: '09:00', closesAt: '18:00' }
const at = (tokyo: string) => new Date(`${tokyo}:00+09:00`)

test.each([
  ['2026-11-24T10:00', '2026-11-24T11:30', 90],
  ['2026-11-24T08:00', '2026-11-24T09:30', 30],
  ['2026-11-24T17:00', '2026-11-25T10:00', 120],
  ['2026-11-20T17:00', '2026-11-24T10:00', 120],
  ['2026-11-21T10:00', '2026-11-23T18:00', 0],
  ['2026-12-30T17:30', '2027-01-04T09:30', 60],
  ['2026-11-24T11:00', '2026-11-24T10:00', 0],
])('from %s to %s are %i minutes of business time', (from, to, minutes) => {
  expect(businessMinutesBetween(at(from), at(to), hours)).toBe(minutes)
})

test('pauses stop the clock, overlapping ones only once', () => {
  const pauses = [
    { from: at('2026-11-24T13:00'), to: at('2026-11-24T15:00') },
    { from: at('2026-11-24T11:00'), to: at('2026-11-24T14:00') },
    { from: at('2026-11-24T17:00'), to: null },
  ]
  expect(runningMinutesBetween(at('2026-11-24T10:00'), at('2026-11-25T12:00'), hours, pauses)).toBe(180)
  expect(runningMinutesBetween(at('2026-11-24T10:00'), at('2026-11-24T12:00'), hours, [])).toBe(120)
})

test.each([
  ['2026-11-24T10:00', 60, '2026-11-24T11:00'],
  ['2026-11-20T17:00', 120, '2026-11-24T10:00'],
  ['2026-11-21T12:00', 0, '2026-11-24T09:00'],
  ['2026-12-30T09:00', 541, '2027-01-04T09:01'],
  ['2026-11-24T09:00', 540, '2026-11-24T18:00'],
])('%s plus %i business minutes is %s', (start, minutes, expected) => {
  expect(addBusinessMinutes(at(start), minutes, hours)).toEqual(at(expected))
})

test('a deadline lies exactly as many business minutes ahead as were given', () => {
  const start = fc.date({ min: at('2026-01-01T00:00'), max: at('2027-12-31T00:00'), noInvalidDate: true })
  fc.assert(
    fc.property(start, fc.integer({ min: 0, max: 5000 }), (from, minutes) => {
      expect(businessMinutesBetween(from, addBusinessMinutes(from, minutes, hours), hours)).toBe(minutes)
    }),
    { numRuns: 50 },
  )
})
