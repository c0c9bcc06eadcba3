import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runReconcile } from './run-reconcile.ts'

const RECEIVABLES = `receivable_id,payer_id,payer_name_kana,payer_virtual_account,invoice_number,amount,issued_on,due_on
r1,p1,マルマルショウジ,,INV-2026-00120,1100000,2026-07-31,2026-08-31
"r,2",p2,サンカク,,A-7,"220,000",2026/8/1,20260930
`
const PAYERS = `payer_id,sender_kana,bank_code,branch_code,confirmed_count
p2,ﾅｶﾞﾉ ﾊﾅｺ,5,1,3
`
const DEPOSITS = `deposit_id,deposited_on,amount,sender_kana,bank_code,branch_code,virtual_account,edi
d1,2026-08-31,1099560,ｶ)ﾏﾙﾏﾙｼﾖｳｼﾞ,0005,001,,INV-2026-00120
d2,2026-09-30,"２２０,０００円",ﾅｶﾞﾉ ﾊﾅｺ,5,1,,
d3,2026-09-30,5,ﾀﾞﾚｶ,,,,
`

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reconcile-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function run(files: {
  receivables?: string | Buffer
  payers?: string | Buffer
  deposits?: string | Buffer
}) {
  await writeFile(join(folder, 'r.csv'), files.receivables ?? RECEIVABLES)
  await writeFile(join(folder, 'p.csv'), files.payers ?? PAYERS)
  await writeFile(join(folder, 'd.csv'), files.deposits ?? DEPOSITS)
  return runReconcile({
    receivablesFile: join(folder, 'r.csv'),
    payersFile: join(folder, 'p.csv'),
    depositsFile: join(folder, 'd.csv'),
    outFile: join(folder, 'm.csv'),
  })
}

const written = () => readFile(join(folder, 'm.csv'), 'utf8')

describe('daicho reconcile', () => {
  test('writes one row per allocated claim and reports the rest', async () => {
    const report = await run({})
    expect(await written()).toBe(
      [
        'deposit_id,receivable_id,amount,status,score,reasons',
        'd1,r1,1099560,auto,0.99,quoted_reference;kana_equal;transfer_fee_deducted',
        'd2,"r,2",220000,auto,0.99,learned_payer;exact_amount',
        '',
      ].join('\n'),
    )
    expect(report).toMatchObject({
      deposits: 3,
      auto: 2,
      proposed: 0,
      unidentified: 1,
      rowsWritten: 2,
      depositedYen: 1_319_565,
    })
  })

  test('reads BOM, CP932, CRLF, other column orders and unknown columns alike', async () => {
    await run({})
    const plain = await written()
    const turned = `memo,edi,virtual_account,branch_code,bank_code,sender_kana,amount,deposited_on,deposit_id\r\n${DEPOSITS.trim()
      .split('\n')
      .slice(1)
      .map(line => `x,${line.replace('"２２０,０００円"', '220000').split(',').reverse().join(',')}`)
      .join('\r\n')}`
    const report = await run({
      receivables: `\uFEFF${RECEIVABLES}`,
      payers: iconv.encode(PAYERS, 'cp932'),
      deposits: turned,
    })
    expect(await written()).toBe(plain)
    expect(report.unknownColumns['d.csv']).toEqual(['memo'])
  })

  test('names every wrong place by file, line and column, and leaves the last result as it was', async () => {
    await run({})
    const before = await written()
    const deposits = `${DEPOSITS}d4,2026-02-30,-5,ｱ,0005,001,,\nd1,2026-08-31,1.5,ｱ,X,001,,\n`
    const error = await run({ deposits }).catch((problem: Error) => problem)
    const at = (line: number, column: string) => `d.csv:${line} column ${column}:`
    expect(String(error)).toContain(`${at(5, 'deposited_on')} "2026-02-30" is not a date; write YYYY-MM-DD`)
    expect(String(error)).toContain(`${at(5, 'amount')} -5 yen is too little; at least 1 is expected`)
    expect(String(error)).toContain(`${at(6, 'deposit_id')} "d1" already stands on line 2`)
    expect(String(error)).toContain(`${at(6, 'amount')} "1.5" is not whole yen`)
    expect(String(error)).toContain(`${at(6, 'bank_code')} "X" is not a code of 4 digits`)
    expect(await written()).toBe(before)
    expect((await readdir(folder)).sort()).toEqual(['d.csv', 'm.csv', 'p.csv', 'r.csv'])
  })

  test('a quoted line end does not shift the line numbers of later problems', async () => {
    const deposits = `${DEPOSITS.trim()}\nd4,2026-08-31,100,"ｱ\nｲ",0005,001,,\nd5,,x,ｱ,,,,\n`
    await expect(run({ deposits })).rejects.toThrow('d.csv:7 column amount: "x" is not whole yen')
  })

  test.each([
    [
      'missing headings',
      { payers: 'payer_id,sender_kana\np1,ｱ\n' },
      'p.csv:1 column bank_code: this heading is missing',
    ],
    [
      'headings twice',
      { payers: PAYERS.replace('branch_code', 'bank_code') },
      'p.csv:1 column bank_code: this heading stands twice',
    ],
    ['a short row', { payers: `${PAYERS}p9,ｱ\n` }, 'p.csv:3: 2 fields, but the header has 5'],
    ['an empty file', { deposits: '' }, 'd.csv:1: the file is empty'],
    [
      'an open quote',
      { deposits: `${DEPOSITS}d4,"2026` },
      'd.csv:5 column 2: a quote is opened and never closed',
    ],
    [
      'text behind a quote',
      { deposits: `${DEPOSITS}d4,"2026"x,1,,,,,\n` },
      'd.csv:5 column 2: text follows a closing quote',
    ],
    ['UTF-16', { deposits: Buffer.from(`\uFEFF${DEPOSITS}`, 'utf16le') }, 'd.csv:1: UTF-16 is not read'],
    [
      'a binary file',
      { deposits: Buffer.from([80, 75, 3, 4, 10, 0, 0]) },
      'd.csv:2: this is not a text file',
    ],
    [
      'neither encoding',
      { deposits: Buffer.concat([Buffer.from(DEPOSITS), Buffer.from([0xfc, 0xfc, 0xff, 0x0a])]) },
      'd.csv:5: neither UTF-8 nor CP932',
    ],
  ])('refuses %s in a way a person can act on', async (_, files, message) => {
    await expect(run(files)).rejects.toThrow(message)
    expect(await readdir(folder)).not.toContain('m.csv')
  })

  test('a file that is not there is named', async () => {
    await run({})
    const gone = join(folder, 'gone.csv')
    const files = {
      receivablesFile: gone,
      payersFile: join(folder, 'p.csv'),
      depositsFile: join(folder, 'd.csv'),
      outFile: join(folder, 'm.csv'),
    }
    await expect(runReconcile(files)).rejects.toThrow('gone.csv:1: no such file; check the path')
  })
})
