import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVIDENCE } from '../../app/testing/database-setup.ts'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { listAlerts } from '../alerts/contract.ts'
import { raiseAlerts } from '../alerts/index.ts'
import { approve } from '../approvals/commands.ts'
import { listEvents, recordHistory } from '../audit/contract.ts'
import { assignContractorCommand, registerPartyCommand } from '../parties/index.ts'
import { addPersonCommand } from '../people/index.ts'
import { recordNoticeCommand } from '../receivables/index.ts'
import { approvedClaim, type Desk, openDesk, readyPair, twoPartyTerms } from '../receivables/testing/deal.ts'
import { cancel, judge, plan, record } from './commands.ts'
import { checkContact, listCommunications, listPlans, listPromises, openCommunication } from './contract.ts'
import { correct } from './correct.ts'
import { lists } from './lists.ts'

let world: World
let desk: Desk
let collector: Actor
let compliance: Actor
let auditor: Actor
let partyId: string

beforeAll(async () => {
  world = await createWorld()
  desk = await openDesk(world)
  collector = await world.person('回収', 'collector')
  compliance = await world.person('コンプラ', 'compliance')
  auditor = await world.person('監査', 'auditor')
  partyId = await party('株式会社接触')
})
afterAll(() => world.close())

async function party(legalName: string, role: 'client' | 'debtor' = 'client'): Promise<string> {
  const { id } = await world.done(desk.sales, registerPartyCommand, {
    partyKind: 'corporation',
    legalName,
    roles: [role],
  })
  return id
}

const call = (of: string, more: object = {}) => ({
  partyId: of,
  channel: 'phone' as const,
  direction: 'out' as const,
  occurredAt: '2026-11-24T09:30:00+09:00',
  category: 'payment' as const,
  summary: '二十日に送金するとのこと',
  ...more,
})

const rowsOf = async (actor: Actor, input: object) => (await world.ask(actor, listCommunications, input)).rows

