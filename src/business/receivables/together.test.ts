import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import { Refusal } from '../../platform/commands/refusal.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { block } from '../accounts/commands.ts'
import { purchase } from './commands/purchase.ts'
import { approvedClaim, type Desk, openDesk, readyPair } from './testing/deal.ts'

let world: World
let desk: Desk
beforeAll(async () => {
  world = await createWorld()
  desk = await openDesk(world)
})
afterAll(() => world.close())

type Pair = Awaited<ReturnType<typeof readyPair>>

async function claims(pair: Pair, prefix: string, count: number): Promise<Id[]> {
  const ids: Id[] = []
  for (let at = 0; at < count; at++)
    ids.push(
      await approvedClaim(world, desk, {
        clientId: pair.clientId,
        debtorId: pair.debtorId,
        contractId: pair.contractId,
        invoiceNo: `${prefix}-${at}${'ABCDEFGHIJKLMNOP'[at % 16]}`,
        faceYen: 330_000 + at * 7_700,
        dueOn: `2027-0${1 + (at % 6)}-1${at % 10}`,
      }),
    )
  return ids
}

const buy = (ids: Id[], key?: string, actor = desk.operations) =>
  world.run(actor, purchase, { receivableIds: ids }, key)

/** What each attempt came to: the purchase's number, or the codes of its refusal. */
const outcomes = async (attempts: Promise<Awaited<ReturnType<typeof buy>>>[]) =>
  (await Promise.allSettled(attempts)).map(one => {
    if (one.status === 'fulfilled') return one.value.status === 200 ? one.value.body.purchaseNo : 'waits'
    if (one.reason instanceof Refusal) return one.reason.reasons.map(reason => reason.code).join()
    throw one.reason
  })

/** Of each claim: its purchase, the transaction that wrote it, its events, journals and steps of being bought. */
async function traces(ids: Id[]) {
  const { rows } = await sql<{
    purchase_no: string | null
    xact: string
    events: number
    journals: number
    steps: number
  }>`
    select p.purchase_no, p.xmin::text as xact,
      (select count(*)::int from audit_event_subject s join audit_event e on e.id = s.event_id
        where s.subject_id = r.id and e.verb = 'receivables_purchased') as events,
      (select count(distinct journal_id)::int from ledger_entry where receivable_id = r.id) as journals,
      (select count(*)::int from receivable_step s where s.receivable_id = r.id and to_state = 'purchased') as steps
    from unnest(${ids}::uuid[]) with ordinality as u(id, at) join receivable r on r.id = u.id left join purchase p on p.id = r.purchase_id
    order by u.at`.execute(world.db)
  return rows
}

const nothing = { purchase_no: null, xact: null, events: 0, journals: 0, steps: 0 }
const bought = { purchase_no: expect.stringMatching(/^B-/), events: 1, journals: 1, steps: 1 }

describe('purchases that wait at the same moment', () => {
  it('share transactions, and each has its own event, journal, step, key and answer', async () => {
    const ids = await claims(await readyPair(world, desk, 'アイノリ'), 'A', 12)
    const found = await outcomes(ids.map((id, at) => buy([id], `together-${at}`)))
    expect(new Set(found).size).toBe(12)
    const rows = await traces(ids)
    expect(rows).toEqual(ids.map(() => expect.objectContaining(bought)))
    expect(rows.map(row => row.purchase_no)).toEqual(found)
    expect(new Set(rows.map(row => row.xact)).size).toBeLessThan(12)
    const again = await Promise.all(ids.map((id, at) => buy([id], `together-${at}`)))
    expect(again.map(answer => [answer.replayed, answer.status === 200 && answer.body.purchaseNo])).toEqual(
      found.map(no => [true, no]),
    )
  })

  it('are judged one by one: who is refused leaves nothing but the refused attempt, and may try again', async () => {
    const good = await readyPair(world, desk, 'ヨイアイテ')
    const blocked = await readyPair(world, desk, 'トメタアイテ')
    const ids = await claims(good, 'V', 6)
    const stopped = await claims(blocked, 'W', 2)
    await world.done(desk.operations, block, { accountId: blocked.accountId, reason: '名義人からの連絡' })
    const attempts = [
      ...ids.slice(0, 3).map(id => buy([id])),
      ...stopped.map((id, at) => buy([id], `stopped-${at}`)),
      buy([ids[3] ?? '', stopped[0] ?? ''], 'mixed'),
      buy(['019b0000-0000-7000-8000-000000000000'], 'stranger'),
      ...ids.slice(3).map(id => buy([id])),
    ]
    expect(await outcomes(attempts)).toEqual([
      ...Array(3).fill(expect.stringMatching(/^B-/)),
      'account_must_not_be_blocked',
      'account_must_not_be_blocked',
      'claims_must_belong_together',
      'record_must_exist',
      ...Array(3).fill(expect.stringMatching(/^B-/)),
    ])
    expect(await traces(ids)).toEqual(ids.map(() => expect.objectContaining(bought)))
    expect(await traces(stopped)).toEqual([nothing, nothing])
    const keys = await world.db
      .selectFrom('command_run')
      .select('key')
      .where('key', 'in', ['stopped-0', 'stopped-1', 'mixed', 'stranger'])
      .execute()
    expect(keys).toEqual([])
    const refused = await world.db
      .selectFrom('audit_event')
      .select('id')
      .where('verb', '=', 'attempt_refused')
      .where('actor_id', '=', desk.operations.id)
      .execute()
    expect(refused).toHaveLength(4)
  })

  it('buy a claim once, however many ask for it, by the same key or by others', async () => {
    const ids = await claims(await readyPair(world, desk, 'ヒトツダケ'), 'O', 4)
    const found = await outcomes([
      ...ids.flatMap((id, at) => [
        buy([id], `twin-${at}`),
        buy([id], `twin-${at}`),
        buy([id], `rival-${at}`),
      ]),
      buy(ids, 'all-of-them'),
      buy([ids[1] ?? ''], 'twin-0'),
    ])
    for (const at of ids.keys()) {
      const [twin, same, rival] = found.slice(at * 3, at * 3 + 3)
      expect(twin).toMatch(/^B-/)
      expect(same).toBe(twin)
      expect(rival).toBe('transition_must_be_listed')
    }
    expect(found.at(-2)).toContain('transition_must_be_listed')
    expect(found.at(-1)).toBe('idempotency_key_must_be_fresh')
    expect(await traces(ids)).toEqual(ids.map(() => expect.objectContaining(bought)))
  })

  it('run alone when the database refuses one of them, so that only that one fails', async () => {
    const pair = await readyPair(world, desk, 'ソコシレズ')
    const ids = await claims(pair, 'F', 5)
    const client = new pg.Client({ connectionString: world.ownerUrl })
    await client.connect()
    try {
      // What no rule of the program knows: the database alone refuses this claim.
      await client.query(
        `alter table receivable add constraint test_refuses_one check (id <> '${ids[2]}' or state = 'approved')`,
      )
      const settled = await Promise.allSettled(ids.map(id => buy([id])))
      expect(settled.map(one => one.status)).toEqual([
        'fulfilled',
        'fulfilled',
        'rejected',
        'fulfilled',
        'fulfilled',
      ])
      expect(await traces(ids)).toEqual(
        ids.map((_id, at) => (at === 2 ? nothing : expect.objectContaining(bought))),
      )
    } finally {
      await client.query('alter table receivable drop constraint test_refuses_one')
      await client.end()
    }
  })
})
