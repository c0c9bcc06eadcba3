import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readStatement } from '../../business/bankformats/index.ts'
import { listLimits } from '../../business/credit/contract.ts'
import { importStatementCommand } from '../../business/payments/index.ts'
import { proposeMatchesCommand } from '../../business/reconciliation/index.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import { sealOnce } from '../../platform/trail/seal.ts'
import { verifyTrail } from '../../platform/trail/verify.ts'
import { askEveryQuery } from '../testing/views.ts'
import { createWorld, type World } from '../testing/world.ts'
import { demoCompany } from './data/demo-company.ts'
import { seedDemo } from './seed.ts'
import { seededClaims } from './seed-receivables.ts'
import { demoStatementFile } from './write-statement.ts'

let world: World
let manager: Actor
const said: string[] = []
beforeAll(async () => {
  world = await createWorld()
  await seedDemo(world, line => said.push(line))
  manager = await world.person('部長', 'manager')
}, 240_000)
afterAll(() => world.close())

const demo = () => demoCompany(todayInTokyo(world.clock.now()))

const countOf = async (rows: Promise<{ n: string | number | bigint }>) => Number((await rows).n)

it('registers every party once, with the accounts and contracts of the clients', async () => {
  const all = demo()
  const count = (table: 'party' | 'contract' | 'bank_account') =>
    countOf(
      world.db
        .selectFrom(table)
        .select(eb => eb.fn.countAll().as('n'))
        .executeTakeFirstOrThrow(),
    )
  expect(await count('party')).toBe(all.parties.length)
  expect(await count('contract')).toBe(all.contracts.length)
  const accounts = all.parties.filter(party => party.account !== null).length
  // Beside them: one that took the place of another, and a virtual one.
  expect(await count('bank_account')).toBe(accounts + all.ownAccounts.length + 2)
})

it('has two people behind every verified account and every executed contract', async () => {
  const accounts = await world.db
    .selectFrom('bank_account')
    .select(['verified_by', 'verification_approved_by'])
    .where('verification_result', '=', 'confirmed')
    .execute()
  expect(accounts).toHaveLength(demo().parties.filter(party => party.account?.verification).length)
  expect(accounts.filter(row => row.verified_by === row.verification_approved_by)).toEqual([])
})

it('shows searches of news: most in date, one late, one near its day, one of two articles judged by two people', async () => {
  const today = todayInTokyo(world.clock.now())
  const rows = await world.db
    .selectFrom('screening_media_search')
    .select(['result_count', 'finding_count', 'recorded_by', 'confirmed_by', 'next_due_on'])
    .execute()
  expect(rows.length).toBeGreaterThan(20)
  expect(rows.filter(row => row.next_due_on < today)).toHaveLength(1)
  const found = rows.filter(row => row.result_count > 0)
  expect(found).toMatchObject([{ finding_count: 2 }])
  expect(found[0]!.confirmed_by).not.toBe(found[0]!.recorded_by)
})

it('brings claims as far as their story says', async () => {
  const rows = await world.db.selectFrom('receivable').select('state').execute()
  const expected = seededClaims({ demo: demo() })
  expect(rows).toHaveLength(expected.length)
  const count = (state: string) => rows.filter(row => row.state === state).length
  const told = (...states: string[]) => expected.filter(claim => states.includes(claim.state)).length
  // A claim under inspection is one that nobody has verified yet.
  expect(count('offered')).toBe(told('offered', 'verifying'))
  expect(count('verified')).toBe(told('verified'))
  expect(count('rejected')).toBe(told('rejected'))
  expect(count('lapsed')).toBe(told('lapsed'))
  const bought = expected.filter(claim => claim.steps.some(step => step.to === 'purchased')).length
  expect(count('approved')).toBe(told('approved'))
  expect(count('purchased')).toBe(bought)
})

it('shows a limit used to 85 %, one exceeded and one suspended', async () => {
  const { rows } = await world.ask(manager, listLimits, { limitKind: 'client', limit: '200' as never })
  const used = (name: string) => {
    const limit = rows.find(row => row.subject.name.includes(name))
    if (!limit) throw new Error(`${name} has no limit`)
    return limit.exposureYen / (limit.limitYen ?? 1)
  }
  expect(used('青嵐運輸')).toBeCloseTo(0.85, 2)
  expect(used('湊音急送')).toBeGreaterThan(1)
  expect(rows.filter(row => row.state === 'suspended').map(row => row.suspendedReason)).toEqual([
    '信用調査の評点が52点から38点に低下。',
  ])
})

