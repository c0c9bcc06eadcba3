import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  compareDates,
  dayOfMonth,
  dayOfWeek,
  daysBetween,
  endOfMonth,
  epochDay,
  fromEpochDay,
  isIsoDate,
  isoDate,
  isWithin,
} from './calendar-date.ts'
import { Temporal } from './temporal.ts'
import { todayInTokyo } from './today.ts'

const anyDate = fc.integer({ min: epochDay('1900-01-01'), max: epochDay('2199-12-31') }).map(fromEpochDay)

test.each([
  ['2026-11-23', true],
  ['2024-02-29', true],
  ['2026-02-29', false],
  ['1900-02-29', false],
  ['2000-02-29', true],
  ['2026-13-01', false],
  ['2026-00-10', false],
  ['2026-04-31', false],
  ['2026-1-1', false],
  ['0026-11-23', false],
  ['2026-11-23T00:00', false],
  [' 2026-11-23', false],
  ['', false],
  [20261123, false],
  [null, false],
])('whether %s is a date: %s', (text, expected) => {
  expect(isIsoDate(text)).toBe(expected)
})

test.each([
  ['2026-12-31', 1, '2027-01-01'],
  ['2024-02-28', 1, '2024-02-29'],
  ['2026-03-01', -1, '2026-02-28'],
  ['2026-11-10', 59, '2027-01-08'],
  ['1969-12-31', 1, '1970-01-01'],
])('%s plus %i days is %s', (from, days, expected) => {
  expect(addDays(from, days)).toBe(expected)
  expect(daysBetween(from, expected)).toBe(days)
})

test.each([
  ['2026-01-31', 1, '2026-02-28'],
  ['2024-01-31', 1, '2024-02-29'],
  ['2026-11-30', 3, '2027-02-28'],
  ['2026-03-31', -1, '2026-02-28'],
  ['2026-11-15', -23, '2024-12-15'],
  ['2026-11-15', 14, '2028-01-15'],
])('%s plus %i months is %s', (from, months, expected) => {
  expect(addMonths(from, months)).toBe(expected)
})

test('a day past the end of the month is cut to the last day', () => {
  expect(dayOfMonth(2026, 14, 31)).toBe('2027-02-28')
  expect(dayOfMonth(2026, 0, 31)).toBe('2025-12-31')
  expect(endOfMonth('2028-02-03')).toBe('2028-02-29')
})

test('weekdays run from 0 Sunday to 6 Saturday', () => {
  expect(dayOfWeek('2026-11-23')).toBe(1)
  expect(dayOfWeek('2026-10-31')).toBe(6)
  expect(dayOfWeek('1969-12-28')).toBe(0)
})

test('date arithmetic agrees with Temporal on any day', () => {
  fc.assert(
    fc.property(
      anyDate,
      fc.integer({ min: -4000, max: 4000 }),
      fc.integer({ min: -600, max: 600 }),
      (date, days, months) => {
        const plain = Temporal.PlainDate.from(date)
        expect(addDays(date, days)).toBe(plain.add({ days }).toString())
        expect(addMonths(date, months)).toBe(plain.add({ months }).toString())
        expect(dayOfWeek(date)).toBe(plain.dayOfWeek % 7)
      },
    ),
  )
})

test('dates order as their text does', () => {
  expect(['2027-01-01', '2026-12-31', '2026-02-01'].sort(compareDates)).toEqual([
    '2026-02-01',
    '2026-12-31',
    '2027-01-01',
  ])
  expect(isWithin('2026-11-23', '2026-11-23', null)).toBe(true)
  expect(isWithin('2026-11-23', null, '2026-11-22')).toBe(false)
})

test('a day which the calendar does not have is a mistake of ours and stops at once', () => {
  expect(() => isoDate(2026, 2, 29)).toThrow(RangeError)
  expect(() => addDays('2026-02-30', 1)).toThrow(RangeError)
})

test('today in Tokyo begins at 15:00 UTC of the day before', () => {
  expect(todayInTokyo(new Date('2026-11-22T14:59:59.999Z'))).toBe('2026-11-22')
  expect(todayInTokyo(new Date('2026-11-22T15:00:00Z'))).toBe('2026-11-23')
})
