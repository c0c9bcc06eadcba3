import fc from 'fast-check'
import { expect, test } from 'vitest'
import { epochDay, fromEpochDay } from '../../../platform/dates/calendar-date.ts'
import type { FormatProblem } from '../problem.ts'
import { readStatement } from '../read-statement.ts'
import type { Statement } from '../statement.ts'
import type { CsvOptions } from './read-csv.ts'
import { encodeCp932 } from './text-encoding.ts'

const options: CsvOptions = { fileName: 'meisai.csv', today: '2026-11-24' }

function cp932(text: string): Uint8Array {
  const encoded = encodeCp932(text)
  if (!encoded.ok) throw new Error(encoded.problems[0]!.message)
  return encoded.value
}

function statementsOf(file: Uint8Array | string, changed: Partial<CsvOptions> = {}): Statement[] {
  const reading = readStatement(typeof file === 'string' ? Buffer.from(file) : file, {
    ...options,
    ...changed,
  })
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
  return reading.statements
}

function problemsOf(file: Uint8Array | string): FormatProblem[] {
  const reading = readStatement(typeof file === 'string' ? Buffer.from(file) : file, options)
  return reading.ok ? [] : reading.problems
}

const MUFG = [
  '"日付","摘要","摘要内容","支払い金額","預かり金額","差引残高","メモ","未資金化区分","入払区分"',
  '"2026/11/20","振込１","カ）マルマルシヨウジ","","1,099,560","6,099,560","","","入金"',
  '"2026/11/20","振替","デンキリヨウキン","1,045,000","","5,054,560","","","出金"',
  '"2026/11/24","振込１","ヤマダ　タロウ","","955,000","6,009,560","11月分","","入金"',
  '',
].join('\r\n')

test('a CSV of MUFG in Shift_JIS becomes the same lines as a fixed-length file', () => {
  const bytes = cp932(MUFG)
  const [statement] = statementsOf(bytes)
  expect(statement!.header).toEqual({
    format: 'bank_csv',
    profile: 'mufg',
    bankCode: null,
    branchCode: null,
    accountType: null,
    accountNo: null,
    accountName: '',
    createdOn: null,
    from: '2026-11-20',
    to: '2026-11-24',
    openingYen: 5_000_000,
    closingYen: 6_009_560,
  })
  const second = cp932(MUFG.split('\r\n')[1]!)
  expect(statement!.lines[0]).toEqual({
    lineNo: 2,
    raw: Buffer.from(second).toString('base64'),
    bookedOn: '2026-11-20',
    valueOn: '2026-11-20',
    direction: 'in',
    amountYen: 1_099_560,
    payerKana: 'ｶ)ﾏﾙﾏﾙｼﾖｳｼﾞ',
    payerBank: '',
    payerBranch: '',
    edi: '',
    bankSummary: '振込１ カ）マルマルシヨウジ',
    cancelFlag: false,
    cancelsLineNo: null,
    balanceYen: 6_099_560,
    inquiryNo: '',
    kind: 'transfer',
    unclearedYen: 0,
  })
  expect(statement!.lines[1]).toMatchObject({ direction: 'out', amountYen: 1_045_000, payerKana: '' })
  expect(statement!.lines[2]).toMatchObject({
    payerKana: 'ﾔﾏﾀﾞ ﾀﾛｳ',
    bankSummary: '振込１ ヤマダ　タロウ 11月分',
  })
  expect(statement!.notices).toEqual([])
})

test('encoding, line ends, order and tabs do not change what is read', () => {
  const facts = (file: Uint8Array | string) => {
    const { header, lines } = statementsOf(file)[0]!
    return [header, lines.map(line => ({ ...line, raw: '', lineNo: 0 }))]
  }
  const expected = facts(cp932(MUFG))
  const rows = MUFG.trim().split('\r\n')
  const newestFirst = [rows[0], ...rows.slice(1).reverse()].join('\n')
  const daysDown = [rows[0], rows[3], rows[1], rows[2]].join('\n')
  expect(facts(MUFG)).toEqual(expected)
  expect(facts(`\uFEFF${MUFG}`)).toEqual(expected)
  expect(facts(Buffer.from(`\uFEFF${MUFG}`, 'utf16le'))).toEqual(expected)
  expect(facts(MUFG.replaceAll('\r\n', '\r'))).toEqual(expected)
  expect(facts(newestFirst)).toEqual(expected)
  expect(facts(daysDown)).toEqual(expected)
  expect(facts(MUFG.replaceAll('","', '"\t"').replaceAll(/(?<=\d),(?=\d)/g, ''))).toEqual(expected)
})

