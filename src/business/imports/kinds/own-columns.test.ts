import { afterAll, beforeAll, expect, it } from 'vitest'
import { createWorld, type World } from '../../../app/testing/world.ts'
import type { Actor } from '../../../platform/commands/actor.ts'
import { approve } from '../../approvals/commands.ts'
import { openChangeRequest } from '../../approvals/contract.ts'
import { changeCustomValues } from '../../customization/commands/change-values.ts'
import { define } from '../../customization/commands/define-field.ts'
import { defineNewMark } from '../../customization/commands/marks.ts'
import { openParty, searchParties } from '../../parties/contract.ts'
import { placesOfParty } from '../../parties/places-contract.ts'
import { apply } from '../commands.ts'
import { guessColumns } from '../contract.ts'
import { workUntilIdle } from '../jobs.ts'
import { change, Drive } from '../testing/drive.ts'

let world: World
let operations: Actor
let approver: Actor
let drive: Drive
const keys: Record<string, string> = {}

beforeAll(async () => {
  world = await createWorld()
  operations = await world.person('事務 三郎', 'operations')
  approver = await world.person('決裁 太郎', 'approver')
  const administrator = await world.person('管理 一郎', 'administrator')
  await world.person('佐藤 一', 'sales')
  drive = new Drive(world, operations, approver)
  const own = async (label: string, type: string, more: object = {}) => {
    const { key } = await world.done(administrator, define, {
      recordKind: 'party',
      type: type as 'text',
      label,
      ...more,
    })
    keys[label] = key
  }
  await own('信用ランク', 'choice', {
    critical: true,
    choices: [{ label: 'Ａ' }, { label: 'B' }, { label: 'C', retired: true }, { label: 'E' }],
  })
  await own('取扱商品', 'multiChoice', { choices: [{ label: '鋼材' }, { label: '木材' }] })
  await own('年間仕入額', 'yen')
  await own('初回面談日', 'date')
  await own('紹介者', 'staff', { searchable: true })
  await own('社内メモ', 'text', { transferable: false })
  await own('暗証', 'text', { sensitive: true, transferable: false })
  for (const [markKind, label] of [
    ['status', '重点管理'],
    ['status', '通常'],
    ['tag', '優良先'],
    ['tag', '関西'],
  ] as const)
    await world.done(administrator, defineNewMark, { recordKind: 'party', markKind, label, colour: 'blue' })
})
afterAll(() => world.close())

const HEADER =
  '法人名,法人番号,信用ランク,取扱商品,年間仕入額,初回面談日,紹介者,状態,タグ,支店名,支店住所,支店電話,TDBコード,TSR企業コード,LEI'
const FULL =
  '株式会社自社項目,7000012050002,A,鋼材、木材,"¥1,200,000",R6.4.1,佐藤一,通常,優良先;関西,大阪支店,大阪府大阪市北区梅田1-1-1,06-1234-5678,123-456789,987654321,5299009N55YRQC69CN08'

/** Everything beside the basics that an import may touch, without what only counts upwards. */
async function beside(): Promise<string> {
  const [custom, customKeys, marks, branches, codes, searchKeys] = await Promise.all([
    world.db.selectFrom('record_custom').select(['id', 'plain', 'sealed']).orderBy('id').execute(),
    world.db
      .selectFrom('custom_key')
      .selectAll()
      .orderBy('record_id')
      .orderBy('of_id')
      .orderBy('key')
      .execute(),
    world.db
      .selectFrom('record_mark')
      .select(['record_id', 'mark_id'])
      .orderBy('record_id')
      .orderBy('mark_id')
      .execute(),
    world.db.selectFrom('party_branch').select(['id', 'name', 'address', 'valid_to']).orderBy('id').execute(),
    world.db
      .selectFrom('party_identifier')
      .select(['id', 'value', 'valid_from', 'valid_to', 'ended_recorded_at'])
      .orderBy('id')
      .execute(),
    world.db
      .selectFrom('party_search_key')
      .selectAll()
      .orderBy('party_id')
      .orderBy('key')
      .orderBy('kind')
      .execute(),
  ])
  return JSON.stringify([custom, customKeys, marks, branches, codes, searchKeys])
}

