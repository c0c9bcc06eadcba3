import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVIDENCE } from '../../app/testing/database-setup.ts'
import { createWorld, TEST_NOW, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { Refusal } from '../../platform/commands/refusal.ts'
import { addDays } from '../../platform/dates/calendar-date.ts'
import { approve } from '../approvals/commands.ts'
import { withdraw } from '../changes/commands.ts'
import { plannedOfRecord } from '../changes/contract.ts'
import { carryOutDueChanges } from '../changes/jobs.ts'
import { changePartyBasics, changePartyRoles } from './commands/change-basics.ts'
import { register } from './commands/register-party.ts'
import { rename } from './commands/rename-party.ts'
import { openParty, searchParties } from './contract.ts'

let world: World
let sales: Actor
let approver: Actor

beforeAll(async () => {
  world = await createWorld()
  sales = await world.person('営業 花子', 'sales')
  approver = await world.person('決裁 太郎', 'approver')
})
afterAll(() => world.close())

const TODAY = '2026-11-24'
const change = {
  reasonCode: 'registry_change' as const,
  reasonText: '登記事項証明書で確認',
  evidence: [EVIDENCE],
}
const DAY_MS = 86_400_000
const standOn = (day: string) => world.clock.set(new Date(`${day}T10:00:00+09:00`))
const backToToday = () => world.clock.set(TEST_NOW)
const open = (partyId: string, asOf?: string, known?: 'then' | 'now') =>
  world.ask(sales, openParty, { partyId, ...(asOf ? { asOf } : {}), ...(known ? { known } : {}) })

async function newParty(legalName: string, more: object = {}): Promise<string> {
  return (await world.done(sales, register, { partyKind: 'corporation', legalName, ...more })).id
}

async function changed(partyId: string, basics: object, effectiveOn: string) {
  const { rowVersion } = await open(partyId)
  return world.done(sales, changePartyBasics, { partyId, rowVersion, basics, effectiveOn, change })
}

describe('a change', () => {
  it('of a later day waits, shows on the record, and takes effect by itself on its day', async () => {
    const partyId = await newParty('株式会社先日付', { phone: '03-1111-1111' })
    const { planned } = await changed(partyId, { phone: '03-2222-2222' }, '2026-12-01')
    expect(planned).toMatchObject({ effectiveOn: '2026-12-01' })
    expect((await open(partyId)).phone).toBe('03-1111-1111')
    const { rows } = await world.ask(sales, plannedOfRecord, { recordId: partyId })
    expect(
      rows.map(row => [row.effectiveOn, row.items.map(item => [item.label, item.old, item.new])]),
    ).toEqual([['2026-12-01', [['電話番号', '03-1111-1111', '03-2222-2222']]]])
    expect(await carryOutDueChanges(world)).toBe(0)
    standOn('2026-12-01')
    expect(await carryOutDueChanges(world)).toBe(1)
    expect((await open(partyId)).phone).toBe('03-2222-2222')
    expect((await open(partyId, '2026-11-30')).phone).toBe('03-1111-1111')
    backToToday()
    expect(await world.verbsOf(partyId)).toEqual([
      'party_registered',
      'change_planned',
      'party_changed',
      'planned_change_applied',
    ])
  })

  it('takes effect in the order of the days when the program was down over several of them', async () => {
    const partyId = await newParty('株式会社停止中')
    await changed(partyId, { website: 'https://second.example' }, '2026-12-05')
    await changed(partyId, { website: 'https://first.example' }, '2026-12-03')
    standOn('2026-12-20')
    expect(await carryOutDueChanges(world)).toBe(2)
    expect((await open(partyId)).website).toBe('https://second.example')
    expect((await open(partyId, '2026-12-04', 'now')).website).toBe('https://first.example')
    expect((await open(partyId, '2026-12-02', 'now')).website).toBeNull()
    backToToday()
  })

  it('of a later day can be taken back, by somebody who may change the record, with a reason', async () => {
    const partyId = await newParty('株式会社取消')
    await changed(partyId, { employees: 12 }, '2026-12-10')
    const plannedId = (await world.ask(sales, plannedOfRecord, { recordId: partyId })).rows[0]!.id
    const attempt = world.run(approver, withdraw, { plannedId, reason: '申し出の取り下げ' })
    expect(await world.refused(attempt)).toEqual(['permission_must_be_held'])
    await world.done(sales, withdraw, { plannedId, reason: '申し出の取り下げ' })
    const again = world.run(sales, withdraw, { plannedId, reason: '申し出の取り下げ' })
    expect(await world.refused(again)).toEqual(['change_must_still_be_planned'])
    standOn('2026-12-11')
    await carryOutDueChanges(world)
    backToToday()
    expect((await open(partyId)).employees).toBeNull()
  })

  it('of the name on a later day is approved by a second person first', async () => {
    const partyId = await newParty('株式会社旧称工業')
    const asked = await world.run(sales, rename, {
      partyId,
      rowVersion: 1,
      legalName: '株式会社新称工業',
      effectiveOn: '2027-01-01',
      change,
    })
    if (asked.status !== 202) throw new Error('a rename must wait')
    await world.done(approver, approve, { changeRequestId: asked.body.changeRequestId })
    expect((await open(partyId)).legalName).toBe('株式会社旧称工業')
    const [plan] = (await world.ask(sales, plannedOfRecord, { recordId: partyId })).rows
    expect([plan?.plannedBy.name, plan?.approvedBy?.name]).toEqual(['営業 花子', '決裁 太郎'])
    standOn('2027-01-01')
    await carryOutDueChanges(world)
    const party = await open(partyId)
    expect(party.names.map(name => [name.name, name.validFrom, name.validTo])).toEqual([
      ['株式会社新称工業', '2027-01-01', null],
      ['株式会社旧称工業', null, '2027-01-01'],
    ])
    expect((await open(partyId, '2026-12-31')).legalName).toBe('株式会社旧称工業')
    backToToday()
  })

  it('which cannot be carried out on its day is noted with its reason and holds nothing up', async () => {
    const partyId = await newParty('株式会社後番')
    const other = await newParty('株式会社続き')
    await changed(partyId, { corporateNumber: '8010001000008' }, '2026-12-01')
    await changed(other, { employees: 7 }, '2026-12-02')
    await newParty('株式会社先番', { corporateNumber: '8010001000008' })
    standOn('2026-12-02')
    await carryOutDueChanges(world)
    backToToday()
    const [failed] = (await world.ask(sales, plannedOfRecord, { recordId: partyId })).rows
    expect([failed?.state, failed?.endReason]).toEqual([
      'failed',
      'この法人番号の顧客は既に登録されています。',
    ])
    expect((await open(other)).employees).toBe(7)
  })

  it('in the past changes what held then, and today only where nothing later is known', async () => {
    const partyId = await newParty('株式会社遡及', { employees: 10 })
    await changed(partyId, { employees: 30 }, '2026-10-01')
    await changed(partyId, { employees: 20 }, '2026-08-01')
    expect((await open(partyId)).employees).toBe(30)
    const on = async (day: string, known: 'then' | 'now') => (await open(partyId, day, known)).employees
    expect([
      await on('2026-07-31', 'now'),
      await on('2026-09-30', 'now'),
      await on('2026-10-01', 'now'),
    ]).toEqual([10, 20, 30])
    // On that day nobody knew of it yet, and a report of that day does not change.
    expect(await on('2026-10-01', 'then')).toBe(10)
  })

  it('leaves items which are not named as they are, and empties those given as nothing', async () => {
    const partyId = await newParty('株式会社一部', { phone: '03-3333-3333', employees: 4 })
    await changed(partyId, { employees: null }, TODAY)
    expect(await open(partyId)).toMatchObject({ phone: '03-3333-3333', employees: null })
  })

  it('asks for evidence where the item says so, and for a value that differs', async () => {
    const partyId = await newParty('株式会社移転', { address: '東京都港区芝公園1-1-1' })
    const input = { partyId, rowVersion: 1, effectiveOn: TODAY, change: { ...change, evidence: [] } }
    const move = { basics: { address: '東京都千代田区丸の内1-1-1' } }
    expect(await world.refused(world.run(sales, changePartyBasics, { ...input, ...move }))).toEqual([
      'evidence_must_be_attached',
    ])
    const same = { basics: { address: '東京都港区芝公園1-1-1' } }
    expect(await world.refused(world.run(sales, changePartyBasics, { ...input, ...same }))).toEqual([
      'something_must_change',
    ])
    const far = world.run(sales, changePartyBasics, { ...input, ...move, effectiveOn: '2040-01-01' })
    expect(await world.refused(far)).toEqual(['effective_date_must_be_near'])
  })

  it('keeps old telephones, numbers and addresses searchable', async () => {
    const partyId = await newParty('株式会社転居商会', {
      phone: '03-4444-5555',
      address: '東京都港区芝公園四丁目2番8号',
    })
    await changed(partyId, { phone: '06-6000-7777', address: '大阪府大阪市北区梅田1-1-1' }, '2026-11-01')
    for (const [text, matchedBy] of [
      ['03-4444-5555', 'old_phone'],
      ['東京都港区芝公園4-2-8', 'old_place'],
      ['大阪市北区梅田1-1-1', 'place'],
    ] as const) {
      const { rows } = await world.ask(sales, searchParties, { text })
      expect(rows.map(row => [row.id, row.matchedBy])).toContainEqual([partyId, matchedBy])
    }
  })

  it('of roles keeps them with their days', async () => {
    const partyId = await newParty('株式会社役割')
    await world.done(sales, changePartyRoles, {
      partyId,
      rowVersion: 1,
      roles: ['client', 'debtor'],
      effectiveOn: '2026-11-10',
      change,
    })
    expect((await open(partyId, '2026-11-09', 'now')).roles).toEqual(['client'])
    expect((await open(partyId)).roles).toEqual(['client', 'debtor'])
  })
})

type Step =
  | { kind: 'change'; field: 'phone' | 'employees' | 'website'; value: number; shift: number }
  | { kind: 'restore'; field: 'phone' | 'employees' | 'website'; of: number; shift: number }
  | { kind: 'withdraw' }
  | { kind: 'wait'; days: number }

const fieldName = fc.constantFrom('phone' as const, 'employees' as const, 'website' as const)
const shift = fc.integer({ min: -40, max: 40 })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('change' as const),
      field: fieldName,
      value: fc.nat({ max: 3 }),
      shift,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('restore' as const),
      field: fieldName,
      of: fc.integer({ min: -30, max: 0 }),
      shift,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('withdraw' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 25 }) }),
  },
)