describe('a contact', () => {
  it('is recorded with its words encrypted, and no event or view holds them', async () => {
    const { id, policy } = await world.done(
      collector,
      record,
      call(partyId, { subject: '秘密の件名', body: '秘密の本文', agreedPoints: '秘密の合意' }),
    )
    expect(policy).toEqual({ check: 'allowed', rules: [] })
    const shown = await world.ask(desk.sales, openCommunication, { communicationId: id })
    expect(shown).toMatchObject({
      subject: '秘密の件名',
      summary: '二十日に送金するとのこと',
      body: '秘密の本文',
      agreedPoints: '秘密の合意',
      handledBy: '回収',
      versionNo: 1,
    })
    const { rows: kept } = await sql<{ line: string }>`
      select row_to_json(t)::text as line from communication t union all
      select canonical_text from audit_event`.execute(world.db)
    expect(kept.length).toBeGreaterThan(2)
    expect(kept.filter(({ line }) => /秘密の|二十日に送金/.test(line))).toEqual([])
    expect(await world.verbsOf(partyId)).toContain('communication_recorded')
  })

  it('is never changed: a correction is a further version with its reason, and the earlier one stays readable', async () => {
    const { id } = await world.done(collector, record, call(partyId, { summary: '百万円と聞いた' }))
    const before = await sql`select * from communication where id = ${id}`.execute(world.db)
    const words = { ...call(partyId), summary: '二百万円と聞いた' }
    const again = { communicationId: id, versionNo: 1, ...words, reason: '録音で確認して訂正' }
    expect(
      await world.refused(world.run(collector, correct, { ...again, summary: '百万円と聞いた' })),
    ).toEqual(['correction_must_change_something'])
    await world.done(collector, correct, again)
    expect(await world.refused(world.run(collector, correct, again))).toEqual(['version_must_be_newest'])
    const shown = await world.ask(collector, openCommunication, { communicationId: id })
    expect(shown).toMatchObject({ versionNo: 2, summary: '二百万円と聞いた' })
    expect(shown.earlier).toMatchObject([
      { versionNo: 1, summary: '百万円と聞いた', supersededBecause: '録音で確認して訂正' },
    ])
    const after = await sql`select * from communication where id = ${id}`.execute(world.db)
    expect({ ...(after.rows[0] as object), superseded_at: null }).toEqual(before.rows[0])
    expect((await rowsOf(collector, { partyId })).filter(row => row.id === id)).toHaveLength(1)
    const direct = sql`update communication set summary_sealed = 'x' where id = ${id}`.execute(world.db)
    await expect(direct).rejects.toThrow(/permission denied/)
  })

  it('lies in the past, with somebody of the company, about records one may see', async () => {
    const { personId } = await world.done(desk.operations, addPersonCommand, {
      partyId: await party('株式会社他社'),
      role: 'contact',
      person: { familyName: '他社', givenName: '太郎' },
    })
    const at = (more: object) => world.refused(world.run(collector, record, call(partyId, more)))
    expect(await at({ occurredAt: '2026-11-24T10:01:00+09:00' })).toEqual(['contact_must_not_lie_ahead'])
    expect(await at({ personId })).toEqual(['person_must_belong_to_party'])
    expect(await at({ related: [{ kind: 'receivable', id: partyId }] })).toEqual([
      'related_record_must_exist',
    ])
  })

  it('is recorded by those who deal with customers, and by nobody else', async () => {
    for (const actor of [auditor, await world.person('管理', 'administrator')])
      expect(await world.refused(world.run(actor, record, call(partyId)))).toEqual([
        'permission_must_be_held',
      ])
    expect((await rowsOf(auditor, { partyId })).length).toBeGreaterThan(0)
  })

  it('is found by day, by who was in charge, by team, channel and category', async () => {
    const own = await party('株式会社条件')
    const other = await world.person('回収二', 'collector')
    await world.done(collector, record, call(own, { occurredAt: '2026-11-20T09:00:00+09:00' }))
    await world.done(other, record, call(own, { channel: 'email', occurredAt: '2026-11-21T08:00:00+09:00' }))
    await world.done(desk.sales, record, call(own, { category: 'complaint', direction: 'in' }))
    const seen = async (actor: Actor, input: object) =>
      (await rowsOf(actor, { partyId: own, ...input })).map(row => row.handledBy)
    expect(await seen(collector, {})).toHaveLength(3)
    expect(await seen(collector, { whose: 'mine' })).toEqual(['回収'])
    expect(await seen(collector, { whose: 'team' })).toEqual(['回収二', '回収'])
    expect(await seen(collector, { from: '2026-11-20', to: '2026-11-20' })).toEqual(['回収'])
    expect(await seen(collector, { channel: ['email'] })).toEqual(['回収二'])
    expect(await seen(collector, { category: ['complaint'] })).toHaveLength(1)
    const first = await world.ask(collector, listCommunications, { partyId: own, limit: 2 })
    const rest = await world.ask(collector, listCommunications, {
      partyId: own,
      limit: 2,
      after: first.next ?? '',
    })
    expect([...first.rows, ...rest.rows].map(row => row.id)).toHaveLength(3)
    expect(rest.next).toBeNull()
  })
})

