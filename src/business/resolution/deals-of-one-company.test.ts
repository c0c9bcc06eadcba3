import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import { approve } from '../approvals/commands.ts'
import { setPartyStatus } from '../parties/index.ts'
import { offer } from '../receivables/commands/offer.ts'
import { purchase } from '../receivables/commands/purchase.ts'
import { listReceivables } from '../receivables/contract.ts'
import {
  approvedClaim,
  type Desk,
  openDesk,
  party,
  readyPair,
  screened,
} from '../receivables/testing/deal.ts'
import { merge, unmerge } from './commands.ts'

let world: World
let desk: Desk
beforeAll(async () => {
  world = await createWorld()
  desk = await openDesk(world)
})
afterAll(() => world.close())

const change = { reasonCode: 'merge' as const, reasonText: '登記と電話で同一と確認', evidence: [] }

async function decided(answer: { status: number; body: unknown }): Promise<{ id: string }> {
  const { changeRequestId } = answer.body as { changeRequestId: string }
  const approved = await world.done(desk.approver, approve, { changeRequestId, comment: '' })
  expect(approved.state).toBe('applied')
  return approved.answer as { id: string }
}

const merged = async (partyIds: string[]) =>
  decided(await world.run(desk.operations, merge, { partyIds, change }))

type Pair = Awaited<ReturnType<typeof readyPair>>

const claim = (pair: Pick<Pair, 'clientId' | 'debtorId' | 'contractId'>, invoiceNo: string) => ({
  clientId: pair.clientId,
  debtorId: pair.debtorId,
  contractId: pair.contractId,
  invoiceNo,
  issuedOn: '2026-07-01',
  dueOn: '2027-01-29',
  faceYen: 1_000_000,
})

/** Two records whose names the helper makes alike: the second is the same company under another spelling. */
async function spelling(ofId: string, role: 'client' | 'debtor'): Promise<string> {
  const row = await world.db
    .selectFrom('party')
    .select('legal_name_kana')
    .where('id', '=', ofId)
    .executeTakeFirstOrThrow()
  return party(world, desk, row.legal_name_kana!, role)
}

const status = (partyId: string, value: 'blocked' | 'normal') =>
  world.db
    .transaction()
    .execute(tx =>
      setPartyStatus(
        world.executor.context(tx, desk.compliance, 'test'),
        partyId,
        value,
        '反社会的勢力との関係を確認',
      ),
    )

describe('deals with a company made of several records', () => {
  it('the same invoice through another record of the client or debtor is the same claim', async () => {
    const pair = await readyPair(world, desk, 'ナヨセイチ')
    const [client, debtor] = [
      await spelling(pair.clientId, 'client'),
      await spelling(pair.debtorId, 'debtor'),
    ]
    await world.done(desk.sales, offer, claim(pair, 'INV-1'))
    const clients = await merged([pair.clientId, client])
    await merged([pair.debtorId, debtor])
    const again = { ...claim(pair, 'ＩＮＶ１'), clientId: client, debtorId: debtor }
    expect(await world.refused(world.run(desk.sales, offer, again))).toEqual([
      'claim_must_not_be_offered_already',
    ])
    const { rows } = await world.ask(desk.sales, listReceivables, { partyId: client })
    expect(rows.map(row => row.clientId)).toEqual([pair.clientId])
    await decided(await world.run(desk.operations, unmerge, { mergeId: clients.id, change }))
    const { rows: apart } = await world.ask(desk.sales, listReceivables, { partyId: client })
    expect(apart).toEqual([])
  })

  it('of two offers at once through two records one is refused', async () => {
    const pair = await readyPair(world, desk, 'ナヨセニ')
    const client = await spelling(pair.clientId, 'client')
    await merged([pair.clientId, client])
    const tries = await Promise.allSettled(
      [pair.clientId, client].map(clientId =>
        world.run(desk.sales, offer, { ...claim(pair, 'DUP-1'), clientId }),
      ),
    )
    expect(tries.map(one => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('one stopped record stops all: neither offers nor purchases pass', async () => {
    const pair = await readyPair(world, desk, 'ナヨセサン')
    const client = await spelling(pair.clientId, 'client')
    const id = await approvedClaim(world, desk, claim(pair, 'STOP-1'))
    await merged([pair.clientId, client])
    await screened(world, desk, [client])
    await status(client, 'blocked')
    expect(await world.refused(world.run(desk.operations, purchase, { receivableIds: [id] }))).toEqual([
      'party_must_not_be_stopped',
    ])
    expect(await world.refused(world.run(desk.sales, offer, claim(pair, 'STOP-2')))).toEqual([
      'party_must_not_be_stopped',
    ])
    await status(client, 'normal')
    expect((await world.run(desk.operations, purchase, { receivableIds: [id] })).status).toBe(200)
  })

  it('an unscreened record of the company stops the purchase; the check of identity of one record counts for all', async () => {
    const pair = await readyPair(world, desk, 'ナヨセヨン')
    const client = await spelling(pair.clientId, 'client')
    const id = await approvedClaim(world, desk, claim(pair, 'SCREEN-1'))
    await merged([client, pair.clientId])
    expect(await world.refused(world.run(desk.operations, purchase, { receivableIds: [id] }))).toEqual([
      'subject_must_be_screened',
    ])
    await screened(world, desk, [client])
    expect((await world.run(desk.operations, purchase, { receivableIds: [id] })).status).toBe(200)
  })

  it('a company does not sell claims on itself, under whatever record', async () => {
    const pair = await readyPair(world, desk, 'ナヨセゴ')
    const debtor = await spelling(pair.clientId, 'debtor')
    await merged([pair.clientId, debtor])
    expect(
      await world.refused(world.run(desk.sales, offer, { ...claim(pair, 'SELF-1'), debtorId: debtor })),
    ).toEqual(['debtor_must_differ_from_client'])
  })
})
