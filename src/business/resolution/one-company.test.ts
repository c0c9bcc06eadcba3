import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { approve } from '../approvals/commands.ts'
import { changePartyRoles } from '../parties/commands/change-basics.ts'
import { listParties, openParty, searchParties } from '../parties/contract.ts'
import { assignContractorCommand, registerPartyCommand, setPartyStatus } from '../parties/index.ts'
import { merge, unmerge } from './commands.ts'

let world: World
let sales: Actor
let operations: Actor
let approver: Actor

beforeAll(async () => {
  world = await createWorld()
  sales = await world.person('営業 花子', 'sales')
  operations = await world.person('事務 三郎', 'operations')
  approver = await world.person('決裁 太郎', 'approver')
})
afterAll(() => world.close())

const change = { reasonCode: 'merge' as const, reasonText: '登記と電話で同一と確認', evidence: [] }

async function party(legalName: string, more: object = {}): Promise<string> {
  const { id } = await world.done(sales, registerPartyCommand, {
    partyKind: 'corporation',
    legalName,
    ...more,
  })
  return id
}

async function decided(answer: { status: number; body: unknown }): Promise<{ id: string }> {
  const { changeRequestId } = answer.body as { changeRequestId: string }
  const approved = await world.done(approver, approve, { changeRequestId, comment: '' })
  expect(approved.state).toBe('applied')
  return approved.answer as { id: string }
}

const merged = async (partyIds: string[], choices: Record<string, string> = {}) =>
  decided(await world.run(operations, merge, { partyIds, choices, change }))

const listed = async (filter: object, ids: string[]) => {
  const { rows } = await world.ask(sales, listParties, { limit: 200, ...filter })
  return rows.filter(row => ids.includes(row.id)).map(row => row.id)
}