describe('a contact against a rule', () => {
  it('is refused as a plan, and recorded with the rule and an alert to compliance when it has happened', async () => {
    const own = await party('株式会社夜間')
    const night = '2026-11-24T22:00:00+09:00'
    const planned = {
      partyId: own,
      channel: 'phone' as const,
      plannedAt: night,
      purpose: '入金の確認',
    }
    expect(await world.refused(world.run(collector, plan, planned))).toEqual(['contact_must_not_be_at_night'])
    expect(
      await world.refused(world.run(collector, plan, { ...planned, plannedAt: '2026-11-24T09:00:00+09:00' })),
    ).toEqual(['plan_must_lie_ahead'])
    const { id, policy } = await world.done(
      collector,
      record,
      call(own, { occurredAt: '2026-11-23T22:00:00+09:00' }),
    )
    expect(policy.rules.map(rule => rule.code)).toEqual(['contact_must_not_be_at_night'])
    await raiseAlerts(world)
    const alerts = await world.ask(compliance, listAlerts, { partyId: own, mine: 'true' })
    expect(alerts.rows).toMatchObject([{ kind: 'contact_blocked', subject: { kind: 'communication', id } }])
  })

  it('somebody who asked for none is not called', async () => {
    const { personId } = await world.done(desk.operations, addPersonCommand, {
      partyId,
      role: 'contact',
      person: { familyName: '断り', givenName: '花子' },
      doNotContact: true,
      doNotContactReason: '本人の申し出により',
    })
    const asked = await world.ask(collector, checkContact, { partyId, personId, channel: 'email' })
    expect(asked.rules.map(rule => rule.code)).toEqual(['person_must_not_be_contacted'])
    expect(
      await world.refused(
        world.run(collector, plan, {
          partyId,
          personId,
          channel: 'email',
          plannedAt: '2026-11-25T10:00:00+09:00',
          purpose: '資料の送付',
        }),
      ),
    ).toEqual(['person_must_not_be_contacted'])
  })

  it('the debtor of a two-party deal is not contacted before a trigger is recorded', async () => {
    const pair = await readyPair(world, desk, 'ヒミツ', { terms: twoPartyTerms })
    const receivableId = await approvedClaim(world, desk, {
      ...pair,
      invoiceNo: 'SECRET-1',
      faceYen: 1_000_000,
    })
    const asked = (more: object = {}) =>
      world.ask(collector, checkContact, { partyId: pair.debtorId, channel: 'phone', ...more })
    expect((await asked()).rules.map(rule => rule.code)).toEqual(['debtor_must_not_be_contacted_yet'])
    expect((await asked({ direction: 'in' })).check).toBe('allowed')
    expect(
      (await world.ask(collector, checkContact, { partyId: pair.clientId, channel: 'phone' })).check,
    ).toBe('allowed')
    const change = { reasonCode: 'review' as const, reasonText: '契約違反による通知', evidence: [EVIDENCE] }
    const waiting = await world.run(desk.operations, recordNoticeCommand, {
      receivableId,
      noticeKind: 'assignment_notice',
      method: 'content_certified',
      sentTo: '経理部',
      sentOn: '2026-11-24',
      postNo: '123',
      trigger: '期日に送金がない',
      change,
    })
    const { changeRequestId } = waiting.body as never as { changeRequestId: string }
    await world.done(compliance, approve, { changeRequestId, comment: '' })
    expect((await asked()).check).toBe('allowed')
    expect((await asked({ receivableId: [receivableId] })).check).toBe('allowed')
  })

  it('the debtor of a three-party deal may be contacted', async () => {
    const pair = await readyPair(world, desk, 'サンシャ', {
      terms: { ...twoPartyTerms, legalKind: 'three_party', collectionRoute: 'debtor_direct' },
    })
    await approvedClaim(world, desk, { ...pair, invoiceNo: 'OPEN-1', faceYen: 1_000_000 })
    const asked = await world.ask(collector, checkContact, { partyId: pair.debtorId, channel: 'phone' })
    expect(asked.check).toBe('allowed')
  })
})

describe('what is for compliance alone', () => {
  it('is there for nobody else: not in lists, on its page, in histories, the trail, alerts or exports', async () => {
    const own = await party('株式会社疑念')
    const secret = call(own, {
      disclosureScope: 'compliance_only',
      occurredAt: '2026-11-23T22:30:00+09:00',
      promise: { dueOn: '2026-12-01', amountYen: 1_000 },
    })
    expect(await world.refused(world.run(collector, record, secret))).toEqual(['scope_must_be_permitted'])
    const { id } = await world.done(compliance, record, secret)
    await raiseAlerts(world)
    expect(await rowsOf(compliance, { partyId: own })).toHaveLength(1)
    for (const actor of [collector, auditor, desk.manager, desk.sales]) {
      expect(await rowsOf(actor, { partyId: own })).toEqual([])
      expect((await world.ask(actor, listPromises, { partyId: own })).rows).toEqual([])
      expect(await world.refused(world.ask(actor, openCommunication, { communicationId: id }))).toEqual([
        'record_must_exist',
      ])
      const exported = lists[0]!
      expect((await world.ask(actor, exported.contract, { partyId: own })) as object).toMatchObject({
        rows: [],
      })
      const history = await world.ask(actor, recordHistory, { recordId: own })
      expect(history.rows.filter(event => /communication|promise/.test(event.verb))).toEqual([])
    }
    const trail = await world.ask(auditor, listEvents, { verb: 'communication_recorded' })
    expect(trail.rows.flatMap(event => event.subjects.map(one => one.id))).not.toContain(id)
    const alerts = await world.ask(desk.manager, listAlerts, { partyId: own })
    expect(alerts.rows).toEqual([])
  })

  it('cannot be uncovered, nor covered, by others', async () => {
    const { id } = await world.done(compliance, record, call(partyId, { disclosureScope: 'compliance_only' }))
    const open = { communicationId: id, versionNo: 1, ...call(partyId), reason: '公開してよいため' }
    expect(await world.refused(world.run(collector, correct, open))).toEqual(['record_must_exist'])
    const { id: known } = await world.done(collector, record, call(partyId))
    const cover = { ...open, communicationId: known, disclosureScope: 'compliance_only' as const }
    expect(await world.refused(world.run(collector, correct, cover))).toEqual(['scope_must_be_permitted'])
    await world.done(compliance, correct, cover)
    expect((await rowsOf(collector, { partyId })).some(row => row.id === known)).toBe(false)
    // The version that stood open tells nothing either.
    expect(await world.refused(world.ask(collector, openCommunication, { communicationId: known }))).toEqual([
      'record_must_exist',
    ])
  })
})