test('ANSER rows of two accounts become two statements, each with its own balance', () => {
  const csv = [
    '照会口座,番号,勘定日,（起算日）,出金金額（円）,入金金額（円）,小切手区分,残高（円）,取引区分,明細区分,金融機関名,支店名,摘要',
    '本店営業部　普通　1234567,1,2026年11月20日,2026年11月19日,,1099560,,6099560,振込,,ミツビシＵＦＪ,ホンテン,カ）マルマルシヨウジ',
    '本店営業部　当座　7654321,1,2026年11月20日,,500000,,,500000,現金,,,,',
    '本店営業部　普通　1234567,2,2026年11月24日,,1099560,,,5000000,振込取消,,,,カ）マルマルシヨウジ',
  ].join('\r\n')
  const [first, second] = statementsOf(cp932(csv))
  expect(first!.header).toMatchObject({
    profile: 'anser',
    accountType: 'ordinary',
    accountNo: '1234567',
    openingYen: 5_000_000,
  })
  expect(second!.header).toMatchObject({
    accountType: 'current',
    accountNo: '7654321',
    openingYen: 1_000_000,
    closingYen: 500_000,
  })
  expect(first!.lines[0]).toMatchObject({
    valueOn: '2026-11-19',
    payerBank: 'ミツビシＵＦＪ',
    payerBranch: 'ホンテン',
    inquiryNo: '1',
  })
  expect(first!.lines[1]).toMatchObject({
    cancelFlag: true,
    cancelsLineNo: 2,
    direction: 'out',
    valueOn: '2026-11-24',
  })
})

test('the two hearsay layouts are read, wareki and signs included', () => {
  const two =
    '年月日,お引出し,お預入れ,お取り扱い内容,残高\nR8.11.20,,"¥1,000",振込　カ)ﾏﾙﾏﾙ,"¥3,000"\n8.11.24,"５００",,カード,"２，５００"\n'
  expect(statementsOf(two)[0]).toMatchObject({
    header: { profile: 'generic_two_columns', openingYen: 2000, closingYen: 2500 },
    lines: [
      { bookedOn: '2026-11-20', payerKana: 'ｶ)ﾏﾙﾏﾙ', amountYen: 1000, kind: 'transfer' },
      { bookedOn: '2026-11-24', direction: 'out', amountYen: 500, kind: 'cash' },
    ],
  })
  const signed =
    '取引日,入出金(円),取引後残高(円),入出金内容\n20261120,△500,-300,引落\n20261121,1000,700,ﾌﾘｺﾐ ﾔﾏﾀﾞ ﾀﾛｳ\n'
  expect(statementsOf(signed)[0]).toMatchObject({
    header: { profile: 'generic_signed', openingYen: 200 },
    lines: [
      { direction: 'out', amountYen: 500 },
      { direction: 'in', payerKana: 'ﾔﾏﾀﾞ ﾀﾛｳ' },
    ],
  })
})

test('unknown headings are guessed only where a balance proves the reading, and said so', () => {
  const csv =
    '口座,1234567\n取引日,摘要,出金金額,入金金額,残高\n2026/11/20,ﾌﾘｺﾐ ｶ)ﾏﾙﾏﾙ,,100,100\n合計,,0,100,\n'
  const [statement] = statementsOf(csv)
  expect(statement!.header.profile).toBe('guessed')
  expect(statement!.lines).toMatchObject([{ lineNo: 3, payerKana: 'ｶ)ﾏﾙﾏﾙ' }])
  expect(statement!.notices.map(notice => notice.code)).toEqual(['columns_were_guessed'])
  expect(problemsOf('取引日,摘要,出金金額,入金金額\n2026/11/20,x,,100\n')).toMatchObject([
    { line: 1, code: 'headings_must_be_known' },
  ])
})

test('a profile of the installation is used first, and a missing balance column is said', () => {
  const profile = {
    code: 'own',
    label: '自社',
    seen: true,
    bookedOn: '日',
    signed: '額',
    summary: ['名'],
    payer: '名',
  }
  const [statement] = statementsOf('日,額,名\n26/11/20,100,ﾔﾏﾀﾞ\n', {
    profiles: [profile],
    twoDigitYears: 'western',
  })
  expect(statement).toMatchObject({
    header: { profile: 'own', openingYen: null },
    lines: [{ bookedOn: '2026-11-20' }],
  })
  expect(statement!.notices.map(notice => notice.code)).toEqual(['balance_could_not_be_proved'])
})

