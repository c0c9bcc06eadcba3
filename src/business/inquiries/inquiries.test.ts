import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { listAlerts } from '../alerts/contract.ts'
import { raiseAlerts } from '../alerts/index.ts'
import { listCommunications } from '../communications/contract.ts'
import { registerPartyCommand } from '../parties/index.ts'
import { answer, assign, identify, merge, move, open, triage } from './commands.ts'
import { listInquiries, openInquiryPage } from './contract.ts'

let world: World
let operations: Actor
let sales: Actor
let compliance: Actor
let auditor: Actor
let partyId: string
const on = (text: string) => world.clock.set(new Date(`${text}+09:00`))

beforeAll(async () => {
  world = await createWorld()
  operations = await world.person('事務', 'operations')
  sales = await world.person('営業', 'sales')
  compliance = await world.person('コンプラ', 'compliance')
  auditor = await world.person('監査', 'auditor')
  partyId = (
    await world.done(operations, registerPartyCommand, {
      partyKind: 'corporation',
      legalName: '株式会社問合せ',
      roles: ['client'],
    })
  ).id
})
afterAll(() => world.close())

const question = (more: object = {}) => ({
  partyId,
  channel: 'phone' as const,
  category: 'consultation' as const,
  subject: '内緒の件名',
  body: '内緒の内容',
  receivedAt: '2026-11-24T10:00:00+09:00',
  ...more,
})

async function which(inquiryId: string) {
  const { rowVersion } = await world.ask(operations, openInquiryPage, { inquiryId })
  return { inquiryId, rowVersion }
}
const shown = (inquiryId: string) => world.ask(operations, openInquiryPage, { inquiryId })

describe('an inquiry', () => {
  it('goes from receipt to answer with its clock, and its talk stands in the history of the customer', async () => {
    on('2026-11-24T10:05:00')
    const { id, firstAnswerDue } = await world.done(operations, open, question())
    expect(firstAnswerDue).toBe('2026-11-25T01:00:00.000Z')
    await world.done(operations, triage, { ...(await which(id)), category: 'payment', priority: 'high' })
    expect((await shown(id)).firstAnswerDue).toBe('2026-11-24T03:00:00.000Z')
    await world.done(operations, assign, { ...(await which(id)), ownerId: operations.id })
    const reply = { channel: 'phone' as const, summary: '確認して折り返すと伝えた' }
    on('2026-11-24T11:00:00')
    await world.done(operations, answer, {
      ...(await which(id)),
      ...reply,
      answeredAt: '2026-11-24T11:00:00+09:00',
      final: false,
    })
    expect(await shown(id)).toMatchObject({ state: 'assigned', resolvedAt: null, answeredInFirst: null })
    await world.done(operations, move, { ...(await which(id)), to: 'waiting_client', reason: '資料を待つ' })
    expect(await shown(id)).toMatchObject({ isPaused: true, nextDue: null })
    const due = (await shown(id)).resolutionDue
    // Two bank days of business time later.
    on('2026-11-26T11:00:00')
    await world.done(operations, assign, {
      ...(await which(id)),
      ownerId: sales.id,
      reason: '担当地域のため',
    })
    const after = await shown(id)
    expect(after).toMatchObject({ transfers: 1, pausedMinutes: 18 * 60, isPaused: false })
    expect(Date.parse(after.resolutionDue) - Date.parse(due)).toBe(4 * 24 * 3_600_000)
    await world.done(sales, answer, {
      ...(await which(id)),
      ...reply,
      answeredAt: '2026-11-26T11:00:00+09:00',
      final: true,
    })
    await world.done(sales, move, {
      ...(await which(id)),
      to: 'closed',
      reason: '了解を得た',
      satisfaction: 4,
    })
    expect(await shown(id)).toMatchObject({
      state: 'closed',
      answeredInFirst: false,
      satisfaction: 4,
      moves: [],
    })
    const talk = await world.ask(operations, listCommunications, { relatedId: id })
    expect(talk.rows.map(row => row.direction)).toEqual(['out', 'out', 'in'])
    expect((await world.ask(operations, listCommunications, { partyId })).rows).toHaveLength(3)
    expect(
      await world.refused(
        world.run(sales, triage, { ...(await which(id)), category: 'other', priority: 'low' }),
      ),
    ).toEqual(['inquiry_must_be_open'])
    const { rows } = await sql<{ line: string }>`select row_to_json(t)::text as line from inquiry t
      union all select canonical_text from audit_event`.execute(world.db)
    expect(rows.filter(row => row.line.includes('内緒の'))).toEqual([])
  })

  it('skips no step, and is seen by readers who may not handle it', async () => {
    on('2026-11-27T10:00:00')
    const { id } = await world.done(operations, open, question())
    for (const to of ['answered', 'closed', 'assigned', 'waiting_client'] as const)
      expect(
        await world.refused(world.run(operations, move, { ...(await which(id)), to, reason: '飛ばす' })),
      ).toEqual(['transition_must_be_listed'])
    expect((await world.ask(auditor, listInquiries, { partyId })).rows.map(row => row.id)).toContain(id)
    expect(await world.refused(world.run(auditor, open, question()))).toEqual(['permission_must_be_held'])
    const contractor = await world.person('委託先', 'contractor')
    expect(contractor.permissions.has('inquiries.read')).toBe(false)
  })

  it('of somebody unknown keeps the name sealed until it is known who it is', async () => {
    on('2026-11-27T10:30:00')
    expect(await world.refused(world.run(operations, open, question({ partyId: null })))).toEqual([
      'sender_must_be_named',
    ])
    const { id } = await world.done(operations, open, question({ partyId: null, sender: '山本商店 山本様' }))
    expect(await shown(id)).toMatchObject({ party: null, sender: '山本商店 山本様', body: '内緒の内容' })
    await world.done(operations, identify, { ...(await which(id)), partyId })
    expect(await shown(id)).toMatchObject({ party: { id: partyId }, body: '内緒の内容' })
    const { id: again } = await world.done(operations, open, question())
    const { inquiryNo } = await shown(id)
    await world.done(operations, merge, { ...(await which(again)), intoNo: inquiryNo, reason: '同じ用件' })
    expect(await shown(again)).toMatchObject({ state: 'merged', mergedInto: { id } })
  })
})

it('a complaint is told of before and after its deadline, and no more once it is answered', async () => {
  on('2026-12-01T09:00:00')
  const { id } = await world.done(
    operations,
    open,
    question({ category: 'complaint', receivedAt: '2026-12-01T09:00:00+09:00' }),
  )
  const alerts = async () => {
    await raiseAlerts(world)
    const { rows } = await world.ask(compliance, listAlerts, { partyId, kind: ['inquiry_due'] })
    return rows.filter(row => row.subject.id === id).map(row => row.severity)
  }
  expect(await alerts()).toEqual(['warning'])
  on('2026-12-01T11:01:00')
  expect(await alerts()).toEqual(['critical'])
  expect((await world.ask(operations, listInquiries, { late: 'true' })).rows[0]?.isLate).toBe(true)
  await world.done(operations, triage, { ...(await which(id)), category: 'complaint', priority: 'low' })
  await world.done(operations, assign, { ...(await which(id)), ownerId: operations.id })
  await world.done(operations, answer, {
    ...(await which(id)),
    channel: 'phone',
    summary: 'お詫びして説明した',
    answeredAt: '2026-12-01T11:01:00+09:00',
    final: true,
  })
  expect(await alerts()).toEqual([])
})
