import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { Refusal } from '../../platform/commands/refusal.ts'
import { furtherOwnAccount } from '../accounts/testing/own-account.ts'
import { type AccountStatement, type TransactionFacts, writeTransactionsFile } from '../bankformats/index.ts'
import { accountBalanceYen } from '../moneyledger/index.ts'
import { hold, judge, release } from './commands.ts'
import { listPayments, listStatementFiles, openPayment } from './contract.ts'
import { importFile } from './import-statement.ts'
import { PAYMENT_MACHINE, paymentWays } from './rules.ts'

let world: World
let accounting: Actor
let operations: Actor
let manager: Actor
beforeAll(async () => {
  world = await createWorld()
  accounting = await world.person('経理', 'accounting')
  operations = await world.person('事務', 'operations')
  manager = await world.person('部長', 'manager')
})
afterAll(() => world.close())

let number = 1_000_000
/** A further own account, so that each test has a bank of its own. */
async function ownAccount(): Promise<string> {
  const accountNo = String(++number)
  const place = { usage: 'collection' as const, bankCode: '0001', branchCode: '001' }
  await furtherOwnAccount(world, { accounting, manager }, { ...place, accountNo })
  return accountNo
}

const deposit = (amountYen: number, more: Partial<TransactionFacts> = {}): TransactionFacts => ({
  bookedOn: '2026-11-20',
  direction: 'in',
  kind: 'transfer',
  amountYen,
  payerKana: 'ｶ)ﾏﾙﾏﾙｼﾖｳｼﾞ',
  payerBank: 'ﾐﾂﾋﾞｼﾕ-ｴﾌｼﾞｴｲ',
  payerBranch: 'ﾎﾝﾃﾝ',
  ...more,
})

function bytesOf(accountNo: string, lines: TransactionFacts[], more: Partial<AccountStatement> = {}): Buffer {
  return Buffer.from(
    writeTransactionsFile([
      {
        createdOn: '2026-11-20',
        from: '2026-11-20',
        to: '2026-11-24',
        bankCode: '0001',
        branchCode: '001',
        accountType: 'ordinary',
        accountNo,
        accountName: 'ｶ)ｼﾞｼﾔ',
        openingYen: 0,
        lines,
        ...more,
      },
    ]),
  )
}

const upload = (content: Buffer, more: { fileName?: string; accountId?: string } = {}) =>
  world.done(accounting, importFile, {
    fileName: 'meisai.txt',
    contentBase64: content.toString('base64'),
    ...more,
  })

async function reasonsOf(attempt: Promise<unknown>) {
  try {
    await attempt
  } catch (error) {
    if (error instanceof Refusal) return error.reasons
    throw error
  }
  throw new Error('the command was expected to be refused')
}

const counts = async () => {
  const one = await world.db
    .selectFrom('payment_in')
    .select(eb => [eb.fn.countAll<number>().as('payments'), eb.fn.sum<string>('amount_yen').as('yen')])
    .executeTakeFirstOrThrow()
  const lines = await world.db
    .selectFrom('bank_line')
    .select(eb => eb.fn.countAll<number>().as('lines'))
    .executeTakeFirstOrThrow()
  const journals = await world.db
    .selectFrom('journal')
    .select(eb => eb.fn.countAll<number>().as('journals'))
    .executeTakeFirstOrThrow()
  return { ...one, ...lines, ...journals }
}

