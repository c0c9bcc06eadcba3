import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVIDENCE } from '../../app/testing/database-setup.ts'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { listAlerts } from '../alerts/contract.ts'
import { raiseAlerts } from '../alerts/index.ts'
import { approve } from '../approvals/commands.ts'
import { recordHoldingCommand } from '../ownership/index.ts'
import { registerPartyCommand } from '../parties/index.ts'
import { change, close, file, open, reopen } from './commands.ts'
import { listIncidents, openIncidentPage } from './contract.ts'

let world: World
let collector: Actor
let compliance: Actor
let operations: Actor
let auditor: Actor
let client: string
let daughter: string

beforeAll(async () => {
  world = await createWorld()
  collector = await world.person('回収', 'collector')
  compliance = await world.person('コンプラ', 'compliance')
  operations = await world.person('事務', 'operations')
  auditor = await world.person('監査', 'auditor')
  const party = async (legalName: string) =>
    (
      await world.done(operations, registerPartyCommand, {
        partyKind: 'corporation',
        legalName,
        roles: ['client'],
      })
    ).id
  client = await party('株式会社事故親')
  daughter = await party('株式会社事故子')
  const answer = await world.run(operations, recordHoldingCommand, {
    partyId: daughter,
    holderPartyId: client,
    sharePpm: 600_000,
    change: { reasonCode: 'review', reasonText: '株主名簿で確認した', evidence: [EVIDENCE] },
  })
  if (answer.status !== 200) {
    const { changeRequestId } = answer.body as never as { changeRequestId: string }
    await world.done(await world.person('決裁', 'approver'), approve, { changeRequestId, comment: '' })
  }
})
afterAll(() => world.close())

const items = (more: object = {}) => ({
  title: '同一請求書の二重譲渡',
  foundOn: '2026-11-20',
  facts: '内密の事実',
  subjects: [{ partyId: client, role: 'client' as const }],
  ...more,
})
const shown = (incidentId: string) => world.ask(collector, openIncidentPage, { incidentId })
const which = async (incidentId: string) => ({ incidentId, rowVersion: (await shown(incidentId)).rowVersion })

describe('an incident', () => {
  it('is shown on its company and on the companies of the group, and closed only when everything is there', async () => {
    const { id } = await world.done(collector, open, { kind: 'double_assignment', ...items() })
    const of = async (partyId: string, group = false) =>
      (await world.ask(auditor, listIncidents, { partyId, group: String(group), state: 'all' })).rows.map(
        row => row.id,
      )
    expect(await of(client)).toEqual([id])
    expect(await of(daughter)).toEqual([])
    expect(await of(daughter, true)).toEqual([id])
    const end = async (actor: Actor) =>
      world.run(actor, close, { ...(await which(id)), reason: '対応が終わった' })
    expect(await world.refused(end(collector))).toEqual(['permission_must_be_held'])
    expect(await world.refused(end(compliance))).toEqual([
      'cause_must_be_given',
      'prevention_must_be_given',
      'filings_must_be_made',
    ])
    await world.done(collector, change, {
      ...(await which(id)),
      ...items({ lossYen: 1_200_000, cause: '内密の原因', recurrencePrevention: '内密の対策' }),
      reason: '調査が済んだため',
    })
    const again = { ...(await which(id)), filing: 'report' as const }
    expect(await world.refused(world.run(collector, file, { ...again, filedOn: '2026-11-25' }))).toEqual([
      'filing_must_not_lie_ahead',
    ])
    expect(
      await world.refused(world.run(collector, file, { ...again, filing: 'claim', filedOn: '2026-11-24' })),
    ).toEqual(['filing_must_be_due'])
    await world.done(collector, file, { ...again, filedOn: '2026-11-24' })
    await end(compliance)
    expect(await shown(id)).toMatchObject({ closedOn: '2026-11-24', cause: '内密の原因', lossYen: 1_200_000 })
    expect(await world.refused(end(compliance))).toEqual(['incident_must_be_open'])
    const again2 = async (actor: Actor) =>
      world.run(actor, reopen, { ...(await which(id)), reason: '別の請求書も見つかった' })
    expect(await world.refused(again2(collector))).toEqual(['permission_must_be_held'])
    await again2(compliance)
    expect(await shown(id)).toMatchObject({ closedOn: null, hindrances: [] })
    expect(await world.refused(again2(compliance))).toEqual(['incident_must_be_closed'])
    await end(compliance)
    const { rows } = await sql<{ line: string }>`select row_to_json(t)::text as line from incident t
      union all select canonical_text from audit_event`.execute(world.db)
    expect(rows.filter(row => row.line.includes('内密の'))).toEqual([])
    expect(await world.verbsOf(client)).toContain('incident_closed')
  })

  it('keeps what belongs to its kind only', async () => {
    const tried = (more: object) =>
      world.refused(world.run(collector, open, { kind: 'fraud', ...items(more) }))
    expect(await tried({ court: '東京地方裁判所', knownOn: '2026-11-20' })).toEqual([
      'field_must_suit_the_kind',
      'field_must_suit_the_kind',
    ])
    expect(await tried({ foundOn: '2026-11-25' })).toEqual(['found_must_not_lie_ahead'])
    expect(await world.refused(world.run(collector, open, { kind: 'data', ...items() }))).toEqual([
      'known_day_must_be_given',
    ])
    expect(await world.refused(world.run(auditor, open, { kind: 'fraud', ...items() }))).toEqual([
      'permission_must_be_held',
    ])
  })

  it('of data is due by the law, and says so before', async () => {
    const { id } = await world.done(collector, open, {
      kind: 'data',
      ...items({ knownOn: '2026-11-20', breachGrounds: ['property_damage'], subjects: [] }),
    })
    expect((await shown(id)).filings.map(one => [one.filing, one.dueOn])).toEqual([
      ['preliminary', '2026-11-24'],
      ['report', '2026-11-30'],
      ['final', '2026-12-21'],
    ])
    const told = async () => {
      await raiseAlerts(world)
      const { rows } = await world.ask(compliance, listAlerts, { kind: ['incident_due'] })
      return rows.filter(row => row.subject.id === id).map(row => row.severity)
    }
    expect(await told()).toEqual(['warning', 'warning'])
    world.clock.set(new Date('2026-11-25T10:00:00+09:00'))
    expect((await told()).sort()).toEqual(['critical', 'warning'])
    await world.done(collector, file, {
      ...(await which(id)),
      filing: 'preliminary',
      filedOn: '2026-11-25',
    })
    expect(await told()).toEqual(['warning'])
  })
})
