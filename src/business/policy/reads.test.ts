import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { Refusal } from '../../platform/commands/refusal.ts'
import { openDatabase, openPool } from '../../platform/database/database.ts'
import { decidersOf, levelFor, whyNotCovered } from '../approvals/authority.ts'
import { approve, reject } from '../approvals/commands.ts'
import { countWaiting, listChangeRequests, openChangeRequest } from '../approvals/contract.ts'
import { rolesAfter } from '../approvals/further.ts'
import { limitsOfParty } from '../credit/contract.ts'
import { grantLimitCommand } from '../credit/index.ts'
import { define } from '../customization/commands/define-field.ts'
import { findNextDue } from '../disposal/find-due.ts'
import { register } from '../parties/commands/register-party.ts'
import { listParties, openParty } from '../parties/contract.ts'
import { raiseStage } from '../parties/index.ts'
import { qualityFigures, selfCheck } from '../quality/contract.ts'
import { measureQuality } from '../quality/measure.ts'
import { confirm, draft } from './commands.ts'
import { openPolicy } from './contract.ts'
import { recordKept } from './record-until.ts'
import { kpis, retentionItems } from './rules.ts'

let world: World
let manager: Actor
let sales: Actor
const heads: Actor[] = []
const departments = ['credit', 'legal', 'collection', 'sales'] as const

beforeAll(async () => {
  world = await createWorld()
  manager = await world.person('管理 起案', 'manager')
  sales = await world.person('営業 花子', 'sales')
  for (const role of ['approver', 'compliance', 'collector', 'sales'] as const)
    heads.push(await world.person(`長 ${role}`, role))
})
afterAll(() => world.close())

const targets = Object.fromEntries(kpis.map(kpi => [kpi.code, kpi.initial]))
const retention = Object.fromEntries(retentionItems.map(item => [item.code, item.initialYears]))

async function inForce(more: object): Promise<void> {
  const { id } = await world.done(manager, draft, {
    targets,
    retention,
    note: '試験のための改定',
    ...more,
  } as never)
  for (const [at, department] of departments.entries())
    await world.done(heads[at]!, confirm, { versionId: id, department })
}

const party = async (legalName: string, more: object = {}) =>
  (
    await world.done(sales, register, {
      partyKind: 'corporation',
      legalName,
      roles: ['client'],
      ...more,
    } as never)
  ).id

const missingOf = async (partyId: string) => {
  const { completeness } = await world.ask(sales, openParty, { partyId })
  return {
    now: completeness.missingNow.map(item => item.key),
    later: completeness.missingLater.map(item => item.key),
  }
}

