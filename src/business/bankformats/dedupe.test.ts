import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accountKey, dedupeKeys, looseKeys } from './dedupe.ts'
import { goldenB, goldenC } from './fixed/golden-statements.ts'
import { writeStatementFile } from './fixed/write-statement.ts'
import { readStatement } from './read-statement.ts'
import type { Statement, StatementLine } from './statement.ts'

function read(bytes: Uint8Array): Statement {
  const reading = readStatement(bytes, { fileName: 'meisai', today: '2026-11-24' })
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
  return reading.statements[0]!
}

const fromB = read(writeStatementFile(goldenB))
const fromC = read(writeStatementFile(goldenC))
const csv = [
  '日付,摘要,摘要内容,支払い金額,預かり金額,差引残高,メモ,未資金化区分,入払区分',
  '2026/11/20,振込１,カ）マルマルシヨウジ,,"1,099,560","6,099,560",,,',
  '2026/11/20,振替,デンキ,"1,045,000",,"5,054,560",,,',
].join('\n')
const fromCsv = read(Buffer.from(csv))

test('the same deposit has the same key in a statement, a notice and a CSV', () => {
  const account = accountKey(fromB.header)!
  expect(account).toBe('0001-001-1-1234567')
  expect(accountKey(fromC.header)).toBe(account)
  expect(accountKey(fromCsv.header)).toBeNull()
  expect(dedupeKeys(account, fromB.lines)).toEqual([
    '0001-001-1-1234567|2026-11-20|in|1099560|ｶﾏﾙﾏﾙｼﾖｳｼﾞ|1',
    '0001-001-1-1234567|2026-11-20|out|1045000||1',
  ])
  expect(dedupeKeys(account, fromCsv.lines)).toEqual(dedupeKeys(account, fromB.lines))
  expect(dedupeKeys(account, fromC.lines)).toEqual(dedupeKeys(account, fromB.lines).slice(0, 1))
})

test('two equal deposits of one day are two deposits', () => {
  const [line] = fromB.lines
  const keys = dedupeKeys('A', [line!, line!, { ...line!, bookedOn: '2026-11-24' }])
  expect(new Set(keys).size).toBe(3)
  expect(keys.map(key => key.at(-1))).toEqual(['1', '2', '1'])
})

test('a cancellation never has the key of the deposit it takes back', () => {
  const [line] = fromC.lines
  const cancel = { ...line!, direction: 'out' as const, cancelFlag: true }
  expect(dedupeKeys('A', [line!, cancel])[1]).toBe('A|2026-11-20|cancel|1099560||1')
})

test('the set of keys does not depend on the order of the lines, and no two lines share one', () => {
  const [line] = fromB.lines
  const lines = fc.array(
    fc
      .record({
        payerKana: fc.constantFrom('ｱ', 'ｲ', 'ｱ '),
        amountYen: fc.integer({ min: 1, max: 3 }),
        direction: fc.constantFrom('in' as const, 'out' as const),
      })
      .map((facts): StatementLine => ({ ...line!, ...facts })),
    { maxLength: 20 },
  )
  fc.assert(
    fc.property(lines, list => {
      const keys = dedupeKeys('A', list)
      expect(new Set(keys).size).toBe(list.length)
      expect(dedupeKeys('A', [...list].reverse()).sort()).toEqual([...keys].sort())
    }),
  )
})

test('a payer whose name was cut has another key but the same loose key', () => {
  const [line] = fromB.lines
  const cut = { ...line!, payerKana: 'ｶ)ﾏﾙﾏﾙ' }
  expect(dedupeKeys('A', [cut])).not.toEqual(dedupeKeys('A', [line!]))
  expect(looseKeys('A', [cut, cut])).toEqual(['A|2026-11-20|in|1099560|1', 'A|2026-11-20|in|1099560|2'])
})

test('interest has no payer, whatever the file calls it', () => {
  const interest = read(
    Buffer.from('年月日,お引出し,お預入れ,お取り扱い内容,残高\n2026/11/20,,12,オリソク,12\n'),
  )
  expect(dedupeKeys('A', interest.lines)).toEqual(['A|2026-11-20|in|12||1'])
})
