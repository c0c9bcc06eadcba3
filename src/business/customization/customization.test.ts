import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EVIDENCE } from '../../app/testing/database-setup.ts'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { approve } from '../approvals/commands.ts'
import { carryOutDueChanges } from '../changes/jobs.ts'
import { add as addDocument } from '../documents/commands.ts'
import { uploadFile } from '../documents/contract.ts'
import { request as requestExport } from '../lists/commands.ts'
import { describeList } from '../lists/contract.ts'
import { changePartyBasics } from '../parties/commands/change-basics.ts'
import { register } from '../parties/commands/register-party.ts'
import { listParties, openParty, searchParties } from '../parties/contract.ts'
import { add as addPerson } from '../people/commands.ts'
import { changeCustomValues } from './commands/change-values.ts'
import { change as changeDefinition, define, order, restore, retire } from './commands/define-field.ts'
import { listCustomFields } from './contract.ts'
import { readValues, unmaskValue } from './value-contract.ts'

let world: World
let administrator: Actor
let sales: Actor
let approver: Actor
let contractor: Actor

beforeAll(async () => {
  world = await createWorld()
  administrator = await world.person('管理 一郎', 'administrator')
  sales = await world.person('営業 花子', 'sales')
  approver = await world.person('決裁 太郎', 'approver')
  contractor = await world.person('外部 次郎', 'contractor')
})
afterAll(() => world.close())

const reason = { reasonCode: 'correction' as const, reasonText: '申込書で確認した', evidence: [] }
const TODAY = '2026-11-24'
let serial = 0

function defineOne(type: string, more: object = {}) {
  return world.done(administrator, define, {
    recordKind: 'party',
    type: type as 'text',
    label: `項目${++serial}`,
    ...more,
  })
}

async function newParty(custom: object = {}, legalName = `追加項目商事${++serial}`) {
  return world.done(sales, register, { partyKind: 'corporation', legalName, custom } as never)
}

async function set(recordId: string, values: object, more: object = {}) {
  return world.run(sales, changeCustomValues, {
    recordKind: 'party',
    recordId,
    values: values as never,
    effectiveOn: TODAY,
    change: reason,
    ...more,
  })
}

const valuesOf = async (partyId: string, more: object = {}) =>
  Object.fromEntries(
    (await world.ask(sales, openParty, { partyId, ...more })).customValues.map(one => [one.key, one.text]),
  )

async function fieldNamed(key: string) {
  const { fields } = await world.ask(administrator, listCustomFields, {})
  return fields.find(field => field.key === key)!
}