describe('a company made of several records', () => {
  it('is one row in lists, under the roles of all its records and the strictest status', async () => {
    const client = await party('株式会社北斗精機', { roles: ['client'] })
    const debtor = await party('(株)北斗精機', { roles: ['debtor'], phone: '03-1111-2222' })
    const both = [client, debtor]
    expect(await listed({ role: 'debtor' }, both)).toEqual([debtor])
    const { id } = await merged(both, { legalName: debtor })
    expect(await listed({}, both)).toEqual([client])
    expect(await listed({ role: 'debtor' }, both)).toEqual([client])
    const { rows } = await world.ask(sales, listParties, { limit: 200 })
    expect(rows.find(row => row.id === client)).toMatchObject({
      legalName: '(株)北斗精機',
      roles: ['client', 'debtor'],
      status: 'normal',
      recordCount: 2,
    })
    await world.db.transaction().execute(async tx => {
      const context = world.executor.context(tx, sales, 'test')
      await setPartyStatus(context, debtor, 'blocked', '反社会的勢力との関係が判明')
    })
    expect(await listed({ status: 'blocked' }, both)).toEqual([client])
    expect(await listed({ status: 'normal' }, both)).toEqual([])
    await decided(await world.run(operations, unmerge, { mergeId: id, change }))
    expect(await listed({ status: 'normal' }, both)).toEqual([client])
    expect(await listed({ status: 'blocked' }, both)).toEqual([debtor])
    expect(await listed({ role: 'debtor' }, both)).toEqual([debtor])
  })

  it('is found once, under the spelling of any of its records', async () => {
    const first = await party('株式会社南十字運輸')
    const second = await party('サザンクロス物流株式会社', { corporateNumber: '7000012050002' })
    await party('南十字運輸倉庫株式会社')
    await world.db.transaction().execute(async tx => {
      await sql`insert into party_judgement (id, party_id, other_party_id, verdict, reason, judged_by, judged_at)
        values (gen_random_uuid(), ${first}, ${second}, 'same', '商号変更の登記で確認', ${sales.id}, now())`.execute(
        tx,
      )
      await world.executor.context(tx, sales, 'test').record({ verb: 'test', subjects: [] })
    })
    await merged([first, second])
    for (const text of ['サザンクロス', '7000012050002']) {
      const { rows } = await world.ask(sales, searchParties, { text })
      expect(rows.map(row => row.id)).toEqual([first])
      expect(rows[0]!.legalName).toBe('株式会社南十字運輸')
      expect(rows[0]!.corporateNumber).toBe('7000012050002')
    }
    const { rows } = await world.ask(sales, searchParties, { text: '南十字運輸' })
    expect(rows).toHaveLength(2)
  })

  it('opens as one page from any of its records, with chosen values, all names, and each record to change', async () => {
    const first = await party('丸紅谷食品株式会社', { phone: '03-1000-0001', address: '東京都港区芝1-1-1' })
    const second = await party('丸紅谷食品㈱', { phone: '03-2000-0002', website: 'https://benitani.example' })
    await merged([second, first], { phone: second })
    const page = await world.ask(sales, openParty, { partyId: second })
    expect(page).toMatchObject({
      id: first,
      legalName: '丸紅谷食品株式会社',
      phone: '03-2000-0002',
      website: 'https://benitani.example',
      address: '東京都港区芝1-1-1',
      recordCount: 2,
    })
    expect(page.names.map(name => name.name)).toEqual(
      expect.arrayContaining(['丸紅谷食品株式会社', '丸紅谷食品㈱']),
    )
    expect(page.records.map(({ id, shows, opened }) => [id, shows, opened])).toEqual([
      [first, [], false],
      [second, ['電話番号', 'ウェブサイト'], true],
    ])
    const own = await world.ask(sales, openParty, { partyId: second, own: 'true' })
    expect(own).toMatchObject({ id: second, legalName: '丸紅谷食品㈱', address: null })
  })

  it('is one company for a contractor who was assigned any of its records', async () => {
    const first = await party('株式会社外注先確認')
    const second = await party('（株）外注先確認')
    const contractor = { ...(await world.person('外注 六郎', 'contractor')), reach: 'assigned' as const }
    const { party_no } = await world.db
      .selectFrom('party')
      .select('party_no')
      .where('id', '=', second)
      .executeTakeFirstOrThrow()
    await world.done(await world.person('部長', 'manager'), assignContractorCommand, {
      staffId: contractor.id,
      partyNos: [party_no],
      endsOn: '2026-12-31',
      reason: '督促代行の委託契約による',
    })
    const seen = async () => (await world.ask(contractor, listParties, {})).rows.map(row => row.id)
    expect(await seen()).toEqual([second])
    await merged([first, second])
    expect(await seen()).toEqual([first])
  })

  it('keeps what is derived equal to what it is derived from, also when roles change later', async () => {
    const ids = [await party('戊辰工房'), await party('戊辰工房'), await party('戊辰工房')]
    await merged([ids[1]!, ids[2]!])
    await merged([ids[0]!, ids[2]!])
    await world.done(sales, changePartyRoles, {
      partyId: ids[2]!,
      rowVersion: 1,
      roles: ['guarantor'],
      effectiveOn: '2026-11-24',
      change,
    })
    const { rows } = await sql`select p.id from party p join party_identity i on i.party_id = p.id
      left join lateral (select count(*) as records, array_agg(distinct role order by role) as roles
        from party_identity m join party r on r.id = m.party_id cross join unnest(r.roles) role where m.identity_id = p.id) t on true
      where p.folded_into is distinct from nullif(i.identity_id, p.id)
        or (t.records > 1 and i.identity_id = p.id)
          <> (p.identity_roles is not null)
        or (p.identity_roles is not null and (select array_agg(x order by x) from unnest(p.identity_roles) x) <> t.roles)`.execute(
      world.db,
    )
    expect(rows).toEqual([])
    const page = await world.ask(sales, openParty, { partyId: ids[1]! })
    expect([page.id, page.roles]).toEqual([ids[0], ['client', 'guarantor']])
  })
})
