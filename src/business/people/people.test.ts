import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVIDENCE } from '../../app/testing/database-setup.ts'
import { createWorld, TEST_NOW, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { approve } from '../approvals/commands.ts'
import { plannedOfRecord } from '../changes/contract.ts'
import { carryOutDueChanges } from '../changes/jobs.ts'
import { register } from '../parties/commands/register-party.ts'
import { openParty } from '../parties/contract.ts'
import { raiseStage } from '../parties/index.ts'
import { changeOfPerson } from './change-person.ts'
import { changeOfRole } from './change-role.ts'
import { add, end } from './commands.ts'
import { findPeople, likePerson, openPerson, peopleOfParty, unmaskPerson } from './contract.ts'

let world: World
let operations: Actor
let approver: Actor

beforeAll(async () => {
  world = await createWorld()
  operations = await world.person('事務', 'operations')
  approver = await world.person('決裁', 'approver')
})
afterAll(() => world.close())

const change = { reasonCode: 'registry_change' as const, reasonText: '登記で確認した', evidence: [EVIDENCE] }
const standOn = (day: string) => world.clock.set(new Date(`${day}T10:00:00+09:00`))
const backToToday = () => world.clock.set(TEST_NOW)

async function company(legalName: string): Promise<string> {
  return (await world.done(operations, register, { partyKind: 'corporation', legalName })).id
}

async function running(partyId: string): Promise<void> {
  await world.db.transaction().execute(async tx => {
    const context = world.executor.context(tx, operations, 'test')
    await raiseStage(context, partyId, 'applied')
    await context.record({ verb: 'test_applied', subjects: [{ kind: 'party', id: partyId }] })
  })
}

const someone = (familyName: string, givenName: string, more: object = {}) => ({
  familyName,
  givenName,
  birthDate: '1971-02-03',
  ...more,
})

const rolesOf = async (partyId: string, asOf?: string, known?: 'then' | 'now') =>
  (
    await world.ask(operations, peopleOfParty, {
      partyId,
      ...(asOf ? { asOf } : {}),
      ...(known ? { known } : {}),
    })
  ).people.map(person => [person.role, person.name])

describe('a person', () => {
  it('holds roles in many companies as one record', async () => {
    const [first, second] = [await company('株式会社第一'), await company('株式会社第二')]
    const person = someone('兼任', '一郎')
    const { personId } = await world.done(operations, add, { partyId: first, role: 'representative', person })
    await world.done(operations, add, { partyId: second, role: 'director', personId })
    const opened = await world.ask(operations, openPerson, { personId })
    expect(opened.companies.map(held => [held.legalName, held.role]).sort()).toEqual([
      ['株式会社第一', 'representative'],
      ['株式会社第二', 'director'],
    ])
  })

  it('is recognised while being entered: by name, reading and birth date, the surest first', async () => {
    const partyId = await company('株式会社重複')
    const kana = { familyKana: 'サイトウ', givenKana: 'ハナコ' }
    const { personId } = await world.done(operations, add, {
      partyId,
      role: 'representative',
      person: someone('齋藤', '花子', kana),
    })
    await world.done(operations, add, {
      partyId,
      role: 'director',
      person: someone('斉藤', '花子', { ...kana, birthDate: '1988-08-08' }),
    })
    const { rows } = await world.ask(operations, likePerson, {
      familyName: '斎藤',
      givenName: '花子',
      ...kana,
      birthDate: '1971-02-03',
    })
    expect(rows[0]).toMatchObject({ id: personId, sameKana: true, sameBirthDate: true })
    expect(rows.slice(1).every(row => row.sameBirthDate === false)).toBe(true)
  })

  it('keeps earlier values encrypted, opens them with a reason, and is found by the earlier name', async () => {
    const partyId = await company('株式会社改姓')
    const { personId } = await world.done(operations, add, {
      partyId,
      role: 'contact',
      person: { familyName: '旧姓川', givenName: '由美', phone: '03-1111-2222' },
    })
    await world.done(operations, changeOfPerson, {
      personId,
      rowVersion: 1,
      person: { familyName: '新姓山', phone: '03-3333-4444' },
      effectiveOn: '2026-11-01',
      change,
    })
    const { rows } = await world.ask(operations, findPeople, { text: '旧姓川' })
    expect(rows.map(row => [row.id, row.name])).toEqual([[personId, '新姓山 由美']])
    expect(await rolesOf(partyId, '2026-10-31', 'now')).toEqual([['contact', '旧姓川 由美']])
    const { history } = await world.ask(operations, unmaskPerson, {
      personId,
      reason: '電話番号の確認のため',
    })
    expect(history.map(entry => [entry.field, entry.value])).toEqual([
      ['familyName', '旧姓川'],
      ['familyName', '新姓山'],
      ['phone', '03-1111-2222'],
      ['phone', '03-3333-4444'],
    ])
    const stored = await world.db
      .selectFrom('field_value')
      .select(['value', 'value_sealed'])
      .where('record_id', '=', personId)
      .execute()
    expect(stored.every(row => row.value === null && row.value_sealed?.startsWith('enc1.'))).toBe(true)
  })

  it('who represents a running relation gets another name by two people only, with evidence', async () => {
    const partyId = await company('株式会社乗っ取り')
    const { personId } = await world.done(operations, add, {
      partyId,
      role: 'representative',
      person: someone('正規', '代表'),
    })
    await running(partyId)
    const input = { personId, rowVersion: 1, effectiveOn: '2026-11-24', change }
    const email = { ...input, person: { email: 'daihyo@example.co.jp' } }
    expect((await world.run(operations, changeOfPerson, email)).status).toBe(200)
    const renamed = { ...input, rowVersion: 2, person: { familyName: '別人' } }
    const bare = world.run(operations, changeOfPerson, { ...renamed, change: { ...change, evidence: [] } })
    expect(await world.refused(bare)).toEqual(['evidence_must_be_attached'])
    const asked = await world.run(operations, changeOfPerson, renamed)
    expect(asked.status).toBe(202)
    expect((await world.ask(operations, openPerson, { personId })).familyName).toBe('正規')
    const { changeRequestId } = asked.body as { changeRequestId: string }
    await world.done(approver, approve, { changeRequestId })
    expect((await world.ask(operations, openPerson, { personId })).familyName).toBe('別人')
  })

  it('refuses what cannot be: no name, an impossible age, nothing new, a moved record', async () => {
    const partyId = await company('株式会社拒否')
    const person = someone('拒否', '太郎')
    const { personId } = await world.done(operations, add, { partyId, role: 'representative', person })
    const attempt = (typed: object, more: object = {}) =>
      world.refused(
        world.run(operations, changeOfPerson, {
          personId,
          rowVersion: 1,
          person: typed,
          effectiveOn: '2026-11-24',
          change,
          ...more,
        }),
      )
    expect(await attempt({ birthDate: '2020-01-01' })).toEqual(['birth_date_must_be_plausible'])
    expect(await attempt({ birthDate: null })).toEqual(['birth_date_must_be_given'])
    expect(await attempt({ givenName: '太郎' })).toEqual(['something_must_change'])
    expect(await attempt({ givenName: '次郎' }, { rowVersion: 7 })).toEqual(['record_must_be_unchanged'])
    expect(await attempt({ mobile: '090-12' })).toEqual(['phone_must_be_valid'])
  })
})

describe('a role', () => {
  it('that begins or ends on a later day does so by itself', async () => {
    const partyId = await company('株式会社交代')
    const first = await world.done(operations, add, {
      partyId,
      role: 'representative',
      person: someone('前任', '社長'),
    })
    const next = await world.done(operations, add, {
      partyId,
      role: 'representative',
      person: someone('後任', '社長', { birthDate: '1980-05-05' }),
      validFrom: '2027-01-01',
      change,
    })
    expect(next.planned).toMatchObject({ effectiveOn: '2027-01-01' })
    await running(partyId)
    const ended = await world.run(operations, end, {
      partyPersonId: first.id,
      endedOn: '2027-01-01',
      change,
    })
    const { changeRequestId } = ended.body as { changeRequestId: string }
    await world.done(approver, approve, { changeRequestId })
    expect(await rolesOf(partyId, '2026-11-24')).toEqual([['representative', '前任 社長']])
    expect((await world.ask(operations, plannedOfRecord, { recordId: partyId })).rows.length).toBe(2)
    standOn('2027-01-02')
    expect(await carryOutDueChanges(world)).toBe(2)
    expect(await rolesOf(partyId, '2027-01-01', 'now')).toEqual([['representative', '後任 社長']])
    expect(await rolesOf(partyId, '2026-12-31', 'now')).toEqual([['representative', '前任 社長']])
    // A report of the day before knows neither of the end nor of the beginning.
    expect(await rolesOf(partyId, '2027-01-01', 'then')).toEqual([['representative', '前任 社長']])
    backToToday()
  })

  it('of an officer changes with evidence once the relation runs', async () => {
    const partyId = await company('株式会社役員')
    const person = someone('取締', '役男')
    const { id } = await world.done(operations, add, { partyId, role: 'director', person })
    await running(partyId)
    const bare = { ...change, evidence: [] }
    const another = { partyId, role: 'auditor' as const, person: someone('監査', '役子') }
    expect(await world.refused(world.run(operations, add, { ...another, change: bare }))).toEqual([
      'evidence_must_be_attached',
    ])
    const ending = { partyPersonId: id, endedOn: '2026-11-24' }
    expect(await world.refused(world.run(operations, end, { ...ending, change: bare }))).toEqual([
      'evidence_must_be_attached',
    ])
    await world.done(operations, add, { ...another, change })
    await world.done(operations, end, { ...ending, change })
  })

  it('says how the person may be contacted, and why not', async () => {
    const partyId = await company('株式会社連絡')
    const person = { familyName: '経理', givenName: '担当' }
    const { id } = await world.done(operations, add, {
      partyId,
      role: 'contact',
      department: '経理部',
      person,
    })
    const input = { partyPersonId: id, rowVersion: 1, effectiveOn: '2026-11-24', change }
    const mute = { ...input, details: { doNotContact: true } }
    expect(await world.refused(world.run(operations, changeOfRole, mute))).toEqual([
      'reason_for_no_contact_must_be_given',
    ])
    const why = { doNotContact: true, doNotContactReason: '2社間取引のため通知前は連絡しない' }
    await world.done(operations, changeOfRole, { ...input, details: why })
    const [member] = (await world.ask(operations, peopleOfParty, { partyId })).people
    expect(member).toMatchObject({ ...why, department: '経理部', rowVersion: 2 })
  })

  it('held by somebody stands on the party, and no longer once it has ended', async () => {
    const partyId = await company('株式会社名簿')
    const missing = async () =>
      (await world.ask(operations, openParty, { partyId })).completeness.missingLater.map(item => item.key)
    expect(await missing()).toContain('representative')
    const { id } = await world.done(operations, add, {
      partyId,
      role: 'representative',
      person: someone('名簿', '代表'),
    })
    expect(await missing()).not.toContain('representative')
    const asked = await world.run(operations, end, { partyPersonId: id, endedOn: '2026-11-24', change })
    const { changeRequestId } = asked.body as { changeRequestId: string }
    await world.done(approver, approve, { changeRequestId })
    expect(await missing()).toContain('representative')
  })
})
