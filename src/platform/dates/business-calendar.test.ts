import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addBusinessDays,
  businessDaysBetween,
  calendarOnTop,
  isBusinessDay,
  JP_BANK,
  JP_HOLIDAY,
  jpBankCalendar,
  jpHolidayCalendar,
  roll,
} from './business-calendar.ts'
import { epochDay, fromEpochDay } from './calendar-date.ts'
import { isHolidayListDue, nationalHoliday, nationalHolidays } from './holidays.ts'

test('national holidays of 1970–2027 equal the official list of the Cabinet Office', () => {
  const file = readFileSync(new URL('test-data/japanese-holidays-1955-2027.csv', import.meta.url), 'utf8')
  const official = file
    .split('\n')
    .map(line => line.split(',')[0]!)
    .filter(date => /^\d{4}-/.test(date) && date >= '1970-01-01')
  const ours = nationalHolidays('1970-01-01', '2027-12-31').map(day => day.date)
  expect(official.length).toBeGreaterThan(800)
  expect(ours).toEqual(official)
})

test('the day between two holidays is a holiday', () => {
  expect(nationalHoliday('2026-09-22')).toBe('休日')
  expect(nationalHoliday('2026-05-06')).toContain('振替休日')
  expect(nationalHoliday('2026-11-24')).toBeNull()
})

test.each([
  ['2026-10-31', '2026-11-02', '2026-10-30'],
  ['2026-12-31', '2027-01-04', '2026-12-30'],
  ['2026-05-03', '2026-05-07', '2026-05-01'],
  ['2026-09-20', '2026-09-24', '2026-09-18'],
  ['2027-01-10', '2027-01-12', '2027-01-08'],
  ['2026-11-24', '2026-11-24', '2026-11-24'],
])('%s rolls to %s following and %s preceding', (date, following, preceding) => {
  expect(roll(date, 'following', JP_BANK)).toBe(following)
  expect(roll(date, 'preceding', JP_BANK)).toBe(preceding)
  expect(roll(date, 'none', JP_BANK)).toBe(date)
})

test.each([
  ['2026-11-20', 3, '2026-11-26'],
  ['2026-12-30', 1, '2027-01-04'],
  ['2026-04-28', 5, '2026-05-11'],
  ['2027-01-04', -1, '2026-12-30'],
  ['2026-11-21', 0, '2026-11-21'],
])('%s plus %i business days is %s', (from, days, expected) => {
  expect(addBusinessDays(from, days, JP_BANK)).toBe(expected)
})

test('a closed day says why', () => {
  expect(JP_BANK.closedBecause('2026-12-31')).toBe('年末年始')
  expect(JP_BANK.closedBecause('2026-10-31')).toBe('土曜日')
  expect(JP_BANK.closedBecause('2026-11-23')).toBe('勤労感謝の日')
  expect(JP_BANK.closedBecause('2026-11-24')).toBeNull()
})

test('jp_holiday closes on national holidays only', () => {
  expect(isBusinessDay('2026-10-31', JP_HOLIDAY)).toBe(true)
  expect(isBusinessDay('2026-12-31', JP_HOLIDAY)).toBe(true)
  expect(isBusinessDay('2026-11-23', JP_HOLIDAY)).toBe(false)
})

test('overrides add and take away days, and a company closing lies on top of the banks', () => {
  const newLaw = { closed: [{ date: '2026-11-24', name: '特別の休日' }], open: ['2026-11-23'] }
  expect(roll('2026-11-23', 'following', jpBankCalendar(newLaw))).toBe('2026-11-23')
  expect(roll('2026-11-24', 'following', jpBankCalendar(newLaw))).toBe('2026-11-25')
  expect(jpHolidayCalendar(newLaw).closedBecause('2026-11-24')).toBe('特別の休日')
  const summer = calendarOnTop(JP_BANK, 'company', { closed: [{ date: '2026-08-12', name: '夏季休業' }] })
  expect(roll('2026-08-11', 'following', summer)).toBe('2026-08-13')
})

test('rolling gives the nearest business day, and business days count back to themselves', () => {
  const days = fc.integer({ min: epochDay('2020-01-01'), max: epochDay('2049-12-31') }).map(fromEpochDay)
  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 40 }), (date, count) => {
      const next = roll(date, 'following', JP_BANK)
      expect(isBusinessDay(next, JP_BANK)).toBe(true)
      expect(businessDaysBetween(date, next, JP_BANK)).toBe(next === date ? 0 : 1)
      expect(businessDaysBetween(date, addBusinessDays(date, count, JP_BANK), JP_BANK)).toBe(count)
    }),
    { numRuns: 50 },
  )
})

test('a calendar without any business day stops instead of running on', () => {
  const never = { code: 'never', closedBecause: () => '休業' }
  expect(() => roll('2026-11-23', 'following', never)).toThrow(RangeError)
})

test.each([
  ['2027-02-28', '2027-12-31', false],
  ['2027-03-01', '2027-12-31', true],
  ['2027-03-01', '2028-12-31', false],
  ['2028-01-04', '2027-12-31', true],
])('on %s with official holidays until %s the alarm is %s', (today, officialUntil, due) => {
  expect(isHolidayListDue(today, officialUntil)).toBe(due)
})
