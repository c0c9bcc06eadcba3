import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { sealOnce } from '../../platform/trail/seal.ts'
import { groupMemberIds, recordHoldingCommand } from '../ownership/index.ts'
import { registerPartyCommand } from '../parties/index.ts'
import { addPersonCommand } from '../people/index.ts'
import { accept, reject } from './commands.ts'
import { groupExposure, listProposals } from './contract.ts'
import { findTies } from './jobs.ts'

let world: World
let operations: Actor
let reviewer: Actor

beforeAll(async () => {
  world = await createWorld()
  operations = await world.person('事務', 'operations')
  reviewer = await world.person('審査', 'reviewer')
})
afterAll(() => world.close())

const change = { reasonCode: 'review' as const, reasonText: '謄本と名刺で確認した', evidence: [] }
const reason = '別の会社と電話で確認した'
const company = async (legalName: string, more: object = {}) =>
  (await world.done(operations, registerPartyCommand, { partyKind: 'corporation', legalName, ...more })).id

const follow = async () => {
  while (await sealOnce(world.db, world.master, world.clock.now()));
  while (await findTies(world));
}

async function proposalsOf(partyId: string, state: 'open' | 'rejected' | 'accepted' | 'gone' = 'open') {
  const { rows } = await world.ask(operations, listProposals, { partyId, state })
  return rows
}
const kindsOf = async (partyId: string) =>
  (await proposalsOf(partyId)).map(row => `${row.kind} ${row.shared}`).sort()

describe('ties are proposed', () => {
  it('from the same address, telephone and representative, with what is shared and by how many', async () => {
    const first = await company('株式会社共通一', {
      address: '東京都千代田区丸の内1-2-3',
      phone: '03-1111-2222',
    })
    const second = await company('株式会社共通二', {
      address: '東京都千代田区丸の内一丁目2番3号 別館4階',
      phone: '０３－１１１１－２２２２',
    })
    const boss = { familyName: '兼任', givenName: '太郎', birthDate: '1970-01-01' }
    for (const partyId of [first, second])
      await world.done(operations, addPersonCommand, { partyId, role: 'representative', person: boss })
    await follow()
    expect(await kindsOf(first)).toEqual([
      'address 東京都千代田区丸の内1-2-3',
      'phone 03-1111-2222',
      'representative 兼任 太郎',
    ])
    expect((await proposalsOf(second)).every(row => row.sharedBy === 2)).toBe(true)
  })

  it('not where too many share it, and not any longer once they do', async () => {
    const address = '大阪府大阪市北区梅田3-1-1'
    const first = await company('株式会社貸会議室一', { address })
    await company('株式会社貸会議室二', { address })
    await follow()
    expect((await proposalsOf(first)).length).toBe(1)
    for (let at = 3; at <= 11; at += 1) await company(`株式会社貸会議室${at}`, { address })
    await follow()
    expect(await proposalsOf(first)).toEqual([])
    expect((await proposalsOf(first, 'gone')).length).toBeGreaterThan(0)
  })

  it('between companies one person owns, and with a parent that only follows by adding up', async () => {
    const [one, two] = [await company('株式会社個人甲'), await company('株式会社個人乙')]
    const person = { familyName: '株主', givenName: '花子' }
    const { personId } = await world.done(operations, addPersonCommand, {
      partyId: one,
      role: 'contact',
      person,
    })
    for (const partyId of [one, two])
      await world.done(operations, recordHoldingCommand, {
        partyId,
        holderPersonId: personId,
        sharePpm: 800_000,
        change,
      })
    const [parent, middle, child] = [
      await company('株式会社合算親'),
      await company('株式会社合算中'),
      await company('株式会社合算子'),
    ]
    const holds = (partyId: string, holderPartyId: string, sharePpm: number) =>
      world.done(operations, recordHoldingCommand, { partyId, holderPartyId, sharePpm, change })
    await holds(middle, parent, 600_000)
    await holds(child, parent, 400_000)
    await holds(child, middle, 200_000)
    await follow()
    expect((await proposalsOf(one)).map(row => [row.kind, row.shared])).toEqual([['owner', '株主 花子']])
    // The recorded group stays what it is until somebody accepts.
    expect((await groupMemberIds(world.db, child)).length).toBe(1)
    const [control] = await proposalsOf(child)
    expect(control).toMatchObject({ kind: 'control' })
    await world.done(operations, accept, { proposalId: control!.id, rowVersion: control!.rowVersion, change })
    expect((await groupMemberIds(world.db, child)).sort()).toEqual([parent, middle, child].sort())
    const { companies } = await world.ask(reviewer, groupExposure, { partyId: child })
    expect(companies.map(row => row.id).sort()).toEqual([parent, middle, child].sort())
  })
})

describe('a decision', () => {
  async function pair(name: string, phone: string) {
    const [first, second] = [
      await company(`株式会社${name}一`, { phone }),
      await company(`株式会社${name}二`, { phone }),
    ]
    await follow()
    const [proposal] = await proposalsOf(first)
    return { first, second, proposal: proposal! }
  }

  it('is remembered: a rejected tie is proposed again only when what is shared changes', async () => {
    const { first, second, proposal } = await pair('拒否', '03-2222-3333')
    const input = { proposalId: proposal.id, rowVersion: proposal.rowVersion, reason }
    await world.done(operations, reject, input)
    expect(await world.refused(world.run(operations, reject, input))).toEqual(['proposal_must_be_open'])
    // Another fact of one of them does not bring it back.
    await world.done(operations, addPersonCommand, {
      partyId: first,
      role: 'contact',
      person: { familyName: '係', givenName: '一' },
    })
    await follow()
    expect(await proposalsOf(first)).toEqual([])
    await world.db.transaction().execute(async tx => {
      const context = world.executor.context(tx, operations, 'test')
      await tx
        .updateTable('party')
        .set({ phone: '+81399998888' })
        .where('id', 'in', [first, second])
        .execute()
      await context.record({
        verb: 'party_changed',
        subjects: [first, second].map(id => ({ kind: 'party', id })),
      })
    })
    await follow()
    expect(await proposalsOf(first)).toMatchObject([{ kind: 'phone', decidedBy: null }])
  })

  it('to accept records the tie, at once, and is not proposed again', async () => {
    const { first, second, proposal } = await pair('承認', '03-4444-5555')
    await world.done(operations, accept, { proposalId: proposal.id, rowVersion: proposal.rowVersion, change })
    expect((await groupMemberIds(world.db, first)).sort()).toEqual([first, second].sort())
    expect(await world.verbsOf(first)).toContain('tie_confirmed')
    await follow()
    expect(await proposalsOf(first)).toEqual([])
    expect(await proposalsOf(first, 'accepted')).toMatchObject([{ decidedBy: '事務' }])
  })
})