it('leaves an account, a limit and a suspicion for a second person to decide', async () => {
  const rows = await world.db
    .selectFrom('change_request')
    .select('command')
    .where('state', '=', 'pending')
    .execute()
  expect(rows.map(row => row.command)).toEqual(
    expect.arrayContaining(['accounts.registerAccount', 'credit.grantLimit', 'receivables.judgeDuplicate']),
  )
})

it('writes a statement that our own reader takes whole', () => {
  const all = demo()
  expect(said.at(-1)).toMatch(/statement\.txt$/)
  const reading = readStatement(demoStatementFile(all), { fileName: 'statement.txt', today: all.today })
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems[0]))
  expect(reading.statements.map(one => one.lines.length)).toEqual([all.statement.lines.length])
})

it('offers a statement whose deposits find their claims', async () => {
  const accounting = await world.person('経理', 'accounting')
  const all = demo()
  const result = await world.done(accounting, importStatementCommand, {
    fileName: 'statement.txt',
    contentBase64: Buffer.from(demoStatementFile(all)).toString('base64'),
  })
  expect(result.depositsNew).toBe(all.statement.lines.filter(line => line.direction === 'in').length)
  const matched = await world.done(accounting, proposeMatchesCommand, {})
  expect(matched.deposits).toBe(result.depositsNew)
  expect(matched.auto + matched.proposed).toBeGreaterThan(matched.unidentified)
})

it('names every record, company and person that an answer shows in its view record', async () => {
  const asker = await world.person('全員', 'compliance', 'operations', 'manager', 'reviewer', 'accounting')
  const { rows } = await sql<Record<string, string>>`
    select r.id as "receivableId", r.purchase_id as "purchaseId", r.client_id as "partyId", r.contract_id as "contractId",
      (select payment_id from match_proposal where status <> 'unidentified' limit 1) as "paymentId",
      (select id from payment_out where purchase_id = r.purchase_id) as "payoutId",
      (select id from screening_case where superseded_at is null order by id limit 1) as "caseId",
      (select id from person limit 1) as "personId", (select id from bank_account where party_id is not null limit 1) as "accountId"
    from receivable r where r.state = 'purchased' order by r.payable_on, r.id limit 1`.execute(world.db)
  const claim = rows[0]!
  const sources = {
    ...claim,
    recordId: claim.partyId!,
    from: '2020-01-01',
    to: '2027-12-31',
    text: '運輸',
    legalName: '青嵐運輸',
    name: '青嵐運輸',
  }
  const { missing, records, named } = await askEveryQuery(world, asker, sources)
  expect(missing).toEqual([])
  expect(records).toBeGreaterThan(1_000)
  expect(named).toBeGreaterThan(30)
})

it('keeps a trail that is unbroken', async () => {
  while (await sealOnce(world.db, world.master, world.clock.now()));
  const report = await verifyTrail(world.db, { master: world.master, anchors: [], now: world.clock.now() })
  expect(report.firstFault).toBeNull()
  expect(report.sound).toBe(true)
})

it('fills an installation once: a second start makes nothing', async () => {
  const events = () =>
    countOf(
      world.db
        .selectFrom('audit_event')
        .select(eb => eb.fn.countAll().as('n'))
        .executeTakeFirstOrThrow(),
    )
  const before = await events()
  await seedDemo(world, () => {})
  expect(await events()).toBe(before)
})

it('shows one of each thing that would be an empty page: a call-back, a virtual account, a print, funders, a recording, readings', async () => {
  const count = (table: Parameters<typeof world.db.selectFrom>[0]) =>
    countOf(
      world.db
        .selectFrom(table as 'party')
        .select(eb => eb.fn.countAll().as('n'))
        .executeTakeFirstOrThrow(),
    )
  const tables = [
    'account_callback',
    'letter_print',
    'panel_sending',
    'communication_recording',
    'document_reading',
  ] as const
  const counts: number[] = []
  for (const table of tables) counts.push(await count(table))
  expect(counts).toEqual([1, 1, 2, 1, 4])
  const states = await world.db.selectFrom('panel_sending').select('state').orderBy('state').execute()
  expect(states.map(row => row.state)).toEqual(['approved', 'declined'])
})
