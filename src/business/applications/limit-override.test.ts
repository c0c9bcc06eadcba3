import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVIDENCE } from '../../app/testing/database-setup.ts'
import { createWorld, TEST_NOW, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { newId } from '../../platform/ids/uuid.ts'
import { approve as approveRequest } from '../approvals/commands.ts'
import { grant as grantLimit, suspend } from '../credit/commands.ts'
import { limitsOfParty, overridesOfDeal, overridesOfParty } from '../credit/contract.ts'
import { grant, revokeIt } from '../credit/overrides.ts'
import { approve as approvePayout, check, prepare } from '../payouts/commands.ts'
import { approve as approveClaim } from '../receivables/commands/approve.ts'
import { purchase } from '../receivables/commands/purchase.ts'
import {
  approvedClaim,
  type Desk,
  limit,
  openDesk,
  party,
  readyPair,
  screened,
  secondPerson,
  verifiedClaim,
} from '../receivables/testing/deal.ts'
import { draft } from './commands/draft.ts'

let world: World
let desk: Desk
let second: Actor
beforeAll(async () => {
  world = await createWorld()
  desk = await openDesk(world)
  second = await world.person('部長 二', 'manager')
})
afterAll(() => world.close())

const change = { reasonCode: 'review' as const, reasonText: '大口受注の立替え', evidence: [EVIDENCE] }
let serial = 0
const kanaOf = {
  debtor: 'シュベツイチ',
  pair: 'シュベツニ',
  concentration: 'シュベツサン',
  group: 'シュベツヨン',
  debtor_group: 'シュベツゴ',
}

/** A client with a limit of 1,000,000 and a debtor with enough; the first claim holds 900,000 of it. */
async function fullClient(name: string) {
  const pair = await readyPair(world, desk, name, { limitYen: 1_000_000 })
  const first = await approvedClaim(world, desk, { ...pair, invoiceNo: `A-${++serial}`, faceYen: 1_000_000 })
  const debtorId = await party(world, desk, `${name}ホカ`, 'debtor')
  await screened(world, desk, [debtorId])
  await limit(world, desk, 'debtor', debtorId, 100_000_000)
  const claim = (faceYen: number) =>
    verifiedClaim(world, desk, { ...pair, debtorId, invoiceNo: `B-${++serial}`, faceYen })
  return { ...pair, first, claim, otherDebtorId: debtorId }
}

type Ask = Partial<Parameters<typeof grant.run>[1]> & { dealId: string }
const ask = (input: Ask, actor = desk.reviewer) =>
  world.run(actor, grant, {
    dealKind: 'receivable',
    limitKind: 'client',
    beyondYen: 200_000,
    until: '2026-12-24',
    change,
    ...input,
  })
async function granted(input: Ask): Promise<string> {
  const { changeRequestId } = (await ask(input)).body as { changeRequestId: string }
  const { answer } = await world.done(desk.manager, approveRequest, { changeRequestId })
  return (answer as { id: string }).id
}
const approving = (receivableId: string, actor = desk.approver) =>
  world.run(actor, approveClaim, { receivableId })
const buying = (receivableId: string, actor = desk.operations) =>
  world.run(actor, purchase, { receivableIds: [receivableId] })
const later = (day: string) => world.clock.set(new Date(`${day}T10:00:00+09:00`))

describe('an exception from a limit', () => {
  it('lets the named deal go beyond it, once two people decided, and nobody else', async () => {
    const { clientId, first, claim } = await fullClient('レイガイ')
    // Advance 270,000 where 100,000 is left.
    const dealId = await claim(300_000)
    expect(await world.refused(approving(dealId))).toEqual(['limit_must_cover_the_purchase'])
    const state = await world.ask(desk.reviewer, overridesOfDeal, { dealKind: 'receivable', dealId })
    const own = state.lines.find(line => line.limitKind === 'client')
    expect(own).toMatchObject({ headroomYen: 100_000, neededYen: 200_000, mayOverride: true })
    expect(state.lines.find(line => line.limitKind === 'debtor')).toMatchObject({ mayOverride: false })
    const overrideId = await granted({ dealId })
    await world.done(desk.approver, approveClaim, { receivableId: dealId })
    const { overrides } = await world.ask(desk.reviewer, overridesOfParty, { partyId: clientId })
    expect(overrides).toMatchObject([
      { id: overrideId, dealId, limitKind: 'client', beyondYen: 200_000, usedYen: 170_000, state: 'used' },
    ])
    expect(await world.verbsOf(dealId)).toContain('limit_override_used')
    // Above the limit is a breach, with its cause and who approved it.
    const { limits } = await world.ask(desk.reviewer, limitsOfParty, { partyId: clientId })
    expect(limits.find(one => one.limitKind === 'client')).toMatchObject({
      exceededYen: 170_000,
      breaches: [{ amountYen: 170_000, approvedBy: '部長', cause: expect.stringMatching(/^超過承認 OV-/) }],
    })
    // What the exception took stands outside the limit: the deal that was within it goes on, a third one finds no room.
    await world.done(desk.operations, purchase, { receivableIds: [first] })
    expect(await world.refused(approving(await claim(100_000)))).toEqual(['limit_must_cover_the_purchase'])
    expect((await buying(dealId)).status).toBe(200)
    // A limit raised since gives what is left under it, and not once more what the exception took.
    const raised = await world.run(desk.reviewer, grantLimit, {
      limitKind: 'client',
      subjectId: clientId,
      limitYen: 1_200_000,
      inForceFrom: '2026-01-01',
      reviewDueOn: '2027-06-30',
      assessedOn: '2026-06-30',
      grounds: '決算書と取引実績による',
      change,
    })
    await secondPerson(world, desk.approver, raised)
    expect(await world.refused(approving(await claim(50_000)))).toEqual(['limit_must_cover_the_purchase'])
    expect((await approving(await claim(33_000))).status).toBe(200)
  })

  it('is refused where none may be: a plan, no evidence, a far day, a deal within its limits, a limit that is missing or suspended', async () => {
    const { clientId, claim } = await fullClient('コトワリ')
    const dealId = await claim(300_000)
    const refused = (input: Ask, actor?: Actor) => world.refused(ask(input, actor))
    expect(await refused({ dealId, limitKind: 'plan' })).toEqual(['plan_ceiling_must_not_be_overridden'])
    expect(await refused({ dealId, change: { ...change, evidence: [] } })).toEqual([
      'evidence_must_be_attached',
    ])
    expect(await refused({ dealId, until: '2026-11-23' })).toEqual(['override_must_end_in_time'])
    expect(await refused({ dealId, until: '2027-02-23' })).toEqual(['override_must_end_in_time'])
    expect(await refused({ dealId, limitKind: 'debtor' })).toEqual(['override_must_be_needed'])
    expect(await refused({ dealId, limitKind: 'pair' })).toEqual(['override_must_have_a_limit'])
    expect(await refused({ dealId: newId() })).toEqual(['record_must_exist'])
    expect(await refused({ dealId }, desk.sales)).toEqual(['permission_must_be_held'])
    await granted({ dealId })
    expect(await refused({ dealId })).toEqual(['override_must_not_stand_twice'])
    const now = await world.ask(desk.reviewer, overridesOfDeal, { dealKind: 'receivable', dealId })
    expect(now.lines.find(line => line.limitKind === 'client')).toMatchObject({
      mayOverride: false,
      why: expect.stringContaining('有効な超過承認 OV-'),
    })
    const { limits } = await world.ask(desk.reviewer, limitsOfParty, { partyId: clientId })
    const limitId = limits.find(one => one.limitKind === 'client')!.id
    const other = await claim(280_000)
    await world.done(desk.manager, suspend, { limitId, reason: '調査のため停止' })
    expect(await refused({ dealId: other })).toEqual(['limit_must_not_be_suspended'])
    // A suspended limit gives nothing, whatever was granted before.
    expect(await world.refused(approving(dealId))).toEqual(['limit_must_not_be_suspended'])
  })

  it('holds no more than its yen', async () => {
    const { claim } = await fullClient('ゲンド')
    const dealId = await claim(400_000)
    await granted({ dealId, beyondYen: 259_999 })
    expect(await world.refused(approving(dealId))).toEqual(['limit_must_cover_the_purchase'])
  })

  it('ends with its day and at once when it is revoked, before the claim is approved and after', async () => {
    const { claim } = await fullClient('キゲン')
    const [late, taken, held] = [await claim(300_000), await claim(280_000), await claim(260_000)]
    await granted({ dealId: late, until: '2026-11-25' })
    later('2026-11-26')
    expect(await world.refused(approving(late))).toEqual(['limit_must_cover_the_purchase'])
    world.clock.set(TEST_NOW)
    const overrideId = await granted({ dealId: taken })
    await world.done(desk.compliance, revokeIt, { overrideId, reason: '前提が変わったため' })
    const twice = world.run(desk.compliance, revokeIt, { overrideId, reason: '前提が変わったため' })
    expect(await world.refused(twice)).toEqual(['override_must_stand'])
    expect(await world.refused(approving(taken))).toEqual(['limit_must_cover_the_purchase'])
    const heldId = await granted({ dealId: held })
    await world.done(desk.approver, approveClaim, { receivableId: held })
    later('2026-12-25')
    expect(await world.refused(buying(held))).toEqual(['limit_must_cover_the_purchase'])
    world.clock.set(TEST_NOW)
    await world
      .done(desk.reviewer, revokeIt, { overrideId: heldId, reason: '前提が変わったため' })
      .catch(() => {})
    expect(await world.refused(buying(held))).toEqual(['limit_must_cover_the_purchase'])
  })

  it('is decided by people apart from those who register, approve, buy and pay', async () => {
    const { claim } = await fullClient('ブンショウ')
    const dealId = await claim(300_000)
    const answer = (await ask({ dealId })).body as { changeRequestId: string }
    expect(await world.refused(world.run(desk.reviewer, approveRequest, answer))).toContain(
      'permission_must_be_held',
    )
    const all = await world.person('兼任', 'reviewer', 'approver', 'manager', 'operations')
    await world.done(all, approveRequest, { changeRequestId: answer.changeRequestId })
    expect(await world.refused(approving(dealId, all))).toEqual(['override_approver_must_not_approve'])
    await world.done(desk.approver, approveClaim, { receivableId: dealId })
    expect(await world.refused(buying(dealId, all))).toEqual(['approver_must_not_purchase'])
    const { body } = await buying(dealId)
    const { id: purchaseId } = body as { id: string }
    expect(await world.refused(world.run(all, prepare, { purchaseId, transferOn: '2026-11-26' }))).toEqual([
      'deal_approver_must_not_pay_out',
    ])
    const { id: payoutId } = await world.done(desk.operations, prepare, {
      purchaseId,
      transferOn: '2026-11-26',
    })
    await world.done(desk.accounting, check, { payoutId })
    const paying = await world.run(desk.accounting, approvePayout, { payoutId, change })
    const request = (paying.body as { changeRequestId: string }).changeRequestId
    expect(await world.refused(world.run(all, approveRequest, { changeRequestId: request }))).toContain(
      'approver_must_be_independent',
    )
    await secondPerson(world, second, paying)
  })

  it('is checked again when the money goes out', async () => {
    const { claim } = await fullClient('ソウキン')
    const dealId = await claim(300_000)
    const overrideId = await granted({ dealId })
    await world.done(desk.approver, approveClaim, { receivableId: dealId })
    const { id: purchaseId } = (await buying(dealId)).body as { id: string }
    const { id: payoutId } = await world.done(desk.operations, prepare, {
      purchaseId,
      transferOn: '2026-11-26',
    })
    await world.done(desk.accounting, check, { payoutId })
    const paying = await world.run(desk.accounting, approvePayout, { payoutId, change })
    await world.done(desk.approver, revokeIt, { overrideId, reason: '前提が変わったため' })
    expect(await world.refused(secondPerson(world, second, paying))).toEqual([
      'limit_must_cover_the_purchase',
    ])
  })

  it('is taken by one of two deals that come at the same moment, and once only', async () => {
    const { claim } = await fullClient('ドウジ')
    const [named, other] = [await claim(300_000), await claim(270_000)]
    await granted({ dealId: named })
    const outcomes = await Promise.allSettled([approving(named), approving(other), approving(named)])
    expect(outcomes.filter(one => one.status === 'fulfilled')).toHaveLength(1)
    const { rows } = await sql<{ claims: number }>`
      select count(*)::integer as claims from limit_override_use where receivable_id in (${named}, ${other})`.execute(
      world.db,
    )
    expect(rows[0]?.claims).toBe(1)
  })

  it('of an application is shared by its claims, and two of them at the same moment do not both take it', async () => {
    const { clientId, claim } = await fullClient('モウシコミ')
    const claims = [await claim(300_000), await claim(270_000)]
    const drafted = await world.run(desk.sales, draft, {
      clientId,
      channel: 'phone',
      requestedYen: 500_000,
      planVersionId: null,
    })
    const { id: applicationId } = drafted.body as { id: string }
    await world.db.transaction().execute(async tx => {
      for (const id of claims)
        await sql`insert into application_claim (receivable_id, application_id, linked_by, linked_at)
          values (${id}, ${applicationId}, ${desk.sales.id}, now())`.execute(tx)
      const context = world.executor.context(tx, desk.sales, 'test')
      await context.record({ verb: 'test_linked', subjects: [{ kind: 'application', id: applicationId }] })
    })
    const dealOf = { dealKind: 'application' as const, dealId: applicationId }
    expect(await world.refused(ask({ ...dealOf, limitKind: 'debtor' }))).toEqual([
      'override_must_name_the_claim',
    ])
    await granted(dealOf)
    const outcomes = await Promise.allSettled(claims.map(id => approving(id)))
    expect(outcomes.map(one => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it.each(['debtor', 'pair', 'concentration', 'group', 'debtor_group'] as const)(
    'holds for the limit kind %s as well',
    async kind => {
      const pair = await readyPair(world, desk, kanaOf[kind], { limitYen: 100_000_000 })
      const subjectId = kind === 'pair' || kind === 'group' ? pair.clientId : pair.debtorId
      const terms = kind === 'concentration' ? { limitPpm: 1 } : { limitYen: 100_000 }
      const setting = await world.run(desk.reviewer, grantLimit, {
        limitKind: kind,
        subjectId,
        ...(kind === 'pair' ? { secondSubjectId: pair.debtorId } : {}),
        ...terms,
        inForceFrom: '2026-01-01',
        reviewDueOn: '2027-06-30',
        assessedOn: '2026-06-30',
        grounds: '決算書と取引実績による',
        change,
      })
      if (setting.status === 202) await secondPerson(world, desk.approver, setting)
      const dealId = await verifiedClaim(world, desk, { ...pair, invoiceNo: `K-${kind}`, faceYen: 300_000 })
      expect(await world.refused(approving(dealId))).toEqual(['limit_must_cover_the_purchase'])
      await granted({ dealId, limitKind: kind, beyondYen: 300_000 })
      expect((await approving(dealId)).status).toBe(200)
      expect((await buying(dealId)).status).toBe(200)
    },
  )
})