describe('required items', () => {
  it('of the version in force drive completeness, the list of incomplete customers and the measure of quality', async () => {
    const id = await party('株式会社必須項目')
    expect((await missingOf(id)).now).toEqual([])
    await inForce({ stages: { items: { website: 'prospect', capitalYen: null }, enforced: false } })
    const after = await missingOf(id)
    expect(after.now).toEqual(['website'])
    expect(after.later).not.toContain('capitalYen')
    const { rows } = await world.ask(sales, listParties, { incomplete: 'true', limit: 50 } as never)
    expect(rows.map(row => row.id)).toContain(id)
    await measureQuality(world.db, world.clock.now())
    const { checks } = await world.ask(manager, qualityFigures, {})
    expect(checks.map(check => check.code)).toContain('missing_website')
    expect(checks.map(check => check.code)).not.toContain('missing_capital_yen')
  })

  it('include own fields that must be given', async () => {
    const administrator = await world.person('管理者', 'administrator')
    const id = await party('株式会社自社必須')
    const { key } = await world.done(administrator, define, {
      recordKind: 'party',
      type: 'text',
      label: '必ず聞くこと',
      required: true,
    })
    expect((await missingOf(id)).now).toContain(`custom.${key}`)
    const filled = await party('株式会社自社記入', { custom: { [key]: '聞いた' } })
    expect((await missingOf(filled)).now).not.toContain(`custom.${key}`)
  })

  it('keep a customer out of the next stage only where the rule book says so, naming what is missing', async () => {
    const raise = (partyId: string) =>
      world.db.transaction().execute(async tx => {
        const context = world.executor.context(tx, sales, 'test')
        await raiseStage(context, partyId, 'applied')
        await context.record({ verb: 'offer_made', subjects: [{ kind: 'party', id: partyId }] })
      })
    const { key } = (await world.db.selectFrom('custom_field').select('key').executeTakeFirstOrThrow()) as {
      key: string
    }
    const open = await party('株式会社段階一', { custom: { [key]: 'あり' } })
    await raise(open)
    await inForce({ stages: { items: {}, enforced: true } })
    const shut = await party('株式会社段階二', { custom: { [key]: 'あり' } })
    const refusal = await raise(shut).then(
      () => null,
      (error: unknown) => (error instanceof Refusal ? error.reasons : null),
    )
    expect(refusal?.map(reason => reason.code)).toContain('required_items_must_be_there')
    expect(refusal?.map(reason => reason.message).join()).toContain('代表者')
    expect((await world.ask(sales, openParty, { partyId: shut })).stage).toBe('prospect')
    await inForce({ stages: { items: {}, enforced: false } })
    await raise(shut)
    expect((await world.ask(sales, openParty, { partyId: shut })).stage).toBe('applied')
  })

  it('which the law asks for are neither left out nor asked later, and unknown ones are refused', async () => {
    const drafted = (items: object) =>
      world.refused(
        world.done(manager, draft, {
          targets,
          retention,
          note: '法令に合わない案',
          stages: { items, enforced: false },
        } as never),
      )
    expect(await drafted({ representative: null })).toEqual(['items_asked_by_law_must_stay'])
    expect(await drafted({ address: 'active' })).toEqual(['items_asked_by_law_must_stay'])
    expect(await drafted({ luck: 'active' })).toEqual(['items_must_be_known'])
  })
})

describe('further approvals', () => {
  it.each([
    [null, ['manager']],
    [9_999_999, []],
    [10_000_000, ['manager']],
  ])('of %s yen need %j', (amountYen, roles) => {
    const rules = [{ permission: 'credit.approve', fromYen: 10_000_000, role: 'manager' }]
    expect(rolesAfter(rules, { permission: 'credit.approve', amountYen })).toEqual(roles)
    expect(rolesAfter(rules, { permission: 'kyc.approve', amountYen })).toEqual([])
  })

  it('add a person of the role above the amount, and never take the second person away', async () => {
    expect(
      await world.refused(
        world.done(manager, draft, {
          targets,
          retention,
          note: '権限のない役割の案',
          furtherApprovals: [{ permission: 'credit.approve', fromYen: null, role: 'sales' }],
        } as never),
      ),
    ).toEqual(['approver_role_must_decide'])
    const { deciders } = await world.ask(manager, openPolicy, {})
    const roles = deciders.find(one => one.permission === 'credit.approve')!.roles.map(one => one.value)
    const role = roles.includes('manager') ? 'manager' : roles[0]!
    await inForce({ furtherApprovals: [{ permission: 'credit.approve', fromYen: 10_000_000, role }] })
    const reviewer = await world.person('審査 一郎', 'reviewer')
    const [first, second, third] = [
      await world.person('決裁 一', 'approver'),
      await world.person('決裁 二', 'approver'),
      await world.person('決裁 三', role as 'manager'),
    ]
    const asked = async (limitYen: number, name: string) => {
      const answer = await world.run(reviewer, grantLimitCommand, {
        limitKind: 'client',
        subjectId: await party(name, { custom: await ownGiven() }),
        term: 'permanent',
        limitYen,
        inForceFrom: '2026-11-24',
        reviewDueOn: '2027-11-23',
        assessedOn: '2026-11-20',
        grounds: '決算書と面談による',
        change: { reasonCode: 'review', reasonText: '新規の枠の設定', evidence: [] },
      } as never)
      return (answer.body as never as { changeRequestId: string }).changeRequestId
    }
    const small = await asked(1_000_000, '株式会社小口枠')
    const decide = (actor: Actor, changeRequestId: string) =>
      world.done(actor, approve, { changeRequestId, comment: '' })
    expect((await decide(first, small)).state).toBe('applied')
    const large = await asked(50_000_000, '株式会社大口枠')
    expect(await world.refused(decide(reviewer, large))).toEqual(['permission_must_be_held'])
    expect((await decide(first, large)).state).toBe('pending')
    const shown = await world.ask(third, openChangeRequest, { changeRequestId: large })
    expect(shown.approvedSoFar.map(one => one.name)).toEqual(['決裁 一'])
    expect(shown.waitsForRole).not.toBeNull()
    expect(await world.refused(decide(first, large))).toContain('approver_must_be_independent')
    if (role !== 'approver')
      expect(await world.refused(decide(second, large))).toEqual(['approver_must_hold_role'])
    const waiting = await world.ask(third, listChangeRequests, { waitingForMe: 'true', limit: 50 } as never)
    expect(waiting.rows.map(row => row.id)).toContain(large)
    expect((await decide(third, large)).state).toBe('applied')
    const given = await world.db.selectFrom('change_request_approval').selectAll().execute()
    expect(given.map(row => [row.request_id, row.step, row.staff_id])).toEqual([[large, 1, first.id]])
    const rejected = await asked(60_000_000, '株式会社却下枠')
    await decide(first, rejected)
    await world.done(third, reject, { changeRequestId: rejected, comment: '与信の根拠が足りない' })
    expect((await world.ask(third, openChangeRequest, { changeRequestId: rejected })).state).toBe('rejected')
  })
})