describe('defining a field', () => {
  it('gives a key, stands in the list in its order, and leaves an event', async () => {
    const { id, key } = await defineOne('choice', { choices: [{ label: '甲' }, { label: '乙' }] })
    expect(key).toMatch(/^c\d+$/)
    expect(await fieldNamed(key)).toMatchObject({
      choices: [
        { value: 'o1', label: '甲', retired: false },
        { value: 'o2', label: '乙', retired: false },
      ],
    })
    expect(await world.verbsOf(id)).toEqual(['custom_field_defined'])
  })

  it('is for administrators only', async () => {
    const attempt = world.run(sales, define, { recordKind: 'party', type: 'text', label: '勝手な項目' })
    expect(await world.refused(attempt)).toEqual(['permission_must_be_held'])
  })

  it('refuses a label that is taken, by another field or by the program itself', async () => {
    await defineOne('text', { label: '紹介 ルート' })
    for (const label of ['紹介ルート', '法人番号', '資本金'])
      expect(await world.refused(defineOne('text', { label }))).toContain('label_must_be_unique')
  })

  it('refuses to take away a choice that is or was held, and lets it be offered no more', async () => {
    const { id, key } = await defineOne('choice', { choices: [{ label: '東' }, { label: '西' }] })
    const party = await newParty({ [key]: 'o1' })
    await set(party.id, { [key]: 'o2' })
    const rest = { fieldId: id, rowVersion: 1, label: (await fieldNamed(key)).label }
    const without = world.run(administrator, changeDefinition, {
      ...rest,
      choices: [{ value: 'o2', label: '西' }],
    })
    expect(await world.refused(without)).toEqual(['choices_in_use_must_stay'])
    await world.done(administrator, changeDefinition, {
      ...rest,
      choices: [
        { value: 'o1', label: '東', retired: true },
        { value: 'o2', label: '西日本' },
        { label: '北' },
      ],
    })
    expect((await valuesOf(party.id))[key]).toBe('西日本')
    expect((await fieldNamed(key)).choices.map(choice => choice.value)).toEqual(['o1', 'o2', 'o3'])
    expect(await world.refused(set(party.id, { [key]: 'o1' }))).toEqual(['custom_choice_must_be_offered'])
  })

  it('is loosened by two people only: nobody alone takes away that it must be given or approved, nor the field with it', async () => {
    const second = await world.person('管理 二郎', 'administrator')
    const { id, key } = await defineOne('text', { critical: true, required: true })
    const { label } = await fieldNamed(key)
    const given = { fieldId: id, rowVersion: 1, label }
    const change = (more: object) => world.run(administrator, changeDefinition, { ...given, ...more })
    for (const more of [{ critical: false, required: true }, { critical: true, required: false }, {}]) {
      expect(await world.refused(change(more))).toEqual(['reason_must_be_given'])
      expect((await change({ ...more, change: reason })).status).toBe(202)
    }
    const away = world.run(administrator, retire, { fieldId: id, rowVersion: 1, reason: '使わなくなった' })
    expect(await world.refused(away)).toEqual(['field_must_be_loosened_first'])
    expect(await fieldNamed(key)).toMatchObject({ critical: true, required: true, retired: false })
    const answer = await change({ label: `${label}改`, change: reason })
    if (answer.status !== 202) throw new Error('the change must wait')
    const approval = { changeRequestId: answer.body.changeRequestId, comment: '' }
    expect(await world.refused(world.run(administrator, approve, approval))).not.toEqual([])
    await world.done(second, approve, approval)
    expect(await fieldNamed(key)).toMatchObject({
      label: `${label}改`,
      critical: false,
      required: false,
      rowVersion: 2,
    })
    const after = { ...given, label: `${label}改`, rowVersion: 2, critical: true }
    expect((await world.run(administrator, changeDefinition, after)).status).toBe(200)
  })

  it('orders the fields of a kind as a whole', async () => {
    const a = await world.done(administrator, define, { recordKind: 'contract', type: 'text', label: '甲欄' })
    const b = await world.done(administrator, define, { recordKind: 'contract', type: 'yen', label: '乙欄' })
    const attempt = world.run(administrator, order, { recordKind: 'contract', fieldIds: [b.id] })
    expect(await world.refused(attempt)).toEqual(['order_must_name_every_field'])
    await world.done(administrator, order, { recordKind: 'contract', fieldIds: [b.id, a.id] })
    const { fields } = await world.ask(sales, listCustomFields, { recordKind: 'contract' })
    expect(fields.map(field => field.label)).toEqual(['乙欄', '甲欄'])
  })

  it('retires a field without losing a value, and brings it back with them', async () => {
    const { id, key } = await defineOne('text')
    const party = await newParty({ [key]: '残る値' })
    await world.done(administrator, retire, { fieldId: id, rowVersion: 1, reason: '使わなくなった' })
    expect((await valuesOf(party.id))[key]).toBeUndefined()
    expect(await world.refused(set(party.id, { [key]: 'x' }))).toEqual(['custom_field_must_exist'])
    await world.done(administrator, restore, { fieldId: id, rowVersion: 2 })
    expect((await valuesOf(party.id))[key]).toBe('残る値')
  })
})

