import fc from 'fast-check'
import { expect, test } from 'vitest'
import { epochDay, fromEpochDay } from './calendar-date.ts'
import { parsePartialDate, parseTypedDate, resolveTwoDigitYear } from './typed-date.ts'
import { formatWareki, parseWareki } from './wareki.ts'

test.each([
  ['2026-11-23', '令和8年11月23日', 'R8.11.23'],
  ['2019-05-01', '令和元年5月1日', 'R1.5.1'],
  ['2019-04-30', '平成31年4月30日', 'H31.4.30'],
  ['1989-01-08', '平成元年1月8日', 'H1.1.8'],
  ['1989-01-07', '昭和64年1月7日', 'S64.1.7'],
  ['1926-12-25', '昭和元年12月25日', 'S1.12.25'],
  ['1926-12-24', '大正15年12月24日', 'T15.12.24'],
  ['1912-07-30', '大正元年7月30日', 'T1.7.30'],
  ['1912-07-29', '明治45年7月29日', 'M45.7.29'],
  ['1873-01-01', '明治6年1月1日', 'M6.1.1'],
])('%s is %s', (date, long, short) => {
  expect(formatWareki(date)).toBe(long)
  expect(formatWareki(date, 'short')).toBe(short)
  expect(parseWareki(long)).toEqual({ ok: true, date })
  expect(parseWareki(short)).toEqual({ ok: true, date })
})

test('days before the Gregorian calendar came have no wareki', () => {
  expect(formatWareki('1872-12-31')).toBeNull()
})

test.each([
  ['2026-11-23', '2026-11-23'],
  ['2026/7/2', '2026-07-02'],
  ['2026.7.2', '2026-07-02'],
  ['20260702', '2026-07-02'],
  ['２０２６年７月２日', '2026-07-02'],
  ['2026年7月2日（木）', '2026-07-02'],
  ['2026年7月2日木曜日', '2026-07-02'],
  ['2026年 7月 2日', '2026-07-02'],
  ['2026/07/02 09:15', '2026-07-02'],
  ['2026-07-02T09:15:00', '2026-07-02'],
  ['二〇二六年七月二日', '2026-07-02'],
  ['令和8年7月2日', '2026-07-02'],
  ['令和八年十一月二十三日', '2026-11-23'],
  ['令和元年五月一日', '2019-05-01'],
  ['㋿8年7月2日', '2026-07-02'],
  ['㍻31.4.30', '2019-04-30'],
  ['R8.7.2', '2026-07-02'],
  ['r08/07/02', '2026-07-02'],
  ['Ｒ８－７－２', '2026-07-02'],
  ['R080702', '2026-07-02'],
  ['平31.4.30', '2019-04-30'],
  ['昭和50年1月1日', '1975-01-01'],
  ['8.7.2', '2026-07-02'],
  ['080702', '2026-07-02'],
])('%s typed on 2026-11-23 is read as %s', (typed, date) => {
  expect(parseTypedDate(typed, '2026-11-23')).toEqual({ ok: true, date })
})

test.each([
  ['', 'date_must_be_given'],
  ['平成32年1月1日', 'day_must_lie_in_its_era'],
  ['平成31年5月1日', 'day_must_lie_in_its_era'],
  ['昭和64年1月8日', 'day_must_lie_in_its_era'],
  ['昭和64-01-08', 'day_must_lie_in_its_era'],
  ['令和元年4月30日', 'day_must_lie_in_its_era'],
  ['明治5年1月1日', 'day_must_lie_in_its_era'],
  ['令和0年1月1日', 'era_year_must_start_at_one'],
  ['令和8年2月29日', 'date_must_exist'],
  ['2026-02-29', 'date_must_exist'],
  ['2026/13/1', 'date_must_exist'],
  ['0000-00-00', 'date_must_exist'],
  ['991399', 'date_must_exist'],
  ['11/23', 'year_must_be_given'],
  ['11月23日', 'year_must_be_given'],
  ['2026年11月', 'day_must_be_given'],
  ['令和8年11月', 'day_must_be_given'],
  ['280503', 'era_must_be_given'],
  ['26/11/23', 'era_must_be_given'],
  ['2026年11月23日（火）', 'weekday_must_match'],
  ['46349', 'date_must_be_readable'],
  ['来月末', 'date_must_be_readable'],
  [`2026-11-23${' '.repeat(60)}x`, 'date_must_be_readable'],
  ['2026-11-23-1', 'date_must_be_readable'],
])('%s typed on 2026-11-23 is refused: %s', (typed, code) => {
  expect(parseTypedDate(typed, '2026-11-23')).toMatchObject({ ok: false, code })
})

