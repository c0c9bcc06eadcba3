import { expect, it } from 'vitest'
import { earliestTransferDay } from './bank-cut-off.ts'

const at = (tokyo: string) => new Date(`${tokyo}:00+09:00`)

it.each([
  ['a business day before the cut-off', '2026-11-25T14:59', '15:00', '2026-11-25'],
  ['the minute of the cut-off is too late', '2026-11-25T15:00', '15:00', '2026-11-26'],
  ['an earlier cut-off', '2026-11-25T13:30', '13:00', '2026-11-26'],
  ['Friday evening', '2026-11-27T18:00', '15:00', '2026-11-30'],
  ['Saturday morning', '2026-11-28T09:00', '15:00', '2026-11-30'],
  ['a holiday morning', '2026-11-23T09:00', '15:00', '2026-11-24'],
  ['after the last banking hour of the year', '2026-12-30T15:01', '15:00', '2027-01-04'],
  ['just after midnight in Tokyo, still yesterday in UTC', '2026-11-25T00:10', '15:00', '2026-11-25'],
])('the bank carries out a transfer handed in on %s (%s, until %s) on %s', (_, now, cutOff, day) => {
  expect(earliestTransferDay(at(now), cutOff)).toBe(day)
})
