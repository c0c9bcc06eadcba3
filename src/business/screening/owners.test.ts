import { afterAll, beforeAll, expect, it } from 'vitest'
import { EVIDENCE } from '../../app/testing/database-setup.ts'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { sealOnce } from '../../platform/trail/seal.ts'
import { recordHoldingCommand } from '../ownership/index.ts'
import { registerPartyCommand } from '../parties/index.ts'
import { addPersonCommand } from '../people/index.ts'
import { screeningOfParty } from './contract.ts'
import { screeningHindrances } from './gate.ts'
import { queueFromTrail } from './jobs.ts'

let world: World
let operations: Actor
let compliance: Actor

beforeAll(async () => {
  world = await createWorld()
  operations = await world.person('事務', 'operations')
  compliance = await world.person('法務', 'compliance')
})
afterAll(() => world.close())

const change = { reasonCode: 'review' as const, reasonText: '株主名簿で確認した', evidence: [EVIDENCE] }
const company = async (legalName: string, roles: ('client' | 'group_member')[]) =>
  (await world.done(operations, registerPartyCommand, { partyKind: 'corporation', legalName, roles })).id
const holds = (partyId: string, holder: object, sharePpm: number) =>
  world.done(operations, recordHoldingCommand, { partyId, ...holder, sharePpm, change })
const queue = async () => {
  while (await sealOnce(world.db, world.master, world.clock.now()));
  while ((await queueFromTrail(world)) > 0);
  return new Set(
    (await world.db.selectFrom('screening_queue').select('subject_id').execute()).map(row => row.subject_id),
  )
}

it('a change far above a client puts whoever comes to own it into the queue, before the gate and on the page', async () => {
  const client = await company('株式会社審査対象', ['client'])
  const [middle, top] = [
    await company('株式会社間', ['group_member']),
    await company('株式会社頂', ['group_member']),
  ]
  const person = { familyName: '黒幕', givenName: '一郎' }
  const { personId } = await world.done(operations, addPersonCommand, {
    partyId: top,
    role: 'contact',
    person,
  })
  await holds(client, { holderPartyId: middle }, 600_000)
  await holds(middle, { holderPartyId: top }, 600_000)
  expect((await queue()).has(personId)).toBe(false)
  await holds(top, { holderPersonId: personId }, 510_000)
  expect((await queue()).has(personId)).toBe(true)
  const against = await screeningHindrances(world.db, { clientId: client, debtorIds: [] }, '2026-11-24')
  expect(against.map(one => one.facts?.subject)).toContain('黒幕 一郎')
  const { subjects } = await world.ask(compliance, screeningOfParty, { partyId: client })
  expect(subjects.find(row => row.subjectId === personId)).toMatchObject({
    relations: ['computed_owner'],
    standing: 'unscreened',
    waiting: true,
  })
  // Half is no control: the owner is gone, and does not stand in the way any more.
  await holds(top, { holderPersonId: personId }, 500_000)
  const after = await screeningHindrances(world.db, { clientId: client, debtorIds: [] }, '2026-11-24')
  expect(after.map(one => one.facts?.subject)).not.toContain('黒幕 一郎')
})

it('a shareholder is a major one from five percent on', async () => {
  const client = await company('株式会社五分', ['client'])
  const [major, minor] = [
    await company('株式会社大株主', ['group_member']),
    await company('株式会社小株主', ['group_member']),
  ]
  await holds(client, { holderPartyId: major }, 50_000)
  await holds(client, { holderPartyId: minor }, 49_999)
  const { subjects } = await world.ask(compliance, screeningOfParty, { partyId: client })
  expect(subjects.map(row => row.subjectId).sort()).toEqual([client, major].sort())
})