describe('a statement file', () => {
  it('becomes lines and deposits, booked to the suspense account', async () => {
    const accountNo = await ownAccount()
    const before = await accountBalanceYen(world.db, 'suspense', {})
    const result = await upload(
      bytesOf(accountNo, [
        deposit(1_099_560),
        deposit(1_045_000, { direction: 'out', kind: 'book_transfer', payerKana: '' }),
        deposit(30_000),
      ]),
    )
    expect(result).toMatchObject({
      alreadyImported: false,
      linesTotal: 3,
      linesNew: 3,
      linesKnown: 0,
      depositsNew: 2,
      depositsYen: 1_129_560,
      twins: 0,
    })
    expect((await accountBalanceYen(world.db, 'suspense', {})) - before).toBe(1_129_560)
    expect((await accountBalanceYen(world.db, 'bank', {})) - before).toBe(1_129_560)
    const { rows } = await world.ask(accounting, listPayments, { state: ['matching'], limit: 2 })
    expect(rows.map(row => [row.amountYen, row.payerKana, row.receivedOn])).toEqual([
      [30_000, 'ｶ)ﾏﾙﾏﾙｼﾖｳｼﾞ', '2026-11-20'],
      [1_099_560, 'ｶ)ﾏﾙﾏﾙｼﾖｳｼﾞ', '2026-11-20'],
    ])
    expect(await world.verbsOf(rows[0]!.id)).toEqual(['payment_received'])
    expect(await world.ask(accounting, openPayment, { paymentId: rows[0]!.id })).toMatchObject({
      transactionRecordUntil: '2033-11-20',
      transactionRecordYears: 7,
    })
  })

  it('sent again posts nothing twice and says so', async () => {
    const accountNo = await ownAccount()
    const file = bytesOf(accountNo, [deposit(500), deposit(500), deposit(700)])
    const first = await upload(file)
    const standing = await counts()
    const again = await upload(file)
    expect(again).toMatchObject({ fileId: first.fileId, alreadyImported: true, linesNew: 0, linesKnown: 3 })
    const wider = bytesOf(
      accountNo,
      [deposit(500), deposit(500), deposit(700), deposit(500, { bookedOn: '2026-11-24' })],
      { createdOn: '2026-11-24' },
    )
    expect(await upload(wider)).toMatchObject({
      alreadyImported: false,
      linesTotal: 4,
      linesNew: 1,
      linesKnown: 3,
      depositsYen: 500,
      twins: 0,
    })
    const after = await counts()
    expect([after.payments - standing.payments, after.lines - standing.lines]).toEqual([1, 1])
    expect(after.journals - standing.journals).toBe(1)
  })

  it('whose bank cut the name is not booked twice: a person tells the twins apart', async () => {
    const accountNo = await ownAccount()
    await upload(bytesOf(accountNo, [deposit(88_000), deposit(99_000)]))
    const before = await accountBalanceYen(world.db, 'suspense', {})
    const cut = { payerKana: 'ｶ)ﾏﾙﾏﾙ' }
    expect(await upload(bytesOf(accountNo, [deposit(88_000, cut), deposit(99_000, cut)]))).toMatchObject({
      linesNew: 2,
      depositsNew: 0,
      depositsYen: 0,
      twins: 2,
    })
    expect(await accountBalanceYen(world.db, 'suspense', {})).toBe(before)
    const { rows } = await world.ask(accounting, listPayments, { state: ['received'] })
    expect(rows.map(row => row.twinOf?.payerKana)).toEqual(['ｶ)ﾏﾙﾏﾙｼﾖｳｼﾞ', 'ｶ)ﾏﾙﾏﾙｼﾖｳｼﾞ'])
    const reason = '銀行の画面で確認した'
    // What may be the same deposit again is no transaction yet.
    const twin = await world.ask(accounting, openPayment, { paymentId: rows[0]!.id })
    expect(twin.transactionRecordUntil).toBe(null)
    await world.done(accounting, judge, { paymentId: rows[0]!.id, verdict: 'other', reason })
    await world.done(accounting, judge, { paymentId: rows[1]!.id, verdict: 'same', reason })
    expect((await accountBalanceYen(world.db, 'suspense', {})) - before).toBe(rows[0]!.amountYen)
    const twice = world.run(accounting, judge, { paymentId: rows[1]!.id, verdict: 'other', reason })
    expect(await world.refused(twice)).toEqual(['payment_must_be_a_twin'])
    const states = await world.ask(accounting, listPayments, { state: ['duplicate'] })
    expect(states.rows.map(row => row.id)).toEqual([rows[1]!.id])
  })

  it('of the own CSV needs the account to be named', async () => {
    const accountNo = await ownAccount()
    const csv = Buffer.from(
      [
        '日付,摘要,摘要内容,支払い金額,預かり金額,差引残高,メモ,未資金化区分,入払区分',
        '2026/11/20,振込１,カ）マルマルシヨウジ,,"61,000","61,000",,,',
        '2026/11/20,振込１,カ）サンカク,,"7,000","68,000",,,',
      ].join('\n'),
    )
    expect((await reasonsOf(upload(csv, { fileName: 'a.csv' }))).map(one => one.code)).toEqual([
      'statement_account_must_be_chosen',
    ])
    const { id } = await world.db
      .selectFrom('bank_account')
      .select('id')
      .where('account_no_last', '=', accountNo.slice(-3))
      .executeTakeFirstOrThrow()
    expect(await upload(csv, { fileName: 'a.csv', accountId: id })).toMatchObject({ depositsYen: 68_000 })
    // The same deposits in the bank's fixed-length file are the same lines.
    const fixed = bytesOf(accountNo, [deposit(61_000), deposit(7_000, { payerKana: 'ｶ)ｻﾝｶｸ' })])
    expect(await upload(fixed)).toMatchObject({ linesNew: 0, linesKnown: 2, twins: 0 })
  })

  it('of an account nobody registered is refused', async () => {
    expect((await reasonsOf(upload(bytesOf('9999999', [deposit(1)])))).map(one => one.code)).toEqual([
      'statement_account_must_be_known',
    ])
  })

  it('is kept byte for byte, encrypted', async () => {
    const accountNo = await ownAccount()
    const content = bytesOf(accountNo, [deposit(4_321)])
    const { fileId } = await upload(content)
    const row = await world.db
      .selectFrom('statement_file')
      .selectAll()
      .where('id', '=', fileId)
      .executeTakeFirstOrThrow()
    expect(row.sealed_bytes.includes(content.subarray(200, 260))).toBe(false)
    expect((await world.keys.openBytes(world.db, row.sealed_bytes))?.equals(content)).toBe(true)
    const { rows } = await world.ask(accounting, listStatementFiles, { limit: 1 })
    expect(rows[0]).toMatchObject({ id: fileId, fileName: 'meisai.txt', linesNew: 1, depositsYen: 4_321 })
  })
})