describe('values of a customer', () => {
  it('of every type are kept, said in words, shown in lists, and leave their history', async () => {
    const text = await defineOne('text', { inList: true })
    const yen = await defineOne('yen', { inList: true })
    const staff = await defineOne('staff')
    const several = await defineOne('multiChoice', { choices: [{ label: '電話' }, { label: '訪問' }] })
    const { id } = await newParty({
      [text.key]: ' 税理士法人 ',
      [yen.key]: 1_200_000,
      [staff.key]: sales.id,
      [several.key]: ['o2', 'o1'],
    })
    expect(await valuesOf(id)).toMatchObject({
      [text.key]: '税理士法人',
      [yen.key]: '¥1,200,000',
      [staff.key]: '営業 花子',
      [several.key]: '電話・訪問',
    })
    const { rows } = await world.ask(sales, listParties, { limit: '5' })
    expect(rows.find(row => row.id === id)?.custom).toMatchObject({
      [text.key]: '税理士法人',
      [yen.key]: '¥1,200,000',
    })
    await set(id, { [yen.key]: null, [text.key]: '銀行' })
    expect((await valuesOf(id))[yen.key]).toBe('')
    const { rows: said } = await sql<{
      text: string
    }>`select canonical_text as text from audit_event e join audit_event_subject s on s.event_id = e.id
      where s.subject_id = ${id} and e.verb = 'custom_values_changed'`.execute(world.db)
    expect(JSON.parse(said[0]!.text)).toMatchObject({
      before: { [`custom.${yen.key}`]: '¥1,200,000', [`custom.${text.key}`]: '税理士法人' },
      after: { [`custom.${yen.key}`]: null, [`custom.${text.key}`]: '銀行' },
    })
  })

  it('name every wrong value at its place, and refuse an unknown field', async () => {
    const date = await defineOne('date')
    const { id } = await newParty()
    const attempt = set(id, { [date.key]: '2026-02-30', c99999: 'x' })
    expect(await world.refused(attempt)).toEqual([
      'custom_field_must_exist',
      'custom_value_must_fit_its_type',
    ])
    expect(await world.refused(set(id, { [date.key]: null }))).toEqual(['something_must_change'])
    const person = await defineOne('staff')
    expect(await world.refused(set(id, { [person.key]: id }))).toEqual(['custom_staff_must_be_on_the_staff'])
  })

  it('must be given where required, at registration and when emptied', async () => {
    const { id: fieldId, key } = await defineOne('text', { required: true })
    expect(await world.refused(newParty())).toEqual(['custom_field_must_be_given'])
    const { id } = await newParty({ [key]: '必ず' })
    expect(await world.refused(set(id, { [key]: '' }))).toEqual(['custom_field_must_be_given'])
    const { label } = await fieldNamed(key)
    const loosened = await world.run(administrator, changeDefinition, {
      fieldId,
      rowVersion: 1,
      label,
      change: reason,
    })
    if (loosened.status !== 202) throw new Error('the change must wait')
    const second = await world.person('管理 四郎', 'administrator')
    await world.done(second, approve, { changeRequestId: loosened.body.changeRequestId, comment: '' })
    await world.done(administrator, retire, { fieldId, rowVersion: 2, reason: 'ほかの試験のため' })
  })

  it('are changed with basic items in one command, from a past day, and told as of a day', async () => {
    const { key } = await defineOne('text')
    const { id } = await newParty({ [key]: '前' })
    const { rowVersion } = await world.ask(sales, openParty, { partyId: id })
    await world.done(sales, changePartyBasics, {
      partyId: id,
      rowVersion,
      basics: { capitalYen: 5_000_000 },
      custom: { [key]: '後' },
      effectiveOn: '2026-11-10',
      change: reason,
    })
    expect(await valuesOf(id)).toMatchObject({ [key]: '後' })
    expect(await valuesOf(id, { asOf: '2026-11-09', known: 'now' })).toMatchObject({ [key]: '前' })
    expect(await valuesOf(id, { asOf: '2026-11-10', known: 'now' })).toMatchObject({ [key]: '後' })
    const only = world.run(sales, changePartyBasics, {
      partyId: id,
      rowVersion,
      basics: {},
      custom: { [key]: '別' },
      effectiveOn: TODAY,
      change: reason,
    })
    expect(await world.refused(only)).toEqual(['record_must_be_unchanged'])
  })

  it('decided for a later day wait for the clock', async () => {
    const { key } = await defineOne('number')
    const { id } = await newParty({ [key]: 1 })
    const answer = await set(id, { [key]: 2 }, { effectiveOn: '2026-11-26' })
    expect(answer.body).toMatchObject({ planned: { effectiveOn: '2026-11-26' } })
    expect((await valuesOf(id))[key]).toBe('1')
    const before = world.clock.now()
    world.clock.set(new Date('2026-11-26T09:00:00+09:00'))
    await carryOutDueChanges(world)
    expect((await valuesOf(id))[key]).toBe('2')
    world.clock.set(before)
  })

  it('of a field marked critical wait for a second person once one stands', async () => {
    const { key } = await defineOne('text', { critical: true })
    const { id } = await newParty()
    expect((await set(id, { [key]: '初めての値' })).status).toBe(200)
    const answer = await set(id, { [key]: '次の値' })
    if (answer.status !== 202) throw new Error('the change must wait')
    expect((await valuesOf(id))[key]).toBe('初めての値')
    const { rowVersion } = await world.ask(sales, openParty, { partyId: id })
    const both = await world.run(sales, changePartyBasics, {
      partyId: id,
      rowVersion,
      basics: { employees: 12 },
      custom: { [key]: '三つ目' },
      effectiveOn: TODAY,
      change: reason,
    })
    expect(both.status).toBe(202)
    await world.done(approver, approve, { changeRequestId: answer.body.changeRequestId, comment: '確認済み' })
    expect((await valuesOf(id))[key]).toBe('次の値')
  })
})

