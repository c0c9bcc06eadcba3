import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { openContract } from '../contracts/contract.ts'
import { accountBalanceYen } from '../moneyledger/index.ts'
import { openParty } from '../parties/contract.ts'
import { openReceivable } from '../receivables/contract.ts'
import { apply } from './commands.ts'
import { lookIntoImportFile } from './looks.ts'
import { Drive } from './testing/drive.ts'
import { uglyBalances, uglyClaims, uglyContracts, uglyCustomers } from './testing/ugly-files.ts'

let world: World
let operations: Actor
let drive: Drive

beforeAll(async () => {
  world = await createWorld()
  operations = await world.person('事務', 'operations')
  drive = new Drive(world, operations, await world.person('決裁', 'approver'))
  await drive.taken('取引先コード,会社名\nU001,丙野建設株式会社\nU002,丁田電機株式会社\n', { role: 'debtor' })
})
afterAll(() => world.close())

const tables = [
  'party',
  'party_name',
  'party_search_key',
  'contract',
  'receivable',
  'purchase',
  'import_source_no',
] as const

/** Every record the four files may touch, and the balance of every account. */
async function everything(): Promise<string> {
  const rows: unknown[] = []
  for (const table of tables)
    rows.push(
      (await sql`select to_jsonb(t) - 'row_version' from ${sql.table(table)} t order by 1`.execute(world.db))
        .rows,
    )
  for (const account of ['purchasedReceivables', 'reserves', 'suspense', 'openingBalance'] as const)
    rows.push(await accountBalanceYen(world.db, account, {}))
  return JSON.stringify(rows)
}

it('an office’s own workbooks and files are taken over to the end, each fault at its place, and taken back without a trace', async () => {
  const untouched = await everything()
  const customersFile = await uglyCustomers()
  const { sheets } = await lookIntoImportFile(customersFile.fileName, customersFile.bytes)
  expect(sheets.map(({ name, hidden, kind, headingLine }) => [name, hidden, kind, headingLine])).toEqual([
    ['表紙', false, 'customers', 2],
    ['取引先一覧', false, 'customers', 5],
    ['旧データ', true, 'customers', 1],
  ])

  const customers = await drive.rehearsed(
    { ...customersFile, sheet: '取引先一覧' },
    { cleaning: ['totals', 'leading_zeros', 'half_width_kana', 'short_legal_forms', 'invisible'] },
    'customers',
  )
  const read = await drive.batch(customers)
  expect(read.header.filter((_, at) => read.mapping[at] === null)).toEqual(['', '備考（1）', '備考（2）'])
  expect(read.header).toContain('資本金（千円）')
  expect(await drive.outcomes(customers)).toEqual([
    'new',
    'refused yen_must_not_be_negative@9',
    'new',
    'new',
    'skipped row_is_no_record@',
  ])
  expect(read.sums).toMatchObject([{ fileYen: 15_000_000, takenYen: 18_000_000, refusedYen: -3_000_000 }])
  expect((await drive.decide(apply, customers)).state).toBe('applied')
  const [asahi] = await drive.rows(customers)
  expect(await world.ask(operations, openParty, { partyId: asahi!.party!.id })).toMatchObject({
    legalName: '株式会社朝日ドレイク商会',
    legalNameKana: 'アサヒドレイクショウカイ',
    establishedOn: '1987-04-01',
    capitalYen: 10_000_000,
    postalCode: '1000005',
    phone: '03-1234-5678',
  })
  const withCustomers = await everything()

  const contracts = await drive.rehearsed(uglyContracts(), {}, 'contracts')
  expect(await drive.outcomes(contracts)).toEqual([
    'new',
    'new number_was_read_without_its_zeros@2 date_was_a_serial_number@7',
    expect.stringMatching(/^refused .*date_must_exist@7/),
  ])
  // Line breaks inside headings and cells do not shift the places that are named.
  expect((await drive.rows(contracts)).map(row => row.line)).toEqual([6, 8, 9])
  await drive.decide(apply, contracts)
  const [first] = await drive.rows(contracts)
  expect(await world.ask(operations, openContract, { contractId: first!.recordId! })).toMatchObject({
    signedOn: '2025-04-01',
    endsOn: '2027-03-31',
    terms: { legalKind: 'two_party', advancePpm: 800_000, feePpm: 50_000 },
  })

  const cutOver = { cutOverOn: '2026-11-20', cleaning: ['totals', 'ditto', 'invisible'] }
  const claims = await drive.rehearsed(await uglyClaims(), cutOver, 'claims')
  expect((await drive.batch(claims)).header).toContain('買取 日付')
  expect(await drive.outcomes(claims)).toEqual([
    'new',
    'new',
    'new date_was_a_serial_number@4 date_was_a_serial_number@5 date_was_a_serial_number@7',
    expect.stringMatching(/^refused yen_must_not_be_negative@10/),
    'skipped row_is_no_record@',
  ])
  const applied = await drive.decide(apply, claims)
  expect(applied.sums.find(sum => sum.field === 'openYen')).toMatchObject({
    fileYen: 1_900_000,
    takenYen: 1_650_000,
    booksYen: 1_650_000,
  })
  const second = (await drive.rows(claims))[1]!
  expect(second.party?.legalName).toBe('株式会社朝日ドレイク商会')
  expect(await world.ask(operations, openReceivable, { receivableId: second.recordId! })).toMatchObject({
    invoiceNo: '000123',
    openYen: 350_000,
    dueOn: '2026-10-31',
  })

  const balances = await drive.rehearsed(uglyBalances(), cutOver, 'balances')
  expect(await drive.outcomes(balances)).toEqual([
    'new',
    'new',
    'refused balance_must_come_with_the_claims@1',
    'refused yen_must_not_be_negative@4',
    'skipped row_is_no_record@',
  ])
  expect((await drive.decide(apply, balances)).sums).toMatchObject([
    { fileYen: 14_295_578, takenYen: 12_645_678, booksYen: 12_645_678 },
  ])
  for (const batch of [balances, claims, contracts]) await drive.reverted(batch)
  expect(await everything()).toBe(withCustomers)
  await drive.reverted(customers)
  expect(await everything()).toBe(untouched)
})