const partyNamed = async (text: string) => {
  const { rows } = await world.ask(operations, searchParties, { text })
  return rows[0]!.id
}

it('own fields, marks, a branch and codes are guessed by their labels, taken, and taken back without a trace', async () => {
  const before = await beside()
  const id = await drive.rehearsed(`${HEADER}\n${FULL}\n`, {}, 'customers')
  const { mapping, fields } = await drive.batch(id)
  expect(mapping).toEqual([
    'legalName',
    'corporateNumber',
    `custom.${keys.信用ランク}`,
    `custom.${keys.取扱商品}`,
    `custom.${keys.年間仕入額}`,
    `custom.${keys.初回面談日}`,
    `custom.${keys.紹介者}`,
    'mark.status',
    'mark.tags',
    'branchName',
    'branchAddress',
    'branchPhone',
    'code.tdb',
    'code.tsr',
    'code.lei',
  ])
  expect(fields.map(field => field.label)).not.toContain('暗証')
  expect(fields.map(field => field.label)).not.toContain('社内メモ')
  expect(await drive.outcomes(id)).toEqual(['new'])
  expect((await drive.batch(id)).sums).toMatchObject([
    { label: '年間仕入額', fileYen: 1_200_000, takenYen: 1_200_000 },
  ])
  expect(await beside()).toBe(before)
  await drive.decide(apply, id)
  const [row] = await drive.rows(id)
  const partyId = row!.party!.id
  const party = await world.ask(operations, openParty, { partyId })
  expect(party.marks.map(mark => mark.label)).toEqual(['通常', '優良先', '関西'])
  const { branches, identifiers } = await world.ask(operations, placesOfParty, { partyId })
  expect(branches).toMatchObject([{ name: '大阪支店', phone: '06-1234-5678' }])
  expect(Object.fromEntries(identifiers.map(one => [one.issuer, one.value]))).toEqual({
    tdb: '123456789',
    tsr: '987654321',
    lei: '5299009N55YRQC69CN08',
  })
  const { plain } = await world.db
    .selectFrom('record_custom')
    .select('plain')
    .where('id', '=', partyId)
    .executeTakeFirstOrThrow()
  expect(plain).toMatchObject({
    [keys.年間仕入額!]: 1_200_000,
    [keys.初回面談日!]: '2024-04-01',
  })
  expect((plain[keys.取扱商品!] as string[]).length).toBe(2)
  expect(await partyNamed('大阪支店')).toBe(partyId)
  expect((await drive.reverted(id)).map(one => one.state)).toEqual(['reverted'])
  expect(await beside()).toBe(before)
})

it.each([
  ['a choice nobody offers', 2, 'D', 'custom_choice_must_be_offered', 3],
  ['a choice that is retired', 2, 'C', 'custom_choice_must_be_offered', 3],
  ['one unknown word of several', 3, '鋼材、石材', 'custom_choice_must_be_offered', 4],
  ['yen which are none', 4, '約百万', 'number_must_be_readable', 5],
  ['an impossible day', 5, '2019/02/30', 'date_must_exist', 6],
  ['a colleague nobody knows', 6, '無名 太郎', 'custom_staff_must_be_on_the_staff', 7],
  ['a status nobody defined', 7, '要注意', 'mark_must_be_of_the_kind', 8],
  ['a tag nobody defined', 8, '優良先、関東', 'mark_must_be_of_the_kind', 9],
  ['a branch that is a company', 9, '株式会社大阪支店', 'branch_must_not_be_a_company', 10],
  ['a branch without a name', 9, '', 'branch_must_be_named', 11],
  ['a phone of a branch which is none', 11, '不詳', 'phone_must_be_valid', 12],
  ['a TDB code with eight digits', 12, '12345678', 'code_must_fit_its_issuer', 13],
  ['an LEI whose check digits do not hold', 14, '5299009N55YRQC69CN09', 'code_must_fit_its_issuer', 15],
])('%s refuses the row, named by line and column', async (_what, at, value, code, column) => {
  const cells = FULL.match(/"[^"]*"|[^,]+/g)!
  cells[at] = value
  const id = await drive.rehearsed(`${HEADER}\n${cells.join(',')}\n`, {}, 'customers')
  expect(await drive.outcomes(id)).toEqual([`refused ${code}@${column}`])
})