describe('a sensitive value', () => {
  it('is encrypted everywhere, masked in answers, and shown for a recorded reason only', async () => {
    const { key } = await defineOne('text', { sensitive: true, transferable: false })
    const { id } = await newParty({ [key]: '極秘の内容ＸＹＺ' })
    await set(id, { [key]: '極秘の内容ＸＹＺ二' })
    expect((await valuesOf(id))[key]).toBe('●●●●●●')
    const dump = await sql<{ found: number }>`select
      (select count(*) from record_custom r where r::text like '%極秘%') +
      (select count(*) from field_value v where v::text like '%極秘%') +
      (select count(*) from custom_key k where k::text like '%極秘%') +
      (select count(*) from audit_event e where e.canonical_text like '%極秘%') as found`.execute(world.db)
    expect(Number(dump.rows[0]!.found)).toBe(0)
    const reviewer = await world.person('審査', 'reviewer')
    const shown = await world.ask(reviewer, unmaskValue, {
      recordKind: 'party',
      recordId: id,
      key,
      reason: '本人からの照会に答えるため',
    })
    expect(shown.text).toBe('極秘の内容ＸＹＺ二')
    expect(sales.permissions.has('parties.seeSensitive')).toBe(false)
  })
})

describe('finding by custom values', () => {
  it('filters lists by choice, range and beginning, and refuses unknown conditions', async () => {
    const grade = await defineOne('choice', { choices: [{ label: 'A' }, { label: 'B' }] })
    const size = await defineOne('yen')
    const [one, two] = [
      await newParty({ [grade.key]: 'o1', [size.key]: 500 }),
      await newParty({ [grade.key]: 'o2', [size.key]: 5000 }),
    ]
    const found = async (...custom: string[]) =>
      (await world.ask(sales, listParties, { custom })).rows.map(row => row.id).sort()
    expect(await found(`${grade.key}:o1`)).toEqual([one.id])
    expect(await found(`${grade.key}:o1`, `${grade.key}:o2`)).toEqual([one.id, two.id].sort())
    expect(await found(`${size.key}:1000..`)).toEqual([two.id])
    expect(await found(`${grade.key}:o1`, `${size.key}:1000..`)).toEqual([])
    expect(await world.refused(found('c99999:o1'))).toEqual(['input_must_have_the_right_shape'])
    expect(await world.refused(found(`${size.key}:たくさん`))).toEqual(['input_must_have_the_right_shape'])
  })

  it('searches texts of searchable fields, also for people with an assigned reach, and no others', async () => {
    const open = await defineOne('text', { searchable: true })
    const quiet = await defineOne('text')
    const { id } = await newParty({ [open.key]: 'ＱＸ管理番号７７', [quiet.key]: 'ＺＷ静かな番号' })
    const search = async (text: string, who = sales) =>
      (await world.ask(who, searchParties, { text })).rows.map(row => [row.id, row.matchedBy])
    expect(await search('qx管理')).toEqual([[id, 'custom']])
    expect(await search('ＺＷ静かな')).toEqual([])
    expect(await search('qx管理', contractor)).toEqual([])
  })
})

