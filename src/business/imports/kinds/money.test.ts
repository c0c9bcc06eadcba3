import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../../app/testing/world.ts'
import type { Actor } from '../../../platform/commands/actor.ts'
import { followUpCommand } from '../../collections/index.ts'
import { openContract } from '../../contracts/contract.ts'
import { accountBalanceYen } from '../../moneyledger/index.ts'
import { openReceivable } from '../../receivables/contract.ts'
import { apply, rehearse } from '../commands.ts'
import { Drive } from '../testing/drive.ts'

let world: World
let drive: Drive
let operations: Actor

beforeAll(async () => {
  world = await createWorld()
  operations = await world.person('事務', 'operations')
  drive = new Drive(world, operations, await world.person('決裁', 'approver'))
  await drive.taken('顧客番号,法人名\nK-1,株式会社甲斐運輸\nK-2,有限会社乙川商店\n')
  await drive.taken('顧客番号,法人名\nU-1,丙野建設株式会社\nU-2,丁田電機株式会社\n', { role: 'debtor' })
})
afterAll(() => world.close())

const CONTRACTS = '顧客番号,契約番号,取引形態,回収経路,掛目,手数料率,契約日,送金日数,反社条項'
const CLAIMS =
  '顧客番号,売掛先コード,債権番号,請求書番号,発行日,支払期日,買取日,額面,買取額,前渡額,手数料額,回収済額,残高,留保金残高,状態,契約番号'
const cutOver = { cutOverOn: '2026-11-20', unreadable: 'refuse' }

/** Everything money imports may touch, without journals, which are only ever added to. */
async function books(): Promise<string> {
  const tables = [
    'receivable',
    'purchase',
    'receivable_step',
    'receivable_movement',
    'duplicate_check',
    'contract',
    'contract_version',
    'credit_exposure',
    'import_source_no',
  ] as const
  const rows = []
  for (const table of tables)
    rows.push((await sql`select * from ${sql.table(table)} order by 1, 2`.execute(world.db)).rows)
  const totals = await world.db
    .selectFrom('credit_pair_total')
    .selectAll()
    .where(eb => eb.or([eb('paid_yen', '>', 0), eb('committed_yen', '>', 0)]))
    .execute()
  const stages = await world.db.selectFrom('party').select(['id', 'stage']).orderBy('id').execute()
  return JSON.stringify([rows, totals, stages])
}

const balance = (account: 'purchasedReceivables' | 'reserves' | 'openingBalance' | 'suspense') =>
  accountBalanceYen(world.db, account, {})

