import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { approve } from '../approvals/commands.ts'
import { openChangeRequest } from '../approvals/contract.ts'
import { register } from '../parties/commands/register-party.ts'
import {
  activate,
  change as changePlan,
  changeVersion,
  discard,
  draft,
  draftVersion,
  retire,
} from './commands.ts'
import { listPlans, planChoices } from './contract.ts'
import { activated, activePlan, change, quickPlan, shownPlan } from './testing/plan.ts'

let world: World
let writer: Actor
let manager: Actor
beforeAll(async () => {
  world = await createWorld()
  writer = await world.person('商品企画', 'operations')
  manager = await world.person('部長', 'manager')
})
afterAll(() => world.close())

const people = () => ({ writer, approver: manager })
const rowOf = async (code: string) =>
  (await world.ask(writer, listPlans, { text: code })).rows.find(row => row.code === code)!

describe('a plan', () => {
  it('is drafted by one, activated by two, and sold from its day on', async () => {
    const drafted = await world.done(writer, draft, {
      code: 'quick‐a'.replace('‐', '-'),
      name: 'クイック買取',
      parameters: quickPlan,
      advertised: [
        { text: '手数料', figure: '1%〜', source: 'トップページ' },
        { text: '手数料', figure: '2〜9.8%', source: '料金表' },
      ],
      effectiveFrom: '2026-12-01',
      note: '最初の版',
    })
    expect(await rowOf('QUICK-A')).toMatchObject({ status: 'draft', inForce: null, draft: { version: 1 } })
    const which = { planVersionId: drafted.planVersionId, rowVersion: 1 }
    const own = await world.person('兼務', 'operations', 'manager')
    const answer = await world.run(own, activate, { ...which, change })
    const { changeRequestId } = answer.body as unknown as { changeRequestId: string }
    expect((await shownPlan(world, writer, drafted.id)).versions[0]?.waitingRequest?.id).toBe(changeRequestId)
    const request = await world.ask(manager, openChangeRequest, { changeRequestId })
    expect(request.items.find(item => item.field === 'fee')).toMatchObject({
      new: '2%〜9.8%（買取額に対し）',
    })
    expect(await world.refused(world.run(own, approve, { changeRequestId }))).toEqual([
      'maker_must_not_approve',
    ])
    await world.done(manager, approve, { changeRequestId })
    expect(await rowOf('QUICK-A')).toMatchObject({
      status: 'active',
      inForce: null,
      waiting: { effectiveFrom: '2026-12-01' },
    })
    expect((await world.ask(writer, planChoices, {})).rows.map(row => row.code)).not.toContain('QUICK-A')
    world.clock.set(new Date('2026-12-01T09:00:00+09:00'))
    expect((await world.ask(writer, planChoices, {})).rows.map(row => row.code)).toContain('QUICK-A')
    world.clock.set(new Date('2026-11-24T10:00:00+09:00'))
    expect(await world.verbsOf(drafted.id)).toEqual(
      expect.arrayContaining(['plan_drafted', 'plan_version_activated']),
    )
  })

  it('whoever wrote on the draft does not approve it, even when another asked for it', async () => {
    const drafted = await world.done(manager, draft, {
      code: 'WRITERS',
      name: '書いた人',
      parameters: quickPlan,
      note: '最初の版',
    })
    const answer = await world.run(writer, activate, {
      planVersionId: drafted.planVersionId,
      rowVersion: 1,
      change,
    })
    const { changeRequestId } = answer.body as unknown as { changeRequestId: string }
    expect(await world.refused(world.run(manager, approve, { changeRequestId }))).toEqual([
      'approver_must_be_independent',
    ])
    await world.done(await world.person('別の部長', 'manager'), approve, { changeRequestId })
    expect((await rowOf('WRITERS')).status).toBe('active')
  })

  it('with recourse, or a price that may lie far below face, waits for compliance', async () => {
    for (const [code, more] of [
      ['RECOURSE', { recourse: 'full' as const }],
      ['DEAR', { feeMaxPpm: 200_000 }],
    ] as const) {
      const drafted = await world.done(writer, draft, {
        code,
        name: code,
        parameters: { ...quickPlan, ...more },
        note: '最初の版',
      })
      const answer = await world.run(writer, activate, {
        planVersionId: drafted.planVersionId,
        rowVersion: 1,
        change,
      })
      const { changeRequestId } = answer.body as unknown as { changeRequestId: string }
      expect(await world.refused(world.run(manager, approve, { changeRequestId }))).toEqual([
        'approver_must_hold_permission',
      ])
      await world.done(await world.person('法務', 'compliance'), approve, { changeRequestId })
      expect((await rowOf(code)).status).toBe('active')
    }
  })

  it('keeps an activated version as it is, for the program too; the next one stands beside it', async () => {
    const { planId, planVersionId } = await activePlan(world, people(), 'STAYS')
    const written = { parameters: { ...quickPlan, feeMinPpm: 10_000 }, note: '下限を下げる' }
    expect(
      await world.refused(world.run(writer, changeVersion, { planVersionId, rowVersion: 2, ...written })),
    ).toEqual(['plan_version_must_be_a_draft'])
    await expect(
      sql`update plan_version set parameters = parameters || '{"feeMinPpm": 1}' where id = ${planVersionId}`.execute(
        world.db,
      ),
    ).rejects.toThrow('an activated version of a plan never changes')
    const next = await world.done(writer, draftVersion, { planId, ...written })
    expect(await world.refused(world.run(writer, draftVersion, { planId, ...written }))).toEqual([
      'plan_must_have_one_draft',
    ])
    await world.done(writer, changeVersion, {
      planVersionId: next.id,
      rowVersion: 1,
      parameters: { ...quickPlan, feeMinPpm: 15_000 },
      note: '下限を下げる',
    })
    await activated(world, people(), next.id, 2)
    const shown = await shownPlan(world, writer, planId)
    expect(shown.versions.map(one => [one.version, one.state, one.parameters.feeMinPpm])).toEqual([
      [2, 'in_force', 15_000],
      [1, 'past', 20_000],
    ])
    // A change after the request was made: what was asked for is no longer what stands there.
    const third = await world.done(writer, draftVersion, { planId, ...written })
    const asked = await world.run(writer, activate, { planVersionId: third.id, rowVersion: 1, change })
    await world.done(writer, changeVersion, { planVersionId: third.id, rowVersion: 1, ...written })
    const { changeRequestId } = asked.body as unknown as { changeRequestId: string }
    const decided = await world.done(manager, approve, { changeRequestId })
    expect(decided.state).toBe('stale')
    await world.done(writer, discard, { planVersionId: third.id, rowVersion: 2, reason: '見送り' })
    expect((await shownPlan(world, writer, planId)).versions[0]?.state).toBe('discarded')
  })

  it('is refused with every rule it breaks, and a code only once', async () => {
    const bad = { ...quickPlan, minYen: 2, maxYen: 1, notice: 'sent' as const }
    expect(
      await world.refused(
        world.run(writer, draft, { code: '商品', name: 'だめ', parameters: bad, note: '最初の版' }),
      ),
    ).toEqual(['plan_code_must_be_readable', 'amounts_must_be_in_order', 'notice_must_fit_the_legal_kinds'])
    const once = { code: 'ONCE', name: '一度', parameters: quickPlan, note: '最初の版' }
    await world.done(writer, draft, once)
    expect(await world.refused(world.run(writer, draft, { ...once, code: 'ｏｎｃｅ' }))).toEqual([
      'plan_code_must_be_free',
    ])
  })

  it('is renamed by one; its operator stays once it was sold; it ends at once', async () => {
    const { planId } = await activePlan(world, people(), 'ENDS')
    const shown = await shownPlan(world, writer, planId)
    const which = { planId, rowVersion: shown.rowVersion }
    expect(
      await world.refused(world.run(writer, changePlan, { ...which, name: '新名', operatedBy: '別会社' })),
    ).toEqual(['operator_must_stay'])
    const { rowVersion } = await world.done(writer, changePlan, { ...which, name: '新名' })
    expect(
      await world.refused(world.run(writer, retire, { planId, rowVersion, reason: '需要がない' })),
    ).toEqual(['permission_must_be_held'])
    await world.done(manager, retire, { planId, rowVersion, reason: '需要がないため終了' })
    expect(await rowOf('ENDS')).toMatchObject({ name: '新名', status: 'retired', inForce: null })
    expect((await world.ask(writer, planChoices, {})).rows.map(row => row.code)).not.toContain('ENDS')
  })

  it('says which plans do not serve a customer', async () => {
    await activePlan(world, people(), 'CORP', { ...quickPlan, clientTypes: ['corp'] })
    const sole = await world.done(writer, register, {
      partyKind: 'sole_proprietor',
      legalName: '山田太郎',
      roles: ['client'],
    })
    const { rows } = await world.ask(writer, planChoices, { partyId: sole.id })
    const of = (code: string) => rows.find(row => row.code === code)?.hindrance
    expect(of('CORP')).toBe('この商品は法人だけが対象です。')
    expect(of('STAYS')).toBeNull()
  })
})