const valueFor = (field: string, value: number) =>
  field === 'employees' ? value : field === 'phone' ? `03-1234-000${value}` : `https://example.com/${value}`

/** The values of a party on a day as its events tell them: each change holds from its day until the next first day. */
async function replayed(partyId: string, day: string): Promise<Record<string, unknown>> {
  const rows = await world.db
    .selectFrom('audit_event_subject as s')
    .innerJoin('audit_event as e', 'e.id', 's.event_id')
    .select(['e.verb', 'e.canonical_text'])
    .where('s.subject_id', '=', partyId)
    .where('e.verb', 'in', ['party_registered', 'party_changed'])
    .orderBy('e.id')
    .execute()
  const latest: Record<string, { from: string; value: unknown }> = {}
  for (const row of rows) {
    const said = JSON.parse(row.canonical_text)
    const from = row.verb === 'party_registered' ? '' : String(said.facts.effectiveOn)
    if (from > day) continue
    for (const [field, value] of Object.entries(said.after as Record<string, unknown>))
      if (from >= (latest[field]?.from ?? '')) latest[field] = { from, value }
  }
  return Object.fromEntries(Object.entries(latest).map(([field, { value }]) => [field, value]))
}

describe('any changes, restorations, withdrawals and waits', () => {
  it('leave timelines without overlaps, and every past day tells what the events tell', {
    timeout: 240_000,
  }, async () => {
    let serial = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 4, maxLength: 12 }),
        fc.array(shift, { minLength: 4, maxLength: 4 }),
        async (steps, asked) => {
          backToToday()
          let today = TODAY
          const partyId = await newParty(`株式会社系列${++serial}`, { employees: 1, phone: '03-1234-0001' })
          for (const each of steps) {
            try {
              if (each.kind === 'wait') {
                today = addDays(today, each.days)
                standOn(today)
                await carryOutDueChanges(world)
              } else if (each.kind === 'withdraw') {
                const [plan] = (await world.ask(sales, plannedOfRecord, { recordId: partyId })).rows
                if (plan)
                  await world.done(sales, withdraw, { plannedId: plan.id, reason: '予定がなくなった' })
              } else {
                const value =
                  each.kind === 'change'
                    ? valueFor(each.field, each.value)
                    : ((await open(partyId, addDays(today, each.of), 'now')) as Record<string, unknown>)[
                        each.field
                      ]
                await changed(partyId, { [each.field]: value }, addDays(today, each.shift))
              }
            } catch (error) {
              // The same value again, or a second plan for the day, is refused; nothing may have changed by it.
              if (!(error instanceof Refusal)) throw error
            }
          }
          const facts = await world.db
            .selectFrom('field_value')
            .selectAll()
            .where('record_id', '=', partyId)
            .execute()
          const firstDays = facts.filter(fact => fact.valid_from === null).map(fact => fact.field)
          expect(new Set(firstDays).size).toBe(firstDays.length)
          for (const day of [...asked.map(days => addDays(today, -Math.abs(days))), today]) {
            const told = await replayed(partyId, day)
            const party = (await open(partyId, day, 'now')) as Record<string, unknown>
            for (const field of ['phone', 'employees', 'website'])
              expect([day, field, party[field] ?? null]).toEqual([day, field, told[field] ?? null])
          }
          expect(await open(partyId)).toMatchObject({
            phone: (await replayed(partyId, today)).phone ?? null,
            employees: (await replayed(partyId, today)).employees ?? null,
          })
        },
      ),
      { numRuns: 25, seed: 20261124 },
    )
    world.clock.set(new Date(TEST_NOW.getTime() + DAY_MS * 0))
  })
})