describe('open claims of an old system', () => {
  it('come with their contracts, reconcile to the yen, and leave the books as they were at the revert', async () => {
    const untouched = await books()
    const contracts = await drive.taken(
      [
        CONTRACTS,
        'K-1,旧-001,2社間,,80%,5%,2025/4/1,3,あり',
        'K-2,旧-002,三社間,直接,9割,２.5％,令和7年6月1日,,有',
      ].join('\n'),
      {},
      'contracts',
    )
    expect(await drive.outcomes(contracts)).toEqual(['new', 'new'])
    const [first] = await drive.rows(contracts)
    expect(await world.ask(operations, openContract, { contractId: first!.recordId! })).toMatchObject({
      state: 'active',
      signedOn: '2025-04-01',
      terms: {
        legalKind: 'two_party',
        collectionRoute: 'client_remits',
        advancePpm: 800_000,
        feePpm: 50_000,
        remitRule: { kind: 'days_after_due', days: 3, unit: 'business' },
      },
    })
    const before = await books()
    const id = await drive.rehearsed(
      [
        CLAIMS,
        'K-1,U-1,S-1,INV-001,2026/9/1,2026/11/30,2026/9/10,"1,100,000","1,000,000",800000,50000,0,1000000,200000,正常,',
        'K-1,U-2,S-2,INV-002,2026/8/1,2026/10/31,2026/8/10,600000,500000,400000,25000,150000,350000,,督促中,旧-001',
        'K-2,U-1,S-3,INV-777,2026/9/1,2026/12/31,2026/9/15,300000,300000,270000,,,300000,30000,,',
        'K-2,U-1,S-4,INV-778,2026/9/1,2026/12/31,2026/9/15,300000,300000,270000,,100000,250000,,,',
      ].join('\n'),
      cutOver,
      'claims',
    )
    expect(await drive.outcomes(id)).toEqual(['new', 'new', 'new', 'refused amounts_must_add_up@13'])
    expect(await books()).toBe(before)
    expect(await balance('purchasedReceivables')).toBe(0)
    const applied = await drive.decide(apply, id)
    expect(applied.state).toBe('applied')
    expect(applied.sums.find(sum => sum.field === 'openYen')).toEqual({
      field: 'openYen',
      label: '未回収残高',
      fileYen: 1_900_000,
      takenYen: 1_650_000,
      refusedYen: 250_000,
      unreadable: 0,
      booksYen: 1_650_000,
    })
    expect(applied.sums.find(sum => sum.field === 'purchasedYen')).toMatchObject({
      takenYen: 1_800_000,
      booksYen: 1_800_000,
    })
    expect(await balance('purchasedReceivables')).toBe(1_650_000)
    expect(await balance('reserves')).toBe(330_000)
    expect(await balance('openingBalance')).toBe(1_320_000)
    const rows = await drive.rows(id)
    expect(await world.ask(operations, openReceivable, { receivableId: rows[1]!.recordId! })).toMatchObject({
      state: 'dunning',
      invoiceNo: 'INV-002',
      openYen: 350_000,
    })
    const exposure = await world.db
      .selectFrom('credit_exposure')
      .select(['amount_yen', 'state'])
      .orderBy('amount_yen')
      .execute()
    expect(exposure).toEqual([
      { amount_yen: 250_000, state: 'paid' },
      { amount_yen: 270_000, state: 'paid' },
      { amount_yen: 800_000, state: 'paid' },
    ])
    // The clock finds one of them overdue; nobody works on that case.
    const collector = await world.person('回収', 'collector')
    expect((await world.done(collector, followUpCommand, {})).opened).toBe(1)
    expect((await drive.reverted(id)).map(row => row.state)).toEqual([
      'reverted',
      'reverted',
      'reverted',
      'planned',
    ])
    expect(await world.db.selectFrom('collection_case').select('id').execute()).toEqual([])
    expect(await books()).toBe(before)
    expect(await balance('purchasedReceivables')).toBe(0)
    expect(await balance('openingBalance')).toBe(0)
    expect((await drive.reverted(contracts)).map(row => row.state)).toEqual(['reverted', 'reverted'])
    expect(await books()).toBe(untouched)
  })

  it('are refused where money, dates, parties or contract contradict, naming line and column', async () => {
    await drive.taken([CONTRACTS, 'K-1,旧-101,2社間,,80%,5%,2025/4/1,3,あり'].join('\n'), {}, 'contracts')
    const claim = (cells: Record<number, string>) =>
      'K-1,U-1,,INV-5,2026/9/1,2026/11/30,2026/9/10,1000000,1000000,800000,50000,0,1000000,200000,,'
        .split(',')
        .map((cell, at) => cells[at] ?? cell)
        .join(',')
    const id = await drive.rehearsed(
      [
        CLAIMS,
        claim({ 0: 'K-2' }),
        claim({ 0: 'U-1' }),
        claim({ 1: 'K-2', 3: 'INV-6' }),
        claim({ 3: 'INV-7', 4: '2026/2/30' }),
        claim({ 3: 'INV-8', 5: '2026/8/1' }),
        claim({ 3: 'INV-9', 6: '2026/11/22' }),
        claim({ 3: 'INV-10', 8: '-1000000' }),
        claim({ 3: 'INV-11', 8: '1200000', 12: '1200000' }),
        claim({ 3: 'INV-12', 9: '1200000' }),
        claim({ 3: 'INV-13', 10: '900000' }),
        claim({ 3: 'INV-14', 11: '1000000', 12: '0' }),
        claim({ 3: 'INV-15', 15: '旧-999' }),
        claim({ 3: '' }),
        claim({ 3: 'INV-16' }),
        claim({ 3: 'ＩＮＶ－１６' }),
      ].join('\n'),
      cutOver,
      'claims',
    )
    expect(await drive.outcomes(id)).toEqual([
      'refused contract_must_be_chosen@16',
      'refused party_must_have_the_role@1',
      'refused party_must_have_the_role@2',
      'refused date_must_exist@5',
      'refused dates_must_be_in_order@6',
      'refused claim_must_be_bought_before_the_cut_over@7',
      'refused yen_must_not_be_negative@9',
      'refused amounts_must_add_up@9',
      'refused amounts_must_add_up@10 amounts_must_add_up@14',
      'refused amounts_must_add_up@11',
      'refused claim_must_be_open@12',
      'refused contract_must_be_chosen@16',
      'refused value_must_be_given@4',
      'new',
      'refused row_must_stand_once@',
    ])
  })

  it('need a cut-over day that is not ahead', async () => {
    const id = await drive.rehearsed(
      `${CLAIMS}\nK-1,U-1,,INV-99,2026/9/1,2026/11/30,2026/9/10,1000,1000,800,5,0,1000,200,,\n`,
      cutOver,
      'claims',
    )
    const { mapping } = await drive.batch(id)
    const again = (cutOverOn: string | null) =>
      world.refused(world.run(operations, rehearse, { batchId: id, mapping, options: { cutOverOn } }))
    expect(await again(null)).toEqual(['cut_over_day_must_be_given'])
    expect(await again('2026-11-25')).toEqual(['cut_over_day_must_not_be_ahead'])
  })
})

describe('opening balances', () => {
  it('are booked by account and party, reconciled, and reversed', async () => {
    const before = await balance('openingBalance')
    const id = await drive.taken(
      [
        '科目,残高,顧客名,摘要',
        '普通預金,"12,345,678",,みずほ',
        '仮受金,300000,株式会社甲斐運輸,',
        '買取債権,5000,,',
        '雑収入,5000,,',
        '利用者求償債権,△100,株式会社甲斐運輸,',
      ].join('\n'),
      cutOver,
      'balances',
    )
    expect(await drive.outcomes(id)).toEqual([
      'new',
      'new',
      'refused balance_must_come_with_the_claims@1',
      'refused kind_must_be_known@1',
      'refused yen_must_not_be_negative@2',
    ])
    const [sum] = (await drive.batch(id)).sums
    expect(sum).toMatchObject({
      fileYen: 12_655_578,
      takenYen: 12_645_678,
      refusedYen: 9_900,
      booksYen: 12_645_678,
    })
    expect(await balance('suspense')).toBe(300_000)
    expect((await balance('openingBalance')) - before).toBe(12_045_678)
    await drive.reverted(id)
    expect(await balance('openingBalance')).toBe(before)
    expect(await balance('suspense')).toBe(0)
  })
})