it('rows hidden in a sheet are left out where somebody says so', async () => {
  const file = { ...(await uglyCustomers()), sheet: '取引先一覧' }
  const id = await drive.rehearsed(file, { cleaning: ['totals', 'hidden_rows'] }, 'customers')
  const outcomes = (await drive.rows(id)).map(row => [row.line, row.outcome])
  expect(outcomes).toContainEqual([9, 'skipped'])
})

it('a founding day known to the month or the year keeps how much is known, and numbers without their first sign are repaired on request', async () => {
  const file =
    '会社名,設立,インボイス登録番号,法人番号\n株式会社北の丸,1972.6,7010705000725,\n南風株式会社,昭和44年,,0107-05-000725\n'
  const strict = await drive.rehearsed(file, {}, 'customers')
  expect(await drive.outcomes(strict)).toEqual([
    expect.stringContaining('refused'),
    expect.stringContaining('refused'),
  ])
  const id = await drive.rehearsed(
    file.replace('7010705000725', '7000012050002'),
    { cleaning: ['invoice_t', 'company_register_number'] },
    'customers',
  )
  expect(await drive.outcomes(id)).toEqual(['new date_was_partial@2', 'new date_was_partial@2'])
  await drive.decide(apply, id)
  const [first, second] = await drive.rows(id)
  expect(await world.ask(operations, openParty, { partyId: first!.party!.id })).toMatchObject({
    establishedOn: '1972-06-01',
    establishedPrecision: 'month',
    invoiceRegNo: 'T7000012050002',
  })
  expect(await world.ask(operations, openParty, { partyId: second!.party!.id })).toMatchObject({
    establishedOn: '1969-01-01',
    establishedPrecision: 'year',
    corporateNumber: '7010705000725',
  })
  await drive.reverted(id)
})
