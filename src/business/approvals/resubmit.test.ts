import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVIDENCE } from '../../app/testing/database-setup.ts'
import { screenedBy } from '../../app/testing/screened.ts'
import { createWorld, type World } from '../../app/testing/world.ts'
import { change, draft, execute, move } from '../contracts/commands.ts'
import { openContract } from '../contracts/contract.ts'
import { register } from '../parties/commands/register-party.ts'
import { rename } from '../parties/commands/rename-party.ts'
import { approve, resubmit } from './commands.ts'
import { countWaiting, openChangeRequest } from './contract.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const reason = { reasonCode: 'correction' as const, reasonText: '登記で確認した', evidence: [EVIDENCE] }

const terms = {
  legalKind: 'two_party' as const,
  collectionRoute: 'client_remits' as const,
  advancePpm: 900_000,
  feePpm: 47_500,
  remitRule: {
    kind: 'days_after_due' as const,
    days: 1,
    unit: 'business' as const,
    holidayRoll: 'following' as const,
  },
}

function requestIn(answer: { body: unknown }): string {
  return (answer.body as { changeRequestId: string }).changeRequestId
}

describe('a change request', () => {
  it('put forward again waits for whoever must agree to the record as it is now', async () => {
    const operations = await world.person('事務', 'operations')
    const manager = await world.person('部長', 'manager')
    const party = await world.done(operations, register, {
      partyKind: 'corporation',
      legalName: '株式会社再申請',
    })
    await screenedBy(world, operations, [party.id])
    const { id: contractId } = await world.done(operations, draft, { partyId: party.id, terms })
    const steps = async (...all: ('internal_check' | 'ready' | 'sent' | 'recalled' | 'drafting')[]) => {
      for (const to of all) await world.done(operations, move, { contractId, to })
    }
    await steps('internal_check', 'ready', 'sent')
    const signed = { signedOn: '2026-11-20', effectiveOn: '2026-11-20', signMethod: 'e_sign' as const }
    const changeRequestId = requestIn(
      await world.run(operations, execute, { contractId, ...signed, change: reason }),
    )
    await steps('recalled', 'drafting')
    const { rowVersion } = await world.ask(operations, openContract, { contractId })
    await world.done(operations, change, { contractId, rowVersion, terms: { ...terms, recourse: 'full' } })
    await steps('internal_check', 'ready', 'sent')
    expect((await world.done(manager, approve, { changeRequestId })).state).toBe('stale')
    await world.done(operations, resubmit, { changeRequestId })
    expect(await world.refused(world.run(manager, approve, { changeRequestId }))).toEqual([
      'approver_must_hold_permission',
    ])
    const officer = await world.person('法務', 'compliance')
    expect((await world.done(officer, approve, { changeRequestId })).state).toBe('applied')
  })

  it('is not approved after its last day, even before the hourly job has closed it', async () => {
    const maker = await world.person('営業', 'sales')
    const checker = await world.person('決裁', 'approver')
    const party = await world.done(maker, register, { partyKind: 'corporation', legalName: '株式会社期限' })
    const asked = await world.run(maker, rename, {
      partyId: party.id,
      rowVersion: 1,
      legalName: '株式会社期限後',
      effectiveOn: '2026-11-24',
      change: reason,
    })
    const changeRequestId = requestIn(asked)
    const waiting = async () => (await world.ask(checker, countWaiting, {})).count
    const before = await waiting()
    world.clock.set(new Date('2026-12-25T10:00:00+09:00'))
    expect(await world.refused(world.run(checker, approve, { changeRequestId }))).toEqual([
      'request_must_not_be_expired',
    ])
    expect(await waiting()).toBe(before - 1)
    const shown = await world.ask(checker, openChangeRequest, { changeRequestId })
    expect(shown.hindrances.map(one => one.code)).toEqual(['request_must_not_be_expired'])
  })
})
