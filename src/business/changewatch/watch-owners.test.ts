import { afterAll, beforeAll, expect, it } from 'vitest'
import { EVIDENCE } from '../../app/testing/database-setup.ts'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { sealOnce } from '../../platform/trail/seal.ts'
import { recordHoldingCommand } from '../ownership/index.ts'
import { raiseStage, registerPartyCommand } from '../parties/index.ts'
import { addPersonCommand } from '../people/index.ts'
import { close } from './commands.ts'
import { listReviews } from './contract.ts'
import { compareOwners } from './watch-owners.ts'

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
const company = async (legalName: string) =>
  (
    await world.done(operations, registerPartyCommand, {
      partyKind: 'corporation',
      legalName,
      roles: ['client'],
    })
  ).id

async function owner(partyId: string, familyName: string, personId: string | null = null) {
  const person = { familyName, givenName: '一', birthDate: '1970-01-01' }
  const input = {
    partyId,
    role: 'beneficial_owner' as const,
    boBasis: 'votes_over_50' as const,
    person,
    personId,
  }
  return (await world.done(operations, addPersonCommand, input)).personId
}

const holds = (partyId: string, holderPersonId: string, sharePpm: number) =>
  world.done(operations, recordHoldingCommand, { partyId, holderPersonId, sharePpm, change })

async function running(partyId: string): Promise<void> {
  await world.db.transaction().execute(async tx => {
    const context = world.executor.context(tx, operations, 'test')
    await raiseStage(context, partyId, 'applied')
    await context.record({ verb: 'application_submitted', subjects: [{ kind: 'party', id: partyId }] })
  })
}

async function reviewsOf(partyId: string) {
  while (await sealOnce(world.db, world.master, world.clock.now()));
  while (await compareOwners(world));
  return (await world.ask(compliance, listReviews, { partyId })).rows
}

it('owners declared and owners computed that differ open one review, and agreeing ones none', async () => {
  const [fits, differs] = [await company('株式会社一致'), await company('株式会社不一致')]
  await holds(fits, await owner(fits, '同一'), 600_000)
  const declared = await owner(differs, '申告')
  const real = await owner(await company('株式会社別'), '実質')
  await holds(differs, real, 600_000)
  await holds(differs, declared, 100_000)
  expect(await reviewsOf(differs)).toEqual([])
  for (const id of [fits, differs]) await running(id)
  expect(await reviewsOf(fits)).toEqual([])
  const [review, ...more] = await reviewsOf(differs)
  expect(more).toEqual([])
  expect(review).toMatchObject({ source: 'owners_differ', ownerRole: 'compliance', dueOn: '2026-12-04' })
  const numberOf = async (id: string) =>
    (await world.db.selectFrom('person').select('person_no').where('id', '=', id).executeTakeFirstOrThrow())
      .person_no
  expect(review?.sentence).toBe(
    `持分から計算した実質的支配者（${await numberOf(real)}）が申告されていません。` +
      `申告された実質的支配者（${await numberOf(declared)}）は、記録された持分では該当しません。`,
  )
  await world.done(compliance, close, {
    reviewId: review!.id,
    rowVersion: review!.rowVersion,
    outcome: 'unchanged',
    reason: '株主名簿の誤りを確認した',
  })
  // The same facts are not reviewed again, whatever else happens.
  await world.done(operations, addPersonCommand, {
    partyId: differs,
    role: 'contact',
    person: { familyName: '窓口', givenName: '係' },
  })
  expect(await reviewsOf(differs)).toEqual([])
})