describe('authority by amount', () => {
  const table = [
    { permission: 'credit.approve', role: 'manager', uptoYen: null },
    { permission: 'credit.approve', role: 'approver', uptoYen: 10_000_000 },
  ]
  const asked = (amountYen: number | null) => ({ permission: 'credit.approve', amountYen })

  it.each([
    [10_000_000, ['approver'], 'approver'],
    [10_000_001, ['approver'], null],
    [10_000_001, ['manager'], 'manager'],
    // Whoever holds both decides by the lower level that covers it.
    [1, ['manager', 'approver'], 'approver'],
    [null, ['approver'], null],
    [null, ['manager'], 'manager'],
    [1, ['sales'], null],
  ])('%s yen by %j: level %s', (amountYen, roles, level) => {
    expect(levelFor(table, asked(amountYen), roles)).toBe(level)
  })

  it('is said in words, and is nobody’s concern where no table is in force', () => {
    expect(levelFor([], asked(1), ['sales'])).toBeUndefined()
    expect(whyNotCovered([], asked(1), ['sales'])).toBeNull()
    expect(decidersOf([], asked(1))).toBeNull()
    expect(whyNotCovered(table, asked(60_000_000), ['approver'])).toBe(
      '60,000,000円の申請は、決裁権限表により「管理職」が決裁します。あなたの決裁権限は10,000,000円までです。',
    )
    expect(decidersOf(table, asked(5_000_000))).toBe('管理職・決裁（10,000,000円まで）')
  })

  it('of the version in force decides who may approve a limit, and the limit keeps the level', async () => {
    const refusedTable = (authority: object[]) =>
      world.refused(
        world.done(manager, draft, { targets, retention, note: '決裁権限の案', authority } as never),
      )
    expect(await refusedTable([table[1]!])).toEqual(['authority_must_have_no_gap'])
    expect(await refusedTable([table[0]!, table[0]!])).toEqual(['authority_must_be_unique'])
    expect(await refusedTable([{ ...table[0]!, role: 'sales' }])).toContain('approver_role_must_decide')
    await inForce({ furtherApprovals: [], authority: table })
    const reviewer = await world.person('審査 権限', 'reviewer')
    const low = await world.person('決裁 権限', 'approver')
    const high = await world.person('管理職 権限', 'manager')
    const limitOf = async (limitYen: number, name: string) => {
      const subjectId = await party(name, { custom: await ownGiven() })
      const answer = await world.run(reviewer, grantLimitCommand, {
        limitKind: 'client',
        subjectId,
        term: 'permanent',
        limitYen,
        inForceFrom: '2026-11-24',
        reviewDueOn: '2027-11-23',
        assessedOn: '2026-11-20',
        grounds: '決算書と面談による',
        change: { reasonCode: 'review', reasonText: '新規の枠の設定', evidence: [] },
      } as never)
      return { subjectId, ...(answer.body as never as { changeRequestId: string }) }
    }
    const decide = (actor: Actor, changeRequestId: string) =>
      world.done(actor, approve, { changeRequestId, comment: '' })
    const levelOf = async (partyId: string) =>
      (await world.ask(high, limitsOfParty, { partyId })).limits[0]?.authorityLevel
    const small = await limitOf(10_000_000, '株式会社権限内')
    await decide(low, small.changeRequestId)
    expect(await levelOf(small.subjectId)).toBe('決裁')
    const waitingBefore = (await world.ask(low, countWaiting, {})).count
    const large = await limitOf(10_000_001, '株式会社権限外')
    expect((await world.ask(low, countWaiting, {})).count).toBe(waitingBefore)
    const seen = await world.ask(low, openChangeRequest, { changeRequestId: large.changeRequestId })
    expect(seen).toMatchObject({ amountYen: 10_000_001, deciders: '管理職' })
    expect(seen.hindrances.map(one => one.message)).toEqual([
      '10,000,001円の申請は、決裁権限表により「管理職」が決裁します。あなたの決裁権限は10,000,000円までです。',
    ])
    expect(await world.refused(decide(low, large.changeRequestId))).toEqual(['approver_must_have_authority'])
    expect(
      await world.refused(
        world.done(low, reject, { changeRequestId: large.changeRequestId, comment: '権限を超える却下' }),
      ),
    ).toEqual(['approver_must_have_authority'])
    const mine = await world.ask(high, listChangeRequests, { waitingForMe: 'true', limit: 50 } as never)
    expect(mine.rows.map(row => row.id)).toContain(large.changeRequestId)
    await decide(high, large.changeRequestId)
    expect(await levelOf(large.subjectId)).toBe('管理職')
    // A version that says nothing of it leaves the table as it is; an empty one takes it away.
    await inForce({})
    expect((await world.ask(manager, openPolicy, {})).authority).toHaveLength(2)
    await inForce({ authority: [] })
    const free = await limitOf(20_000_000, '株式会社権限表なし')
    await decide(low, free.changeRequestId)
    expect(await levelOf(free.subjectId)).toBeNull()
  })
})

