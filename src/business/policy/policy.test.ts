import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { confirm, draft, withdraw } from './commands.ts'
import { openPolicy, printPolicy } from './contract.ts'
import { policy } from './index.ts'
import { kpis, policyReasons, retentionItems } from './rules.ts'

let world: World
let manager: Actor
const heads: Record<'credit' | 'legal' | 'collection' | 'sales', Actor> = {} as never

beforeAll(async () => {
  world = await createWorld()
  manager = await world.person('管理 起案', 'manager')
  heads.credit = await world.person('審査 長', 'approver')
  heads.legal = await world.person('法務 長', 'compliance')
  heads.collection = await world.person('回収 長', 'collector')
  heads.sales = await world.person('営業 長', 'sales')
})
afterAll(() => world.close())

const targets = Object.fromEntries(kpis.map(kpi => [kpi.code, kpi.initial]))
const retention = Object.fromEntries(retentionItems.map(item => [item.code, item.initialYears]))
const note = '最初の規程として定める'

describe('targets and years', () => {
  it('stand as proposed', () => expect(policyReasons(targets, retention)).toEqual([]))

  it.each(retentionItems.filter(item => item.leastYears > 0))(
    '$code is kept no shorter than the law asks',
    item => {
      const fields = policyReasons(targets, { ...retention, [item.code]: item.leastYears - 1 })
      expect(fields).toMatchObject([
        { code: 'retention_must_not_be_shorter_than_the_law', field: `retention.${item.code}` },
      ])
      expect(policyReasons(targets, { ...retention, [item.code]: item.leastYears })).toEqual([])
    },
  )

  it('are refused when one is missing, out of bounds or unknown', () => {
    const { overdue: _, ...fewer } = targets
    expect(policyReasons(fewer, retention)).toMatchObject([{ field: 'targets.overdue' }])
    expect(policyReasons({ ...targets, overdue: 101 }, retention)).toMatchObject([
      { field: 'targets.overdue' },
    ])
    expect(policyReasons({ ...targets, luck: 1 }, retention)).toMatchObject([{ code: 'items_must_be_known' }])
    expect(policyReasons(targets, { ...retention, tax_books: 7.5 })).toMatchObject([
      { field: 'retention.tax_books' },
    ])
  })
})

describe('a version of the house rules', () => {
  it('comes into force when four heads, none of whom drafted it, have confirmed it, and supersedes the one before', async () => {
    const first = await world.done(manager, draft, { targets, retention, note })
    expect(first.versionNo).toBe(1)
    const of = (actor: Actor, department: keyof typeof heads, versionId = first.id) =>
      world.done(actor, confirm, { versionId, department })
    expect(await world.refused(of(manager, 'sales'))).toEqual(['confirmer_must_not_have_drafted'])
    expect(await of(heads.credit, 'credit')).toEqual({ id: first.id, inForce: false })
    expect(await world.refused(of(heads.credit, 'legal'))).toEqual(['head_must_be_another_person'])
    expect(await world.refused(of(heads.legal, 'credit'))).toEqual(['department_must_be_open'])
    await of(heads.legal, 'legal')
    await of(heads.collection, 'collection')
    expect((await world.ask(manager, openPolicy, {})).versions[0]!.state).toBe('draft')
    expect(await of(heads.sales, 'sales')).toEqual({ id: first.id, inForce: true })
    const now = await world.ask(manager, openPolicy, {})
    expect(now.versions).toMatchObject([
      {
        versionNo: 1,
        state: 'in_force',
        confirmations: [
          { department: 'credit', name: '審査 長', confirmedOn: '2026-11-24' },
          { department: 'legal', name: '法務 長' },
          { department: 'collection', name: '回収 長' },
          { department: 'sales', name: '営業 長' },
        ],
      },
    ])
    expect(now.differs).toBe(false)
    expect(now.requiredItems.map(item => item.stage)).toContain('見込')
    expect(now.approvals.length).toBeGreaterThan(5)
    expect(await world.refused(of(heads.sales, 'sales'))).toEqual(['version_must_be_a_draft'])

    const second = await world.done(manager, draft, {
      targets: { ...targets, overdue: 2 },
      retention,
      note: '延滞率の目標を見直す',
    })
    for (const [department, head] of Object.entries(heads))
      await of(head, department as keyof typeof heads, second.id)
    const { versions } = await world.ask(manager, openPolicy, {})
    expect(versions.map(version => [version.versionNo, version.state, version.targets.overdue])).toEqual([
      [2, 'in_force', 2],
      [1, 'superseded', 3],
    ])
    const verbs = (await world.verbsOf(first.id)).filter(verb => verb !== 'attempt_refused')
    expect(verbs).toEqual([
      'policy_drafted',
      ...Array.from({ length: 4 }, () => 'policy_confirmed'),
      'policy_in_force',
      'policy_in_force',
    ])
  })

  it('is one draft at a time, and may be withdrawn', async () => {
    const one = await world.done(manager, draft, { targets, retention, note: '次の改定の検討' })
    const other = await world.done(manager, draft, { targets, retention, note: '書き直した案' })
    expect(
      await world.refused(world.done(heads.credit, confirm, { versionId: one.id, department: 'credit' })),
    ).toEqual(['version_must_be_a_draft'])
    await world.done(manager, withdraw, { versionId: other.id })
    const { versions } = await world.ask(manager, openPolicy, {})
    expect(versions.slice(0, 2).map(version => version.state)).toEqual(['withdrawn', 'withdrawn'])
    expect(versions.filter(version => version.state === 'in_force')).toHaveLength(1)
  })

  it('is drafted by managers and compliance only, and not by writing past the rules', async () => {
    expect(await world.refused(world.done(heads.sales, draft, { targets, retention, note }))).toEqual([
      'permission_must_be_held',
    ])
    const short = world.done(manager, draft, { targets, retention: { ...retention, audit: 1 }, note })
    expect(await world.refused(short)).toEqual(['retention_must_not_be_shorter_than_the_law'])
  })

  it('is printed as a rule book', async () => {
    const [version] = (await world.ask(manager, openPolicy, {})).versions
    const route = policy.routes(world).find(one => one.contract.name === printPolicy.name)
    if (route?.kind !== 'query') throw new Error('no print')
    const now = world.clock.now()
    const context = { db: world.db, actor: manager, now, today: '2026-11-24', requestId: 'test' }
    const answer = await route.answer(context, { versionId: version!.id } as never)
    if (!('file' in answer)) throw new Error('no file')
    expect((answer.file.content as Buffer).subarray(0, 5).toString()).toBe('%PDF-')
    expect(answer.file.name).toBe(`運用規程_第${version!.versionNo}版.pdf`)
  })
})