describe('a hostile file', () => {
  const hostile: [string, () => Buffer, RegExp][] = [
    [
      'cut in the middle of a record',
      () => bytesOf('1000001', [deposit(5_000)]).subarray(0, 350),
      /バイト目/,
    ],
    ['with a kanji in a kana field', () => Buffer.from('1030社'.padEnd(200, ' ')), /./],
    ['that is a workbook', () => Buffer.from('PK\x03\x04 not a statement'), /CSVで保存/],
    [
      'that is a page of a bank with a script',
      () => Buffer.from('<svg onload="x()"></svg>'),
      /XMLまたはHTML/,
    ],
    ['of zeros', () => Buffer.alloc(1_000), /./],
    [
      'with a negative amount and an impossible day',
      () =>
        Buffer.from(
          '日付,摘要,摘要内容,支払い金額,預かり金額,差引残高,メモ,未資金化区分,入払区分\n2026/02/30,振込,ア,,-5,100,,,',
        ),
      /2行目/,
    ],
    [
      'with a heading twice',
      () => Buffer.from('日付,日付,摘要,摘要内容,支払い金額,預かり金額,差引残高\n2026/11/20,,,,,1,1'),
      /見出し/,
    ],
  ]
  it.each(hostile)('%s is refused readably and leaves nothing behind', async (_name, make, said) => {
    const before = await counts()
    const reasons = await reasonsOf(upload(make()))
    expect(reasons.every(one => one.code === 'statement_must_be_readable')).toBe(true)
    expect(reasons.map(one => one.message).join('\n')).toMatch(said)
    expect(await counts()).toEqual(before)
  })

  it('whose last record lies about the sum is refused with record, byte and remedy', async () => {
    const accountNo = await ownAccount()
    const content = bytesOf(accountNo, [deposit(5_000)])
    content.write('9', 202 * 2 + 10, 'ascii')
    const before = await counts()
    const [reason] = await reasonsOf(upload(content))
    expect(reason?.facts).toMatchObject({ record: 3 })
    expect(typeof reason?.facts?.remedy).toBe('string')
    expect(await counts()).toEqual(before)
  })
})

describe('a deposit', () => {
  it('the bank takes back is voided, and its money leaves the suspense account', async () => {
    const accountNo = await ownAccount()
    await upload(bytesOf(accountNo, [deposit(77_000)]))
    const before = await accountBalanceYen(world.db, 'suspense', {})
    const both = [
      deposit(77_000),
      deposit(77_000, { kind: 'correction', direction: 'out', bookedOn: '2026-11-20' }),
    ]
    const result = await upload(bytesOf(accountNo, both))
    expect(result).toMatchObject({ linesNew: 1, depositsNew: 0, takenBack: 1 })
    expect((await accountBalanceYen(world.db, 'suspense', {})) - before).toBe(-77_000)
    const { rows } = await world.ask(accounting, listPayments, { state: ['voided'] })
    expect(rows.map(row => row.amountYen)).toEqual([77_000])
    expect(
      await world.refused(world.run(accounting, hold, { paymentId: rows[0]!.id, reason: '確認のため' })),
    ).toEqual(['payment_must_not_be_taken_back'])
  })

  it('is put aside with a reason and taken up again', async () => {
    const accountNo = await ownAccount()
    await upload(bytesOf(accountNo, [deposit(66_000)]))
    const { rows } = await world.ask(accounting, listPayments, { limit: 1 })
    const paymentId = rows[0]!.id
    await world.done(accounting, hold, { paymentId, reason: '入金元に照会中' })
    const held = await world.ask(accounting, listPayments, { state: ['held'] })
    expect(held.rows[0]).toMatchObject({ id: paymentId, heldReason: '入金元に照会中' })
    await world.done(accounting, release, { paymentId, reason: '回答があった' })
    const again = world.run(accounting, release, { paymentId, reason: '回答があった' })
    expect(await world.refused(again)).toEqual(['payment_must_be_waiting'])
    expect(await world.verbsOf(paymentId)).toEqual([
      'payment_received',
      'payment_held',
      'payment_released',
      'attempt_refused',
    ])
  })

  it('is judged by accounting only', async () => {
    const { rows } = await world.ask(operations, listPayments, { limit: 1 })
    const attempt = world.run(operations, hold, { paymentId: rows[0]!.id, reason: '保留したい' })
    expect(await world.refused(attempt)).toEqual(['permission_must_be_held'])
    const file = { fileName: 'a', contentBase64: '' }
    expect(await world.refused(world.run(operations, importFile, file))).toEqual(['permission_must_be_held'])
  })

  it('only goes ways whose every step the machine lists (FF §3)', () => {
    for (const way of paymentWays)
      for (const [at, state] of way.slice(1).entries()) expect(PAYMENT_MACHINE[way[at]!]).toContain(state)
  })
})
