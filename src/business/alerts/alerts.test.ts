import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { approve } from '../approvals/commands.ts'
import { rename } from '../parties/commands/rename-party.ts'
import { registerPartyCommand } from '../parties/index.ts'
import { acknowledge, resolve, snooze, take } from './commands.ts'
import { countAlerts, listAlerts } from './contract.ts'
import { FACTS_ENDED, raiseAlerts } from './raise.ts'
import { alertStandings } from './standings-contract.ts'

let world: World
let sales: Actor
let approver: Actor
let manager: Actor
let changeRequestId: string
let partyId: string

const DAY_MS = 86_400_000

beforeAll(async () => {
  world = await createWorld()
  sales = await world.person('営業 花子', 'sales')
  approver = await world.person('決裁 太郎', 'approver')
  manager = await world.person('部長 一郎', 'manager')
  const party = await world.done(sales, registerPartyCommand, {
    partyKind: 'corporation',
    legalName: '滞留株式会社',
  })
  partyId = party.id
  const answer = await world.run(sales, rename, {
    partyId,
    rowVersion: 1,
    legalName: '新滞留株式会社',
    effectiveOn: '2026-11-01',
    change: { reasonCode: 'registry_change', reasonText: '登記事項証明書で確認', evidence: [] },
  })
  if (answer.status !== 202) throw new Error('a rename must wait')
  changeRequestId = answer.body.changeRequestId
})
afterAll(() => world.close())

const mine = (actor: Actor, more: object = {}) => world.ask(actor, listAlerts, { mine: 'true', ...more })
const waiting = async () => {
  const { rows } = await mine(manager)
  const alert = rows.find(row => row.kind === 'approval_waiting')
  if (!alert) throw new Error('the manager has no alert about the waiting request')
  return { alert, which: { alertId: alert.id, rowVersion: alert.rowVersion } }
}

describe('alerts', () => {
  it('a request that waits a day raises one alert for the manager, once', async () => {
    expect((await mine(manager)).rows).toEqual([])
    world.clock.set(new Date(world.clock.now().getTime() + DAY_MS + 1000))
    await raiseAlerts(world)
    await raiseAlerts(world)
    const { alert } = await waiting()
    expect(alert).toMatchObject({
      severity: 'warning',
      state: 'open',
      ownerRole: 'manager',
      dueOn: '2026-11-25',
      subject: { kind: 'change_request', id: changeRequestId },
      party: { id: partyId, name: '滞留株式会社' },
    })
    expect((await world.ask(manager, countAlerts, {})).count).toBe(1)
    expect((await mine(sales)).rows).toEqual([])
    expect(await world.verbsOf(alert.id)).toEqual(['alert_raised'])
    expect((await world.ask(manager, alertStandings, { ids: [partyId] })).rows).toEqual([
      { id: partyId, alerts: 1, gravest: 'warning', dueOn: '2026-11-25' },
    ])
  })

  it('an auditor reads it and may not handle it; an administrator does not read what is about a company', async () => {
    const auditor = await world.person('監査 次郎', 'auditor')
    const administrator = await world.person('管理 三郎', 'administrator')
    const { which } = await waiting()
    const seen = await world.ask(auditor, listAlerts, {})
    expect(seen.rows.map(row => row.id)).toContain(which.alertId)
    expect(await world.refused(world.run(auditor, take, which))).toEqual(['permission_must_be_held'])
    const theirs = await world.ask(administrator, listAlerts, {})
    expect(theirs.rows.filter(row => row.party !== null)).toEqual([])
    expect((await world.ask(administrator, alertStandings, { ids: [partyId] })).rows).toEqual([])
  })

  it('is acknowledged once, and a stale screen is refused', async () => {
    const { which } = await waiting()
    const done = await world.done(manager, acknowledge, which)
    expect(done.rowVersion).toBe(which.rowVersion + 1)
    expect(await world.refused(world.run(manager, acknowledge, which))).toEqual(['record_must_be_unchanged'])
    const again = await waiting()
    expect(await world.refused(world.run(manager, acknowledge, again.which))).toEqual(['alert_must_be_open'])
  })

  it('is taken by one person and then no longer stands with the role', async () => {
    const other = await world.person('部長 二郎', 'manager')
    await world.done(manager, take, (await waiting()).which)
    expect((await mine(other)).rows.filter(row => row.kind === 'approval_waiting')).toEqual([])
    expect((await waiting()).alert.owner?.name).toBe('部長 一郎')
  })

  it('is put off to a day ahead and within a month, and comes back on that day', async () => {
    const { which } = await waiting()
    const reason = '決裁者の出張のため'
    const today = await world.refused(world.run(manager, snooze, { ...which, until: '2026-11-25', reason }))
    expect(today).toEqual(['snooze_must_be_ahead'])
    const far = await world.refused(world.run(manager, snooze, { ...which, until: '2026-12-26', reason }))
    expect(far).toEqual(['snooze_must_end_within_a_month'])
    await world.done(manager, snooze, { ...which, until: '2026-11-26', reason })
    expect((await world.ask(manager, countAlerts, {})).count).toBe(0)
    await raiseAlerts(world)
    expect((await waiting()).alert.state).toBe('snoozed')
    world.clock.set(new Date(world.clock.now().getTime() + DAY_MS))
    await raiseAlerts(world)
    expect((await waiting()).alert).toMatchObject({ state: 'open', snoozedUntil: null })
  })

  it('closed by a person stays quiet while its facts last', async () => {
    const { which } = await waiting()
    await world.done(manager, resolve, { ...which, outcome: '決裁者へ連絡済み' })
    const reopened = world.run(manager, take, { ...which, rowVersion: which.rowVersion + 1 })
    expect(await world.refused(reopened)).toEqual(['alert_must_be_unresolved'])
    await raiseAlerts(world)
    expect((await mine(manager)).rows.filter(row => row.kind === 'approval_waiting')).toEqual([])
  })

  it('resolves itself when its facts end', async () => {
    const second = await world.run(sales, rename, {
      partyId,
      rowVersion: 1,
      legalName: '別滞留株式会社',
      effectiveOn: '2026-11-01',
      change: { reasonCode: 'registry_change', reasonText: '登記事項証明書で確認', evidence: [] },
    })
    if (second.status !== 202) throw new Error('a rename must wait')
    world.clock.set(new Date(world.clock.now().getTime() + DAY_MS + 1000))
    await raiseAlerts(world)
    const { alert } = await waiting()
    await world.done(approver, approve, { changeRequestId: second.body.changeRequestId, comment: '' })
    await raiseAlerts(world)
    const { rows } = await world.ask(manager, listAlerts, { state: ['resolved'], partyId })
    expect(rows.find(row => row.id === alert.id)?.outcome).toBe(FACTS_ENDED)
    expect(await world.verbsOf(alert.id)).toEqual(['alert_raised', 'alert_facts_ended'])
  })
})