describe('a contractor', () => {
  it('sees contacts of assigned customers only, without their long words, and records none', async () => {
    const contractor = await world.person('委託先', 'contractor')
    const [mine, theirs] = [await party('株式会社割当'), await party('株式会社非割当')]
    const { party_no } = await world.db
      .selectFrom('party')
      .select('party_no')
      .where('id', '=', mine)
      .executeTakeFirstOrThrow()
    await world.done(await world.person('管理二', 'administrator'), assignContractorCommand, {
      staffId: contractor.id,
      partyNos: [party_no],
      endsOn: '2026-12-31',
      reason: '回収の委託のため',
    })
    const { id } = await world.done(collector, record, call(mine, { body: '長い本文', agreedPoints: '合意' }))
    const { id: hidden } = await world.done(collector, record, call(theirs))
    expect((await rowsOf(contractor, {})).map(row => row.party.id)).toEqual([mine])
    const shown = await world.ask(contractor, openCommunication, { communicationId: id })
    expect(shown).toMatchObject({ body: null, agreedPoints: null, masked: true })
    expect(
      await world.refused(world.ask(contractor, openCommunication, { communicationId: hidden })),
    ).toEqual(['record_must_exist'])
    expect(
      await world.refused(world.ask(contractor, checkContact, { partyId: theirs, channel: 'phone' })),
    ).toEqual(['record_must_exist'])
    expect(await world.refused(world.run(contractor, record, call(mine)))).toEqual([
      'permission_must_be_held',
    ])
  })
})

describe('a plan', () => {
  it('is done by the contact that carries it out, or given up with a reason', async () => {
    const own = await party('株式会社予定')
    const at = { partyId: own, channel: 'phone' as const, plannedAt: '2026-11-25T10:00:00+09:00' }
    const { id } = await world.done(collector, plan, { ...at, purpose: '入金の確認' })
    const { id: other } = await world.done(collector, plan, { ...at, purpose: '資料の依頼' })
    const open = async () => (await world.ask(collector, listPlans, { partyId: own })).rows
    expect((await open()).map(row => row.purpose)).toEqual(['入金の確認', '資料の依頼'])
    await world.done(collector, record, call(own, { planId: id }))
    expect(await world.refused(world.run(collector, record, call(own, { planId: id })))).toEqual([
      'plan_must_be_open',
    ])
    const [left] = await open()
    await world.done(collector, cancel, {
      planId: other,
      rowVersion: left!.rowVersion,
      reason: '不要になった',
    })
    expect(await open()).toEqual([])
  })
})

describe('a promise given in a contact', () => {
  it('about no claim is judged by a person, once', async () => {
    const own = await party('株式会社口約束')
    await world.done(collector, record, call(own, { promise: { dueOn: '2026-11-30', amountYen: 50_000 } }))
    const [promise] = (await world.ask(collector, listPromises, { partyId: own })).rows
    expect(promise).toMatchObject({ amountYen: 50_000, dueOn: '2026-11-30', outcome: null })
    await world.done(collector, judge, { promiseId: promise!.id, outcome: 'kept' })
    expect(
      await world.refused(world.run(collector, judge, { promiseId: promise!.id, outcome: 'broken' })),
    ).toEqual(['promise_must_be_unjudged'])
    const [row] = await rowsOf(collector, { partyId: own })
    expect(row?.promise?.outcome).toBe('kept')
  })
})