describe('a document as a value', () => {
  it('must lie on the record, and is said by its number', async () => {
    const { key } = await defineOne('file', { transferable: false })
    const [one, other] = [await newParty(), await newParty()]
    const { uploadId } = await world.ask(sales, uploadFile, {
      fileName: '会社案内.pdf',
      record: { kind: 'party', id: one.id },
      contentBase64: Buffer.from('%PDF-1.7').toString('base64'),
    })
    const links = [{ kind: 'party', id: one.id }]
    const document = await world.done(sales, addDocument, { uploadId, docKind: 'other', links })
    expect(await world.refused(set(other.id, { [key]: document.id }))).toEqual([
      'custom_file_must_be_on_the_record',
    ])
    await set(one.id, { [key]: document.id })
    expect((await valuesOf(one.id))[key]).toBe(document.docNo)
  })
})

describe('exports of lists', () => {
  it('offer the fields marked for it and the marks, by their labels, and no secrets', async () => {
    const plain = await defineOne('text', { label: '出力する項目' })
    const secret = await defineOne('text', { label: '出力しない項目', sensitive: true, transferable: false })
    const { columns } = await world.ask(sales, describeList, { list: 'parties.client' })
    const keys = columns.map(column => column.key)
    expect(columns).toContainEqual({ key: `custom.${plain.key}`, title: '出力する項目' })
    expect(keys).toContain('marks')
    expect(keys).not.toContain(`custom.${secret.key}`)
    const attempt = world.run(sales, requestExport, {
      list: 'parties.client',
      columns: [`custom.${secret.key}`],
      format: 'csv',
      filters: {},
      change: reason,
    })
    expect(await world.refused(attempt)).toEqual(['columns_must_be_of_the_list'])
  })
})

describe('values of other kinds of records', () => {
  it('belong to a person of a customer, and are out of reach with the person', async () => {
    const party = await newParty()
    const { personId } = await world.done(sales, addPerson, {
      partyId: party.id,
      role: 'contact',
      person: { familyName: '追加', givenName: '太郎' },
    })
    const { key } = await world.done(administrator, define, {
      recordKind: 'person',
      type: 'text',
      label: '趣味',
      sensitive: true,
      transferable: false,
    })
    await world.done(sales, changeCustomValues, {
      recordKind: 'person',
      recordId: personId,
      values: { [key]: '釣り' },
      effectiveOn: TODAY,
      change: { ...reason, evidence: [EVIDENCE] },
    })
    const ask = (who: Actor) => world.ask(who, readValues, { recordKind: 'person', recordId: personId })
    expect((await ask(sales)).values).toMatchObject([{ key, value: null, masked: true }])
    expect(await world.refused(ask(contractor))).toEqual(['record_must_exist'])
    expect(await world.verbsOf(personId)).toContain('custom_values_changed')
  })
})