test('a carried-forward row gives the opening balance and no line', () => {
  const csv =
    '年月日,お引出し,お預入れ,お取り扱い内容,残高\n2026/11/1,,,前月繰越,500\n2026/11/2,,100,ﾔﾏﾀﾞ,600\n'
  expect(statementsOf(csv)[0]).toMatchObject({ header: { openingYen: 500 }, lines: [{ lineNo: 3 }] })
})

test('a kanji summary names no payer', () => {
  expect(statementsOf(MUFG.replace('カ）マルマルシヨウジ', '利息'))[0]!.lines[0]).toMatchObject({
    payerKana: '',
    bankSummary: '振込１ 利息',
  })
})

const row = (cells: string) =>
  `年月日,お引出し,お預入れ,お取り扱い内容,残高\n2026/11/20,,1000,ﾔﾏﾀﾞ,1000\n${cells}\n`

test.each([
  ['2026/11/21,,500,ﾔﾏﾀﾞ,1600', 5, '残高', 'running_balance_must_hold'],
  ['2026/11/31,,500,ﾔﾏﾀﾞ,1500', 1, '年月日', 'date_must_exist'],
  ['11/21,,500,ﾔﾏﾀﾞ,1500', 1, '年月日', 'year_must_be_given'],
  ['きのう,,500,ﾔﾏﾀﾞ,1500', 1, '年月日', 'date_must_be_readable'],
  ['280503,,500,ﾔﾏﾀﾞ,1500', 1, '年月日', 'era_must_be_given'],
  ['2026/11/21,,"5,00",ﾔﾏﾀﾞ,1500', 3, 'お預入れ', 'commas_must_stand_every_three_digits'],
  ['2026/11/21,,500.5,ﾔﾏﾀﾞ,1500', 3, 'お預入れ', 'amount_must_be_whole_yen'],
  ['2026/11/21,,=SUM(A1),ﾔﾏﾀﾞ,1500', 3, 'お預入れ', 'amount_must_be_readable'],
  ['2026/11/21,-500,,ﾔﾏﾀﾞ,1500', 2, 'お引出し', 'amount_must_not_be_negative'],
  ['2026/11/21,500,500,ﾔﾏﾀﾞ,1000', 2, 'お引出し', 'one_amount_must_be_empty'],
  ['2026/11/21,,,ﾔﾏﾀﾞ,', 3, 'お預入れ', 'amount_must_be_given'],
  ['2026/11/21,,500,ﾔﾏﾀﾞ,abc', 5, '残高', 'amount_must_be_readable'],
  ['2026/11/21,,500,"ﾔﾏﾀﾞ,1500', 1, '行', 'quote_must_be_closed'],
])('the row %s is refused at column %i, %s: %s', (cells, column, field, code) => {
  const [found] = problemsOf(row(cells))
  expect(found).toMatchObject({ line: 3, column, field, code })
  expect(found!.remedy).not.toBe('')
})

test('a row missing from the middle is shown with both balances', () => {
  const rows = MUFG.split('\r\n')
  expect(problemsOf([rows[0], rows[1], rows[3]].join('\n'))).toEqual([
    {
      line: 3,
      column: 6,
      field: '残高',
      code: 'running_balance_must_hold',
      message:
        '3行目（2026-11-24、955,000円）: 前の残高から計算すると7,054,560円ですが、残高は6,009,560円です。',
      remedy: '行が抜けているか、並べ替えや書き換えがあります。銀行からもう一度取得してください。',
    },
  ])
})

test.each([
  ['an empty file', '', 'file_must_not_be_empty'],
  ['a workbook', 'PK\x03\x04rest', 'file_must_be_a_statement'],
  ['a PDF', '%PDF-1.7', 'file_must_be_a_statement'],
  ['a login page', '<!DOCTYPE html><html>', 'file_must_be_a_statement'],
  ['a drawing with script', '<svg onload="x"/>', 'file_must_be_a_statement'],
  ['a transfer request', `1210${'0'.repeat(116)}`, 'business_type_must_match'],
  ['headings twice', '年月日,お引出し,お預入れ,お取り扱い内容,残高,残高\n', 'headings_must_be_distinct'],
  ['headings without rows', '年月日,お引出し,お預入れ,お取り扱い内容,残高\n', 'statement_must_hold_lines'],
  ['ten thousand columns', `${'a,'.repeat(10_000)}\n`, 'row_must_not_be_too_wide'],
  ['a huge line', `日付,${'x'.repeat(70_000)}\n`, 'row_must_not_be_too_long'],
  ['prose', 'これは明細ではありません。\n', 'headings_must_be_known'],
])('%s is refused: %s', (_what, file, code) => {
  expect(problemsOf(file)).toMatchObject([{ code }])
})

