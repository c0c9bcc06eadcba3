import fc from 'fast-check'
import { expect, test } from 'vitest'
import { JP_BANK } from '../../platform/dates/business-calendar.ts'
import { epochDay, fromEpochDay } from '../../platform/dates/calendar-date.ts'
import {
  checkPaymentTerm,
  formatPaymentTerm,
  type PaymentTerm,
  parsePaymentTerm,
  paymentDueOf,
} from './payment-term.ts'

function term(typed: string): PaymentTerm {
  const reading = parsePaymentTerm(typed)
  if (!reading.ok) throw new Error(reading.problems[0]!.message)
  return reading.value
}

test.each([
  ['月末締翌月末払', '2026-11-10', '2026-11-30', '2026-12-31', '2027-01-04', '2026-12-30'],
  ['月末締翌月末払', '2026-11-30', '2026-11-30', '2026-12-31', '2027-01-04', '2026-12-30'],
  ['20日締翌月10日払', '2026-11-20', '2026-11-20', '2026-12-10', '2026-12-10', '2026-12-10'],
  ['20日締翌月10日払', '2026-11-21', '2026-12-20', '2027-01-10', '2027-01-12', '2027-01-08'],
  ['15日締翌々月5日払', '2026-12-16', '2027-01-15', '2027-03-05', '2027-03-05', '2027-03-05'],
  ['月末締翌々月末払', '2026-12-31', '2026-12-31', '2027-02-28', '2027-03-01', '2027-02-26'],
  ['30日締翌月30日払', '2027-01-31', '2027-02-28', '2027-03-30', '2027-03-30', '2027-03-30'],
  ['15日締当月末払', '2026-11-15', '2026-11-15', '2026-11-30', '2026-11-30', '2026-11-30'],
])('%s: an item of %s closes %s and is due %s', (typed, itemOn, closingOn, dueOn, following, preceding) => {
  const base = term(typed)
  expect(paymentDueOf(base, itemOn, JP_BANK)).toMatchObject({ closingOn, dueOn, dueOnRolled: following })
  expect(paymentDueOf({ ...base, holidayRoll: 'preceding' }, itemOn, JP_BANK).dueOnRolled).toBe(preceding)
  expect(paymentDueOf({ ...base, holidayRoll: 'none' }, itemOn, JP_BANK).dueOnRolled).toBe(dueOn)
})

test('the due date explains itself', () => {
  expect(paymentDueOf(term('20日締翌月10日払'), '2026-11-21', JP_BANK).explanation).toBe(
    '2026-11-21の取引は2026-12-20締め、2027-01-10払い（日曜日のため2027-01-12）です。',
  )
})

test.each([
  ['月末締め翌月末払い', 31, 1, 31],
  ['末日〆翌翌月１０日支払', 31, 2, 10],
  ['20日締め、翌月10日払い', 20, 1, 10],
  ['毎月15日締 3か月後 5日払', 15, 3, 5],
])('%s is read', (typed, closeDay, monthOffset, payDay) => {
  expect(term(typed)).toEqual({ closeDay, monthOffset, payDay, holidayRoll: 'following' })
})

test.each([
  ['翌月末払', 'payment_term_must_be_readable'],
  ['32日締翌月末払', 'close_day_must_be_1_to_31'],
  ['20日締当月10日払', 'pay_day_must_follow_closing'],
  ['20日締13か月後10日払', 'month_offset_must_be_0_to_12'],
  ['20日締翌月0日払', 'pay_day_must_be_1_to_31'],
])('%s is refused: %s', (typed, code) => {
  expect(parsePaymentTerm(typed)).toMatchObject({ ok: false, problems: [{ code }] })
})

const terms = fc
  .record({
    closeDay: fc.integer({ min: 1, max: 31 }),
    monthOffset: fc.integer({ min: 0, max: 12 }),
    payDay: fc.integer({ min: 1, max: 31 }),
    holidayRoll: fc.constant('following' as const),
  })
  .filter(value => checkPaymentTerm(value).length === 0)

test('a written term reads back as itself', () => {
  fc.assert(
    fc.property(terms, value => {
      expect(term(formatPaymentTerm(value))).toEqual(value)
    }),
  )
})

test('payment never comes before closing, and closing never before the item', () => {
  const days = fc.integer({ min: epochDay('2020-01-01'), max: epochDay('2040-12-31') }).map(fromEpochDay)
  fc.assert(
    fc.property(terms, days, (value, itemOn) => {
      const due = paymentDueOf(value, itemOn, JP_BANK)
      expect(due.closingOn >= itemOn).toBe(true)
      expect(due.dueOn >= due.closingOn).toBe(true)
      expect(due.dueOnRolled >= due.dueOn).toBe(true)
    }),
  )
})
