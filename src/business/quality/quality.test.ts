import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { register } from '../parties/commands/register-party.ts'
import { requiredInForce } from '../parties/index.ts'
import { qualityFigures, qualityItems, selfCheck, selfCheckRows } from './contract.ts'
import { measureQuality } from './measure.ts'
import { checksOf, duplicateShare, percentOf } from './rules.ts'

let world: World
let sales: Actor
let manager: Actor
beforeAll(async () => {
  world = await createWorld()
  sales = await world.person('営業', 'sales')
  manager = await world.person('部長', 'manager')
})
afterAll(() => world.close())

const measure = () => measureQuality(world.db, world.clock.now())

async function activeParty(legalName: string, more: object = {}) {
  const { id } = await world.done(sales, register, { partyKind: 'corporation', legalName, ...more })
  await set(id, { stage: 'active' })
  return id
}
async function set(id: string, values: object) {
  await world.db.transaction().execute(async tx => {
    await tx
      .updateTable('party')
      .set(values as never)
      .where('id', '=', id)
      .execute()
    await world.executor.context(tx, sales, 'test').record({ verb: 'test_changed', subjects: [] })
  })
}

describe('a share', () => {
  // JR §9, vectors.
  it.for([
    [{ numerator: 1, denominator: 3 }, 33.3],
    [{ numerator: 24, denominator: 30 }, 80],
    [duplicateShare(100, 97), 3],
    [{ numerator: 36, denominator: 40 }, 90],
    [{ numerator: 2, denominator: 3 }, 66.7],
    [{ numerator: 1, denominator: 2000 }, 0.1],
    [{ numerator: 0, denominator: 0 }, null],
  ] as const)('of %j is %s', ([share, percent]) => {
    expect(percentOf(share)).toBe(percent)
  })
})

describe('the measures', () => {
  it('count active customers only; an exception has an owner and a deadline until the record is right', async () => {
    await world.done(sales, register, { partyKind: 'corporation', legalName: '見込商事株式会社' })
    const id = await activeParty('株式会社未入力製作所')
    expect(await measure()).toBe(true)
    const figures = await world.ask(manager, qualityFigures, {})
    expect(figures.completeness).toEqual({ numerator: 0, denominator: 1, percent: 0 })
    expect(figures.byItem.denominator).toBeGreaterThan(figures.byItem.numerator)
    const { rows } = await world.ask(manager, qualityItems, { check: 'missing_phone' })
    expect(rows).toMatchObject([
      { partyId: id, owner: '営業', dueOn: '2026-12-24', overdue: false, href: `/parties/${id}/edit` },
    ])
    await set(id, { phone: '+81312345678' })
    await measure()
    expect((await world.ask(manager, qualityItems, { check: 'missing_phone' })).rows).toEqual([])
    const solved = await world.db
      .selectFrom('quality_item')
      .select('solved_on')
      .where('check_code', '=', 'missing_phone')
      .executeTakeFirstOrThrow()
    expect(solved.solved_on).toBe('2026-11-24')
  })

  it('page through all exceptions once, by deadline', async () => {
    await activeParty('株式会社次頁工業')
    await measure()
    const all: string[] = []
    for (let after: string | undefined; ; ) {
      const page = await world.ask(manager, qualityItems, { limit: 3, after })
      all.push(...page.rows.map(row => `${row.dueOn} ${row.partyId} ${row.check}`))
      if (!page.next) break
      after = page.next
    }
    expect(new Set(all).size).toBe(all.length)
    expect(all).toEqual([...all].sort())
    const { count } = await world.db
      .selectFrom('quality_item')
      .select(eb => eb.fn.countAll<number>().as('count'))
      .where('solved_on', 'is', null)
      .executeTakeFirstOrThrow()
    expect(all).toHaveLength(Number(count))
  })

  it('every check runs and says where it comes from', async () => {
    const qualityChecks = checksOf(await requiredInForce(world.db))
    expect(new Set(qualityChecks.map(check => check.code)).size).toBe(qualityChecks.length)
    for (const check of qualityChecks) expect(check.source.length).toBeGreaterThan(3)
  })
})

describe('the self check', () => {
  it('answers five questions from live data with rows that lead to the fix', async () => {
    const id = await activeParty('株式会社無番号商会', { roles: ['client'] })
    const { questions } = await world.ask(manager, selfCheck, {})
    expect(questions.map(one => one.code)).toEqual([
      'identity',
      'checks',
      'evidence',
      'separation',
      'retention',
    ])
    const part = questions[0]?.parts.find(one => one.code === 'no_corporate_number')
    expect(part?.rows.map(row => row.href)).toContain(`/parties/${id}/edit`)
    await set(id, { corporate_number: '7000012050002' })
    const again = await world.ask(manager, selfCheck, {})
    expect(JSON.stringify(again.questions[0]?.parts[0])).not.toContain(id)
  })

  it('shows every row behind an answer, page by page, and refuses a part that is none of its own', async () => {
    const { questions } = await world.ask(manager, selfCheck, {})
    const part = questions[0]?.parts.find(one => one.code === 'no_corporate_number')
    const keys: string[] = []
    for (let after: string | undefined; ; ) {
      const page = await world.ask(manager, selfCheckRows, { part: 'no_corporate_number', limit: 1, after })
      keys.push(...page.rows.map(row => row.key))
      if (!page.next) break
      after = page.next
    }
    expect(part?.count).toBeGreaterThan(1)
    expect(keys).toEqual(part?.rows.map(row => row.key))
    await expect(world.ask(manager, selfCheckRows, { part: 'self_made' })).rejects.toThrow(
      'self_check_part_must_exist',
    )
    for (const { parts } of questions)
      for (const { code, count } of parts)
        expect((await world.ask(manager, selfCheckRows, { part: code, limit: 200 })).rows).toHaveLength(count)
  })

  it('finds people with roles that may not be held together', async () => {
    const both = await world.person('兼務 太郎', 'accounting', 'compliance')
    const { questions } = await world.ask(manager, selfCheck, {})
    const conflicts = questions[3]?.parts.find(one => one.code === 'role_conflict')
    expect(conflicts?.rows).toMatchObject([{ key: both.id, href: `/staff/${both.id}` }])
  })
})

describe('the monthly review', () => {
  it('is a PDF', async () => {
    const server = await world.server()
    const { reviewReport } = await import('./report.ts')
    const { content } = await reviewReport({
      db: world.db,
      actor: manager,
      now: world.clock.now(),
      today: '2026-11-24',
      requestId: 'test',
    })
    expect(content.subarray(0, 5).toString('latin1')).toBe('%PDF-')
    expect((await server.inject({ url: '/api/quality/report.pdf' })).statusCode).toBe(401)
  })
})