it('a value that stands is filled around or replaced as chosen; a critical one is shown to the second person by itself, and all of it is undone', async () => {
  const first = await drive.taken(
    `法人名,法人番号,信用ランク,年間仕入額,状態,タグ,TDBコード\n株式会社重要変更,1010001034730,B,500,通常,関西,111111111\n`,
    {},
    'customers',
  )
  const partyId = (await drive.rows(first))[0]!.party!.id
  const before = await beside()
  const again = `法人名,法人番号,信用ランク,年間仕入額,初回面談日,状態,タグ,支店名,TDBコード\n株式会社重要変更,1010001034730,A,900,2024/4/1,重点管理,優良先,京都営業所,222222222\n`
  const filled = await drive.taken(again, { existing: 'fill' }, 'customers')
  expect(await drive.outcomes(filled)).toEqual(['update standing_value_stays@'])
  const held = async () =>
    (
      await world.db
        .selectFrom('record_custom')
        .select('plain')
        .where('id', '=', partyId)
        .executeTakeFirstOrThrow()
    ).plain
  expect(await held()).toMatchObject({ [keys.年間仕入額!]: 500, [keys.初回面談日!]: '2024-04-01' })
  expect((await world.ask(operations, openParty, { partyId })).marks.map(mark => mark.label)).toEqual([
    '通常',
    '優良先',
    '関西',
  ])
  expect((await drive.reverted(filled)).map(one => one.state)).toEqual(['reverted'])
  expect(await beside()).toBe(before)

  const id = await drive.rehearsed(again, { existing: 'overwrite' }, 'customers')
  expect(await drive.outcomes(id)).toContainEqual(expect.stringContaining('critical_value_will_change@3'))
  const answer = await world.run(operations, apply, { batchId: id, change })
  const { changeRequestId } = answer.body as never as { changeRequestId: string }
  const request = await world.ask(approver, openChangeRequest, { changeRequestId })
  expect(request.items).toContainEqual(
    expect.objectContaining({ label: '2行目　株式会社重要変更　信用ランク', old: 'B', new: 'Ａ' }),
  )
})

it('a value edited after the run stays at the revert', async () => {
  const first = await drive.taken(
    '法人名,法人番号,信用ランク\n株式会社途中変更,9010401052465,B\n',
    {},
    'customers',
  )
  const partyId = (await drive.rows(first))[0]!.party!.id
  const second = await drive.rehearsed(
    '法人名,法人番号,年間仕入額,タグ\n株式会社途中変更,9010401052465,700,関西\n',
    { existing: 'overwrite' },
    'customers',
  )
  await drive.decide(apply, second)
  await world.done(operations, changeCustomValues, {
    recordKind: 'party',
    recordId: partyId,
    values: { [keys.年間仕入額!]: 800 },
    effectiveOn: '2026-11-24',
    change: { reasonCode: 'correction', reasonText: '決算書で確認した', evidence: [] },
  } as never)
  expect((await drive.reverted(second)).map(one => one.state)).toEqual(['kept'])
  const { plain } = await world.db
    .selectFrom('record_custom')
    .select('plain')
    .where('id', '=', partyId)
    .executeTakeFirstOrThrow()
  expect(plain[keys.年間仕入額!]).toBe(800)
  expect((await world.ask(operations, openParty, { partyId })).marks).toEqual([])
})

it('several rows of one company bring one branch each', async () => {
  const id = await drive.taken(
    '管理番号,法人名,法人番号,支店名\nK1,株式会社多拠点,6010001030403,札幌支店\nK1,株式会社多拠点,6010001030403,仙台支店\nK1,株式会社多拠点,6010001030403,札幌支店\n',
    {},
    'customers',
  )
  const rows = await drive.rows(id)
  expect(rows.map(row => row.state)).toEqual(['applied', 'applied', 'applied'])
  expect(rows.flatMap(row => row.problems.map(problem => problem.code))).toEqual([])
  const { branches } = await world.ask(operations, placesOfParty, { partyId: rows[0]!.party!.id })
  expect(branches.map(branch => branch.name).sort()).toEqual(['仙台支店', '札幌支店'])
  const states = (await drive.reverted(id)).map(row => row.state)
  expect(states).toEqual(['reverted', 'reverted', 'reverted'])
  expect(await world.db.selectFrom('party_branch').select('id').execute()).toEqual([])
})

