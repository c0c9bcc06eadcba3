import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { MasterKey } from '../../platform/crypto/master-key.ts'
import { sealOnce } from '../../platform/trail/seal.ts'
import { register } from '../parties/commands/register-party.ts'
import { openParty } from '../parties/contract.ts'
import { recordHistory } from './contract.ts'
import { listBlocks, listTrailViews, openEvent, openView } from './detail-contract.ts'

let world: World
let sales: Actor
let auditor: Actor
let partyId: string
beforeAll(async () => {
  world = await createWorld()
  sales = await world.person('営業 花子', 'sales')
  auditor = await world.person('監査 十郎', 'auditor')
  const party = await world.done(sales, register, { partyKind: 'corporation', legalName: '株式会社証跡' })
  partyId = party.id
})
afterAll(() => world.close())

const lastEvent = async () => (await world.ask(sales, recordHistory, { recordId: partyId })).rows[0]!

describe('an event of the trail', () => {
  it('is shown to an auditor in full: roles, origin, the hashed text, its place and the block that seals it', async () => {
    const { id } = await lastEvent()
    const before = await world.ask(auditor, openEvent, { eventId: id })
    expect(before).toMatchObject({
      verb: 'party_registered',
      actor: { name: '営業 花子' },
      actorRoles: ['営業'],
      requestId: 'test',
      hashAgrees: true,
      leaf: null,
      sealedBlock: null,
    })
    expect(JSON.parse(before.canonicalText)).toMatchObject({ id, verb: 'party_registered' })
    await sealOnce(world.db, new MasterKey(Buffer.alloc(32, 7)), world.clock.now())
    const sealed = await world.ask(auditor, openEvent, { eventId: id })
    expect(sealed.leaf).toMatchObject({ block: expect.any(Number), position: expect.any(Number) })
    const { rows } = await world.ask(auditor, listBlocks, {})
    expect(rows.find(row => row.block === sealed.leaf?.block)).toEqual(sealed.sealedBlock)
    expect(rows[0]?.signature).toMatch(/^[0-9a-f]{128}$/)
    expect(sealed.contentHash).toMatch(/^[0-9a-f]{64}$/)
  })

  it('that is not there is said to be missing', async () => {
    const asked = world.ask(auditor, openEvent, { eventId: partyId })
    expect(await world.refused(asked)).toEqual(['record_must_exist'])
  })
})

describe('a view record', () => {
  it('names who saw which records, how and by which question', async () => {
    const server = await world.server()
    expect(server).toBeDefined()
    await world.views.record({
      actorId: sales.id,
      ip: '192.0.2.1',
      requestId: 'r-1',
      kind: 'open',
      query: { name: openParty.name, input: { partyId } },
      seen: [7, 3, 7],
    })
    const days = { from: '2026-11-24', to: '2026-11-24' }
    const { rows } = await world.ask(auditor, listTrailViews, { ...days, kind: 'open', actorId: sales.id })
    expect(rows[0]).toMatchObject({ actor: { name: '営業 花子' }, kind: 'open', ip: '192.0.2.1', shown: 2 })
    const view = await world.ask(auditor, openView, { viewId: rows[0]!.id })
    expect(view).toMatchObject({
      ids: [3, 7],
      requestId: 'r-1',
      asked: { name: openParty.name },
      hashAgrees: true,
    })
    expect((await world.ask(auditor, listTrailViews, { ...days, kind: 'unmask' })).rows).toEqual([])
    const { rows: kept } = await sql<{ n: number }>`select count(*)::integer as n from view_event`.execute(
      world.db,
    )
    expect(kept[0]?.n).toBeGreaterThan(0)
  })
})