test.each([
  ['1972.6', '1972-06-01', 'month'],
  ['2012年11月', '2012-11-01', 'month'],
  ['平成15年4月', '2003-04-01', 'month'],
  ['H15.4', '2003-04-01', 'month'],
  ['平成元年1月', '1989-01-01', 'month'],
  ['１９９８年', '1998-01-01', 'year'],
  ['昭和44年', '1969-01-01', 'year'],
  ['大正元年', '1912-01-01', 'year'],
  ['S44', '1969-01-01', 'year'],
  ['平成15年4月1日', '2003-04-01', 'day'],
])('%s is known to the %3$s: %s', (typed, date, precision) => {
  expect(parsePartialDate(typed)).toEqual({ ok: true, date, precision })
})

test.each([
  ['平成32年', 'day_must_lie_in_its_era'],
  ['2012年13月', 'date_must_exist'],
  ['平成31年5月', 'day_must_lie_in_its_era'],
  ['創業50年', 'date_must_be_readable'],
  ['11/23', 'year_must_be_given'],
  ['12', 'date_must_be_readable'],
])('%s is no date of which a part is known: %s', (typed, code) => {
  expect(parsePartialDate(typed)).toMatchObject({ ok: false, code })
})

test('a refusal names the right era and the days that may be meant', () => {
  expect(parseWareki('平成32年1月1日')).toEqual({
    ok: false,
    code: 'day_must_lie_in_its_era',
    message: '平成32年1月1日はありません。平成は1989-01-08から2019-04-30までです。',
    remedy: '令和2年1月1日ではありませんか。',
    candidates: ['2020-01-01'],
  })
  expect(parseTypedDate('280503', '2026-11-23')).toMatchObject({
    candidates: ['2046-05-03', '2016-05-03', '1953-05-03', '1895-05-03', '2028-05-03'],
  })
})

test.each([
  ['081120', '2026-11-23', '2026-11-20'],
  ['280503', '2016-06-01', '2016-05-03'],
  ['310501', '2019-06-01', null],
  ['310430', '2019-06-01', '2019-04-30'],
  ['010501', '2019-06-01', '2019-05-01'],
  ['091123', '2026-11-23', '2027-11-23'],
  ['091124', '2026-11-23', null],
  ['051123', '2026-11-23', '2023-11-23'],
  ['051122', '2026-11-23', null],
])('%s in a file of %s is %s', (digits, reference, expected) => {
  const reading = parseTypedDate(digits, reference)
  expect(reading.ok ? reading.date : null).toBe(expected)
})

test('without a reference date a two-digit year is asked for', () => {
  expect(resolveTwoDigitYear(8, 11, 20, undefined)).toMatchObject({ ok: false, code: 'era_must_be_given' })
})

test('every day since 1873 survives writing and reading in each style', () => {
  const days = fc.integer({ min: epochDay('1873-01-01'), max: epochDay('2100-12-31') }).map(fromEpochDay)
  fc.assert(
    fc.property(
      days,
      fc.constantFrom('long' as const, 'short' as const, 'padded' as const),
      (date, style) => {
        expect(parseWareki(formatWareki(date, style)!)).toEqual({ ok: true, date })
      },
    ),
  )
})

test('no typed text makes the reader throw', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      text => typeof parseTypedDate(text, '2026-11-23').ok === 'boolean',
    ),
  )
})
