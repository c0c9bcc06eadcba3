import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVIDENCE } from '../../app/testing/database-setup.ts'
import { createWorld, TEST_NOW, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { newId } from '../../platform/ids/uuid.ts'
import { approve } from '../approvals/commands.ts'
import { withdraw as withdrawPlanned } from '../changes/commands.ts'
import { plannedOfRecord } from '../changes/contract.ts'
import { carryOutDueChanges } from '../changes/jobs.ts'
import { openKycCommand } from '../kyc/index.ts'
import { register } from '../parties/commands/register-party.ts'
import { rename } from '../parties/commands/rename-party.ts'
import { openParty } from '../parties/contract.ts'
import { cancel, finish, handOver, open, reschedule, take } from './commands.ts'
import { impactsOfRequest, listTasks, openTaskPage } from './contract.ts'
import { openImpactTasks } from './open-impact-tasks.ts'

let world: World
let sales: Actor
let operations: Actor
let approver: Actor
let auditor: Actor

beforeAll(async () => {
  world = await createWorld()
  sales = await world.person('営業 花子', 'sales')
  operations = await world.person('事務 一子', 'operations')
  approver = await world.person('決裁 太郎', 'approver')
  auditor = await world.person('監査 十郎', 'auditor')
})
afterAll(() => world.close())

const TODAY = '2026-11-24'
const newParty = async (legalName: string, more: object = {}) =>
  (await world.done(sales, register, { partyKind: 'corporation', legalName, ...more })).id
const byHand = (input: object = {}) =>
  world.done(sales, open, { title: '決算書の受領', dueOn: '2026-12-01', ...input })
const shown = (taskId: string, actor = sales) => world.ask(actor, openTaskPage, { taskId })

describe('a task by hand', () => {
  it('is mine, by its day, on the list and with the company, until I say what came of it', async () => {
    const partyId = await newParty('株式会社仕事')
    const { id, taskNo } = await byHand({ partyId, kind: 'document', note: '税理士の確認待ち' })
    expect(taskNo).toMatch(/^TSK-\d{6}$/)
    expect(await shown(id)).toMatchObject({
      kind: 'document',
      subject: { id: partyId, name: '株式会社仕事' },
      origin: { kind: 'hand', id: null },
      owner: { id: sales.id },
      dueOn: '2026-12-01',
      isOverdue: false,
      state: 'open',
      note: '税理士の確認待ち',
    })
    const mine = await world.ask(sales, listTasks, { whose: 'mine' })
    expect(mine.rows.map(row => row.id)).toContain(id)
    expect((await world.ask(operations, listTasks, { whose: 'mine' })).rows).toEqual([])
    await world.done(sales, finish, { taskId: id, rowVersion: 1, outcome: '決算書を受領した' })
    expect(await shown(id)).toMatchObject({
      state: 'done',
      outcome: '決算書を受領した',
      doneBy: { id: sales.id },
      doneAt: expect.any(String),
    })
    expect((await world.ask(sales, listTasks, { partyId, state: ['done'] })).rows.map(row => row.id)).toEqual(
      [id],
    )
    expect(await world.verbsOf(id)).toEqual(['task_opened', 'task_done'])
    expect(await world.verbsOf(partyId)).toContain('task_done')
    const again = world.run(sales, finish, { taskId: id, rowVersion: 2, outcome: 'もう一度終える' })
    expect(await world.refused(again)).toEqual(['task_must_be_open'])
  })

  it('goes to another person with a reason, and who had it stays with it', async () => {
    const { id } = await byHand()
    await world.done(sales, handOver, {
      taskId: id,
      rowVersion: 1,
      toId: operations.id,
      reason: '異動のため',
    })
    expect(await shown(id)).toMatchObject({
      owner: { id: operations.id },
      handedOverFrom: { id: sales.id, name: '営業 花子' },
    })
    await world.done(sales, take, { taskId: id, rowVersion: 2 })
    expect(await shown(id)).toMatchObject({
      owner: { id: sales.id },
      handedOverFrom: { id: operations.id },
    })
    expect(await world.verbsOf(id)).toEqual(['task_opened', 'task_handed_over', 'task_taken'])
    expect(await world.refused(world.run(sales, take, { taskId: id, rowVersion: 3 }))).toEqual([
      'owner_must_change',
    ])
    const toAuditor = { taskId: id, rowVersion: 3, toId: auditor.id, reason: '監査の人へ渡す' }
    expect(await world.refused(world.run(sales, handOver, toAuditor))).toEqual(['owner_must_be_able_to_act'])
  })

  it('moves its day and ends without being done, each for a reason', async () => {
    const { id } = await byHand()
    const move = (dueOn: string) =>
      world.run(sales, reschedule, { taskId: id, rowVersion: 1, dueOn, reason: '先方の都合による' })
    expect(await world.refused(move('2026-12-01'))).toEqual(['due_must_change'])
    expect(await world.refused(move('2026-11-23'))).toEqual(['due_must_not_be_past'])
    expect(await world.refused(move('2029-01-01'))).toEqual(['due_must_be_within_two_years'])
    await move('2026-12-08')
    const stale = world.run(sales, cancel, { taskId: id, rowVersion: 1, reason: '不要になった' })
    expect(await world.refused(stale)).toEqual(['record_must_be_unchanged'])
    await world.done(sales, cancel, { taskId: id, rowVersion: 2, reason: '不要になった' })
    expect(await shown(id)).toMatchObject({
      state: 'cancelled',
      outcome: '不要になった',
      dueOn: '2026-12-08',
    })
  })

  it('is overdue from the day after, and the team of a role sees it', async () => {
    const { id } = await byHand({ dueOn: TODAY })
    const colleague = await world.person('営業 次郎', 'sales')
    world.clock.set(new Date('2026-11-25T10:00:00+09:00'))
    const late = await world.ask(colleague, listTasks, { whose: 'team', overdue: 'true' })
    expect(late.rows.map(row => [row.id, row.isOverdue])).toContainEqual([id, true])
    expect((await world.ask(operations, listTasks, { whose: 'team', overdue: 'true' })).rows).toEqual([])
    world.clock.set(TEST_NOW)
  })

  it('is refused to whoever only reads, for an owner who cannot act, a day passed, and a record that is not there', async () => {
    const attempt = (actor: Actor, input: object) =>
      world.refused(world.run(actor, open, { title: '確認', dueOn: '2026-12-01', ...input }))
    expect(await attempt(auditor, {})).toEqual(['permission_must_be_held'])
    expect(await attempt(sales, { ownerId: newId() })).toEqual(['owner_must_be_able_to_act'])
    expect(await attempt(sales, { dueOn: '2026-11-23' })).toEqual(['due_must_not_be_past'])
    expect(await attempt(sales, { dueOn: '2029-11-23' })).toEqual(['due_must_be_within_two_years'])
    expect(await attempt(sales, { partyId: newId() })).toEqual(['record_must_exist'])
    expect(await attempt(sales, { origin: { kind: 'incident', id: newId() } })).toEqual([
      'origin_must_be_reachable',
    ])
    expect((await world.ask(auditor, listTasks, {})).rows.length).toBeGreaterThan(0)
  })
})

describe('a critical change in force', () => {
  const change = {
    reasonCode: 'registry_change' as const,
    reasonText: '登記事項証明書で確認',
    evidence: [EVIDENCE],
  }
  async function renamed(partyId: string, legalName: string, effectiveOn: string) {
    const { rowVersion } = await world.ask(sales, openParty, { partyId })
    const answer = await world.run(sales, rename, { partyId, rowVersion, legalName, effectiveOn, change })
    const { changeRequestId } = answer.body as { changeRequestId: string }
    await world.done(approver, approve, { changeRequestId })
    return changeRequestId
  }
  const impacts = async (changeRequestId: string) =>
    (await world.ask(sales, impactsOfRequest, { changeRequestId })).rows
  const caseOf = {
    trigger: 'change' as const,
    methodCode: 'corp_number_site' as const,
    purposeCode: 'other',
    purpose: '売掛債権の買取',
    businessContent: '建設業',
  }

  it('opens one task an item for who does the work, once, and says why the others need none', async () => {
    const partyId = await newParty('株式会社旧商号', { ownerStaffId: sales.id })
    const changeRequestId = await renamed(partyId, '株式会社新商号', '2026-11-20')
    expect(await openImpactTasks(world)).toBe(1)
    expect(await openImpactTasks(world)).toBe(0)
    const rows = await impacts(changeRequestId)
    expect(rows.map(row => [row.impact, row.outcome])).toEqual([
      ['kyc', 'opened'],
      ['screening', 'opened'],
      ['contract', 'skipped'],
      ['bank', 'skipped'],
      ['invoice_check', 'skipped'],
    ])
    const tasks = (await world.ask(sales, listTasks, { partyId })).rows
    expect(tasks.map(row => [row.title, row.owner?.id ?? row.ownerRole, row.dueOn])).toEqual(
      expect.arrayContaining([
        ['商号変更に伴う本人確認の見直し', sales.id, '2026-12-01'],
        ['商号変更に伴う反社・制裁照合の確認', 'compliance', '2026-12-01'],
      ]),
    )
    expect(tasks).toHaveLength(2)
    expect(tasks[0]?.origin).toMatchObject({
      kind: 'change_request',
      id: changeRequestId,
      no: expect.stringMatching(/^CR-/),
    })
    expect((await shown(rows[0]!.task!.id)).workplace).toBe('kyc')
    expect(await world.verbsOf(changeRequestId)).toContain('task_opened')
    const compliance = await world.person('照合 三郎', 'compliance')
    expect((await world.ask(compliance, listTasks, { whose: 'mine' })).rows).toHaveLength(1)
  })

  it('points at the check of identity that is under way', async () => {
    const partyId = await newParty('株式会社確認中')
    const { id } = await world.done(operations, openKycCommand, { partyId, ...caseOf })
    const changeRequestId = await renamed(partyId, '株式会社確認中新', '2026-11-20')
    await openImpactTasks(world)
    expect((await impacts(changeRequestId))[0]).toMatchObject({
      impact: 'kyc',
      outcome: 'linked',
      task: null,
      linked: { kind: 'kyc_case', id, partyId },
    })
  })

  it('of a later day is followed up on that day, and not at all when it was taken back', async () => {
    const [partyId, other] = [await newParty('株式会社来月'), await newParty('株式会社中止')]
    const changeRequestId = await renamed(partyId, '株式会社来月新', '2026-12-05')
    const dropped = await renamed(other, '株式会社中止新', '2026-12-05')
    expect(await openImpactTasks(world)).toBe(0)
    const plannedId = (await world.ask(sales, plannedOfRecord, { recordId: other })).rows[0]!.id
    await world.done(sales, withdrawPlanned, { plannedId, reason: '申し出の取り下げ' })
    world.clock.set(new Date('2026-12-05T10:00:00+09:00'))
    await carryOutDueChanges(world)
    expect(await openImpactTasks(world)).toBe(2)
    const [kyc] = await impacts(changeRequestId)
    expect(kyc).toMatchObject({ outcome: 'opened', task: { dueOn: '2026-12-12' } })
    expect(await impacts(dropped)).toEqual([])
    world.clock.set(TEST_NOW)
  })

  it('opens no twin when two processes follow it up at the same time', async () => {
    const partyId = await newParty('株式会社同時')
    await renamed(partyId, '株式会社同時新', '2026-11-20')
    const counts = await Promise.all([1, 2, 3].map(() => openImpactTasks(world)))
    expect(counts.reduce((sum, one) => sum + one, 0)).toBe(1)
    expect((await world.ask(sales, listTasks, { partyId })).rows).toHaveLength(2)
  })
})