async function ownGiven(): Promise<Record<string, string>> {
  const fields = await world.db
    .selectFrom('custom_field')
    .select('key')
    .where('is_required', '=', true)
    .execute()
  return Object.fromEntries(fields.map(field => [field.key, 'あり']))
}

describe('targets and retention', () => {
  it('say until when the record of a transaction is kept', async () => {
    await inForce({ retention: { ...retention, transaction_records: 10 } })
    expect(await recordKept(world.db, '2026-11-24')).toEqual({ until: '2036-11-24', years: 10 })
    await inForce({})
    expect(await recordKept(world.db, '2028-02-29')).toEqual({ until: '2035-02-28', years: 7 })
  })

  it('of the version in force stand beside the measures and decide what is past retention', async () => {
    const owner = openDatabase(openPool({ url: world.ownerUrl, max: 1, name: 'an old prospect' }))
    const id = await party('株式会社古い見込', { custom: await ownGiven() })
    await sql`alter table party disable trigger user`.execute(owner)
    await sql`update party set registered_at = '2024-06-01' where id = ${id}`.execute(owner)
    await sql`alter table party enable trigger user`.execute(owner)
    await owner.destroy()
    const prospects = async () => {
      while (await findNextDue(world.db, world.clock.now()));
      const { questions } = await world.ask(manager, selfCheck, {})
      const part = questions.flatMap(one => one.parts).find(one => one.code === 'party_past_retention')!
      return part.rows.map(({ key, href }) => ({ key, href }))
    }
    await inForce({ targets: { ...targets, duplicates: 0.2 }, retention: { ...retention, rejected: 1 } })
    expect(await prospects()).toEqual([{ key: id, href: `/disposal?subject=party:${id}` }])
    await inForce({ targets: { ...targets, duplicates: 0.2 }, retention: { ...retention, rejected: 3 } })
    expect(await prospects()).toEqual([])
    const figures = await world.ask(manager, qualityFigures, {})
    expect(figures.targets).toMatchObject({ duplicates: 0.2, completeness: targets.completeness })
    expect(figures.targets.versionNo).toBeGreaterThan(1)
  })
})