it('a required own field is asked of new records only', async () => {
  const administrator = await world.person('管理 二郎', 'administrator')
  await world.done(administrator, define, {
    recordKind: 'party',
    type: 'text',
    label: '必須の自社項目',
    required: true,
  })
  const without = await drive.rehearsed(
    '法人名,法人番号,必須の自社項目\n株式会社必須なし,4010001008772,\n',
    {},
    'customers',
  )
  expect(await drive.outcomes(without)).toEqual(['refused custom_field_must_be_given@3'])
  const softly = await drive.rehearsed(
    '法人名,法人番号\n株式会社必須なし,4010001008772\n',
    { unreadable: 'leave_empty' },
    'customers',
  )
  expect(await drive.outcomes(softly)).toEqual(['new custom_field_must_be_given@'])
  const { mapping } = await world.ask(operations, guessColumns, { batchId: softly, kind: 'people' })
  expect(mapping).toEqual(['party', 'partyCorporateNumber'])
})

it('a critical or required value that has moved since the rehearsal is left alone and reported, and the rest of the row is taken', async () => {
  const administrator = await world.person('管理 三郎', 'administrator')
  const label = '主要取引銀行'
  const must = await world.done(administrator, define, {
    recordKind: 'party',
    type: 'text',
    label,
    required: true,
  })
  const head = `法人名,法人番号,信用ランク,${label},年間仕入額,必須の自社項目\n`
  const first = await drive.taken(`${head}株式会社動いた値,5010401067252,B,甲銀行,500,有\n`, {}, 'customers')
  const partyId = (await drive.rows(first))[0]!.party!.id
  const held = async () =>
    (
      await world.db
        .selectFrom('record_custom')
        .select('plain')
        .where('id', '=', partyId)
        .executeTakeFirstOrThrow()
    ).plain
  const second = await drive.rehearsed(
    `${head}株式会社動いた値,5010401067252,A,乙銀行,900,有\n`,
    { existing: 'overwrite' },
    'customers',
  )
  expect(await drive.outcomes(second)).toEqual([
    'update critical_value_will_change@3 required_value_will_change@4',
  ])
  const answer = await world.run(operations, apply, { batchId: second, change })
  const { changeRequestId } = answer.body as never as { changeRequestId: string }
  const { items } = await world.ask(approver, openChangeRequest, { changeRequestId })
  expect(items.filter(item => item.label.startsWith('2行目')).map(item => [item.old, item.new])).toEqual([
    ['B', 'Ａ'],
    ['甲銀行', '乙銀行'],
  ])
  // While the approval waits, two people decide otherwise about both values.
  const moved = await world.run(operations, changeCustomValues, {
    recordKind: 'party',
    recordId: partyId,
    values: { [keys.信用ランク!]: 'o4', [must.key]: '丙銀行' },
    effectiveOn: '2026-11-24',
    change: { reasonCode: 'correction', reasonText: '決算書で確認した', evidence: [] },
  } as never)
  await world.done(approver, approve, {
    ...(moved.body as never as { changeRequestId: string }),
    comment: '',
  })
  await world.done(approver, approve, { changeRequestId, comment: '' })
  await workUntilIdle(world)
  expect((await drive.batch(second)).state).toBe('applied')
  expect(await held()).toMatchObject({
    [keys.信用ランク!]: 'o4',
    [must.key]: '丙銀行',
    [keys.年間仕入額!]: 900,
  })
  const [row] = await drive.rows(second)
  expect(row!.state).toBe('applied')
  const said = row!.problems.filter(problem => problem.code === 'critical_value_must_be_seen_by_two')
  expect(said.map(problem => [problem.heading, problem.column])).toEqual([[`信用ランク・${label}`, 3]])
  expect(said[0]!.message).toContain(`「信用ランク」（今の値「E」）「${label}」（今の値「丙銀行」）`)
  expect((await drive.reverted(second)).map(one => one.state)).toEqual(['reverted'])
  expect(await held()).toMatchObject({
    [keys.信用ランク!]: 'o4',
    [must.key]: '丙銀行',
    [keys.年間仕入額!]: 500,
  })
})