test('a byte that is no text is shown by line and byte', () => {
  const bytes = Buffer.concat([
    cp932('年月日,お引出し,お預入れ,お取り扱い内容,残高\n2026/11/20,,1,山'),
    Uint8Array.of(0xfd),
    cp932(',1\n'),
  ])
  expect(problemsOf(bytes)).toMatchObject([{ line: 2, column: 17, code: 'text_must_be_utf8_or_cp932' }])
})

test('quoted cells may hold commas, quotes and line ends', () => {
  const csv =
    '年月日,お引出し,お預入れ,お取り扱い内容,残高\n2026/11/20,,1000,"振込 ""ｱ""\n, x",1000\n2026/11/21,,1,x,1001\n'
  expect(statementsOf(csv)[0]!.lines).toMatchObject([
    { lineNo: 2, bankSummary: '振込 "ｱ"\n, x' },
    { lineNo: 4 },
  ])
})

test('a balance beyond every bank is refused, and a long cell is quoted in part', () => {
  const huge =
    '年月日,お引出し,お預入れ,お取り扱い内容,残高\n2026/11/20,9000000000000000,,x,-9000000000000000\n2026/11/21,,1,x,-8999999999999999\n'
  expect(problemsOf(huge.replace('/20,9000000000000000,', '/20,,9000000000000000'))).toMatchObject([
    { code: 'balance_must_be_in_range' },
  ])
  const [found] = problemsOf(row(`2026/11/21,,${'9'.repeat(5000)}x,y,1`))
  expect(found!.message.length).toBeLessThan(100)
})

test('thousands of wrong rows give a short list', () => {
  expect(problemsOf(row('x,,1,y,1\n'.repeat(5000)))).toHaveLength(50)
})

test('any true history reads back, oldest or newest first; one altered amount is refused', () => {
  const days = fc.integer({ min: epochDay('2026-10-01'), max: epochDay('2026-11-24') }).map(fromEpochDay)
  const moves = fc.array(
    fc.record({ day: days, yen: fc.integer({ min: -1_000_000, max: 1_000_000 }).filter(yen => yen !== 0) }),
    { minLength: 2, maxLength: 30 },
  )
  fc.assert(
    fc.property(moves, fc.boolean(), fc.nat(), (history, newestFirst, pick) => {
      const sorted = [...history].sort((a, b) => (a.day < b.day ? -1 : 1))
      let balance = 1_000_000
      const printed = sorted.map(move => {
        balance += move.yen
        return { ...move, balance }
      })
      // Plus and minus the same amount in a row read the same both ways round, so nothing can tell their order.
      fc.pre(sorted.every((move, i) => i === 0 || move.yen !== -sorted[i - 1]!.yen))
      const file = (rows: typeof printed) =>
        [
          '取引日,入出金(円),取引後残高(円),入出金内容',
          ...rows.map(one => `${one.day},${one.yen},${one.balance},ｱ`),
        ].join('\n')
      const order = (rows: typeof printed) => (newestFirst ? [...rows].reverse() : rows)
      const { header, lines } = statementsOf(file(order(printed)))[0]!
      expect([header.openingYen, header.closingYen]).toEqual([1_000_000, balance])
      expect(lines.map(line => (line.direction === 'in' ? line.amountYen : -line.amountYen))).toEqual(
        sorted.map(move => move.yen),
      )
      const at = 1 + (pick % (printed.length - 1))
      const altered = printed.map((one, i) => (i === at ? { ...one, yen: one.yen + 7_000_001 } : one))
      expect(problemsOf(file(order(altered)))[0]).toMatchObject({ code: 'running_balance_must_hold' })
    }),
    { numRuns: 100 },
  )
})

test('a CSV cut or damaged anywhere is read or refused with a place, and never crashes', () => {
  const bytes = cp932(MUFG)
  fc.assert(
    fc.property(fc.nat(bytes.length), fc.nat(bytes.length - 1), fc.nat(255), (cut, at, byte) => {
      const damaged = Uint8Array.from(bytes.subarray(0, cut))
      if (at < cut) damaged[at] = byte
      for (const one of problemsOf(damaged)) expect(one.message !== '' && one.remedy !== '').toBe(true)
    }),
    { numRuns: 500 },
  )
})
