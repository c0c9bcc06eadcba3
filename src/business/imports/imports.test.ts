import { readFileSync } from 'node:fs'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { approve } from '../approvals/commands.ts'
import { changePartyBasics } from '../parties/commands/change-basics.ts'
import { openParty, searchParties } from '../parties/contract.ts'
import { registerPartyCommand } from '../parties/index.ts'
import { peopleOfParty } from '../people/contract.ts'
import { apply, discard, open, rehearse, revert } from './commands.ts'
import { listImportRows, openImport } from './contract.ts'
import { workUntilIdle } from './jobs.ts'

let world: World
let operations: Actor
let approver: Actor

beforeAll(async () => {
  world = await createWorld()
  operations = await world.person('事務 三郎', 'operations')
  approver = await world.person('決裁 太郎', 'approver')
})
afterAll(() => world.close())

const change = { reasonCode: 'system' as const, reasonText: '旧システムの台帳を移行', evidence: [] }
const HEADER = '管理番号,法人名,フリガナ,法人番号,登録番号,郵便番号,住所,電話番号,代表者名,設立年月日,資本金'

const upload = (text: string, fileName = '台帳.csv') => ({
  fileName,
  contentBase64: Buffer.from(text, 'utf8').toString('base64'),
})

async function rehearsed(text: string, options: object = {}) {
  const { id } = await world.done(operations, open, upload(text))
  const opened = await world.ask(operations, openImport, { batchId: id })
  await world.done(operations, rehearse, { batchId: id, mapping: opened.mapping, options })
  await workUntilIdle(world)
  return id
}

const batchOf = (batchId: string) => world.ask(operations, openImport, { batchId })
const rowsOf = async (batchId: string) =>
  (await world.ask(operations, listImportRows, { batchId, limit: 200 })).rows

async function decide(command: typeof apply | typeof revert, batchId: string) {
  const answer = await world.run(operations, command, { batchId, change })
  expect(answer.status).toBe(202)
  const { changeRequestId } = answer.body as never as { changeRequestId: string }
  await world.done(approver, approve, { changeRequestId, comment: '' })
  await workUntilIdle(world)
}

/** Everything in the register an import may touch, without what only counts upwards. */
async function register(): Promise<string> {
  const parties = await world.db.selectFrom('party').selectAll().orderBy('id').execute()
  const [names, keys, people, identities] = await Promise.all([
    world.db
      .selectFrom('party_name')
      .select(['party_id', 'kind', 'name', 'kana', 'valid_to'])
      .orderBy('party_id')
      .orderBy('name')
      .execute(),
    world.db
      .selectFrom('party_search_key')
      .selectAll()
      .orderBy('party_id')
      .orderBy('key')
      .orderBy('kind')
      .execute(),
    world.db.selectFrom('party_person').selectAll().orderBy('id').execute(),
    world.db.selectFrom('party_identity').selectAll().orderBy('party_id').execute(),
  ])
  return JSON.stringify([parties.map(({ row_version: _, ...row }) => row), names, keys, people, identities])
}

describe('the problems of a row', () => {
  const good =
    'A1,株式会社甲乙,コウオツ,7000012050002,,100-0005,東京都千代田区丸の内1-1-1,03-1234-5678,山田 太郎,2001-04-01,1000000'
  const withCell = (at: number, value: string) =>
    `${HEADER}\n${good
      .split(',')
      .map((cell, column) => (column === at ? value : cell))
      .join(',')}\n`

  it.each([
    ['no name', 1, '', 'name_must_be_given', 2],
    ['a formula', 1, '"=""株式会社""&""数式"""', 'cell_must_hold_a_value', 2],
    ['a corporate number with a wrong check digit', 3, '1234567890123', 'corporate_number_must_be_valid', 4],
    ['a T number without T digits', 4, 'X7123456789012', 'invoice_number_must_be_valid', 5],
    ['a T number of another company', 4, 'T7010705000725', 'invoice_number_must_match_corporate_number', 5],
    ['a short postal code', 5, '12-345', 'postal_code_must_be_valid', 6],
    ['a word for a phone', 7, '不明', 'phone_must_be_valid', 8],
    ['an impossible day', 9, '2019/02/30', 'date_must_exist', 10],
    ['a day outside its era', 9, '平成32年4月1日', 'day_must_lie_in_its_era', 10],
    ['a future day', 9, '2099-01-01', 'date_must_not_be_in_the_future', 10],
    ['a month which does not exist', 9, '2001.13', 'date_must_exist', 10],
    ['negative yen', 10, '-100', 'yen_must_not_be_negative', 11],
    ['negative yen as accountants write it', 10, '△1000', 'yen_must_not_be_negative', 11],
    ['yen which are no number', 10, '約1億', 'number_must_be_whole', 11],
    ['a name that is too long', 1, '株'.repeat(151), 'input_must_have_the_right_shape', 2],
  ])('%s refuse it, named by line and column', async (_what, at, value, code, column) => {
    const id = await rehearsed(withCell(at, value))
    const [row] = await rowsOf(id)
    expect(row).toMatchObject({ line: 2, outcome: 'refused', state: 'planned' })
    expect(
      row!.problems
        .filter(problem => problem.weight === 'error')
        .map(problem => [problem.code, problem.column]),
    ).toEqual([[code, column]])
    const { counts } = await batchOf(id)
    expect(counts).toEqual({ new: 0, update: 0, merged: 0, refused: 1, skipped: 0, problems: 1, renamed: 0 })
    expect(await world.refused(world.run(operations, apply, { batchId: id, change }))).toEqual([
      'batch_must_hold_rows_to_take',
    ])
  })

  it('leave only the item empty where that was chosen, but never a missing name', async () => {
    const id = await rehearsed(`${HEADER}\n${good.replace('2001-04-01', '2019/02/30')}\nA2,,,,,,,,,,\n`, {
      unreadable: 'leave_empty',
    })
    const rows = await rowsOf(id)
    expect(rows.map(row => [row.outcome, row.problems.map(problem => problem.weight)])).toEqual([
      ['new', ['warning']],
      ['refused', ['error']],
    ])
  })
})

describe('an import', () => {
  it('registers, merges within the file, updates what is there, and reverts to the byte', async () => {
    const known = await world.done(operations, registerPartyCommand, {
      partyKind: 'corporation',
      legalName: '株式会社青葉運輸',
      corporateNumber: '7010705000725',
    })
    const unnumbered = await world.done(operations, registerPartyCommand, {
      partyKind: 'corporation',
      legalName: '有限会社湊音急送',
      phone: '048-410-3322',
      address: '埼玉県さいたま市北区宮原町2-15-1',
    })
    const before = await register()
    const text = [
      HEADER,
      'L1,㈱髙橋製作所,ﾀｶﾊｼｾｲｻｸｼｮ,7000-0120-5000-2,,100-0005,東京都千代田区丸の内一丁目1番1号,０３－１２３４－５６７８,代表取締役　窪田 澄江,昭和47年10月26日,"10,000,000円"',
      'L2,高橋製作所（株）,,７０００－０１２０－５０００２,T7000012050002,,,,,,',
      'L3,青葉運輸㈱,アオバウンユ,7010705000725,,,宮城県仙台市青葉区1-2-3,022-123-4567,戸田隆,,',
      'L4,(有)湊音急送,,,,,埼玉県さいたま市北区宮原町２－１５－１,048-410-3322,,1961/4/7,',
      'L5,株式会社まったく別の会社,,7010705000725,,,北海道札幌市中央区北1条,011-999-8888,別人 一郎,1990-01-01,',
    ].join('\n')
    const id = await rehearsed(text)
    expect(await register()).toBe(before)
    const planned = await rowsOf(id)
    expect(planned.map(row => [row.line, row.outcome, row.mergedIntoLine])).toEqual([
      [2, 'new', null],
      [3, 'merged', 2],
      [4, 'update', null],
      [5, 'merged', null],
      [6, 'refused', null],
    ])
    expect(planned[4]!.problems.map(problem => problem.code)).toEqual([
      'corporate_number_must_not_belong_to_another',
    ])
    await decide(apply, id)
    const done = await batchOf(id)
    expect(done).toMatchObject({ state: 'applied', rowsDone: 5, rowStates: { applied: 4, planned: 1 } })
    const rows = await rowsOf(id)
    const made = rows[0]!.party!
    expect(rows[1]!.party!.id).toBe(made.id)
    expect(rows.slice(2, 4).map(row => row.party!.id)).toEqual([known.id, unnumbered.id])
    expect(await world.ask(operations, openParty, { partyId: made.id })).toMatchObject({
      legalName: '㈱髙橋製作所',
      legalNameKana: 'タカハシセイサクショ',
      invoiceRegNo: 'T7000012050002',
      establishedOn: '1972-10-26',
      capitalYen: 10_000_000,
      phone: '03-1234-5678',
    })
    expect(await world.ask(operations, openParty, { partyId: known.id })).toMatchObject({
      legalName: '株式会社青葉運輸',
      legalNameKana: 'アオバウンユ',
    })
    const { people } = await world.ask(operations, peopleOfParty, { partyId: known.id })
    expect(people.map(person => [person.role, person.name])).toEqual([['representative', '戸田 隆']])
    expect(
      (await world.ask(operations, searchParties, { text: '高橋製作所' })).rows.map(row => row.id),
    ).toEqual([made.id])
    expect(await world.verbsOf(made.id)).toEqual(['party_registered', 'party_changed'])
    expect(await world.verbsOf(unnumbered.id)).toEqual(['party_registered', 'party_changed'])
    await decide(revert, id)
    expect((await batchOf(id)).state).toBe('reverted')
    expect(await register()).toBe(before)
    expect((await rowsOf(id)).map(row => row.state)).toEqual([
      'reverted',
      'reverted',
      'reverted',
      'reverted',
      'planned',
    ])
  })

  it('keeps at a revert what somebody has edited since, and says so', async () => {
    const id = await rehearsed(
      `法人名,電話番号\n庚申倉庫株式会社,06-6000-1111\n辛酉倉庫株式会社,06-6000-2222\n`,
    )
    await decide(apply, id)
    const [edited, untouched] = (await rowsOf(id)).map(row => row.party!.id)
    await world.done(operations, changePartyBasics, {
      partyId: edited!,
      rowVersion: 1,
      basics: { phone: '06-6000-9999' },
      effectiveOn: '2026-11-24',
      change: { ...change, reasonCode: 'correction' },
    })
    await decide(revert, id)
    expect((await rowsOf(id)).map(row => [row.state, row.problems.length])).toEqual([
      ['kept', 1],
      ['reverted', 0],
    ])
    const left = await world.db
      .selectFrom('party')
      .select('id')
      .where('id', 'in', [edited!, untouched!])
      .execute()
    expect(left.map(row => row.id)).toEqual([edited])
  })

  it('replaces ordinary items and renames only where overwriting was chosen', async () => {
    const known = await world.done(operations, registerPartyCommand, {
      partyKind: 'corporation',
      legalName: '株式会社旧商号',
      corporateNumber: '1010001000006',
      phone: '03-1111-2222',
      address: '東京都港区芝公園1-1-1',
    })
    const line = '株式会社港湾サービス,1010001000006,03-3333-4444,東京都港区芝公園1-1-1'
    const fill = await rehearsed(`法人名,法人番号,電話番号,住所\n${line}\n`)
    expect((await batchOf(fill)).counts).toMatchObject({ update: 1, renamed: 0 })
    await world.done(operations, discard, { batchId: fill })
    const id = await rehearsed(`法人名,法人番号,電話番号,住所\n${line}\n\n`, { existing: 'overwrite' })
    expect((await batchOf(id)).counts).toMatchObject({ update: 1, renamed: 1 })
    await decide(apply, id)
    const renamed = await world.ask(operations, openParty, { partyId: known.id })
    expect(renamed).toMatchObject({ legalName: '株式会社港湾サービス', phone: '03-3333-4444' })
    expect(renamed.names.map(name => [name.name, name.validTo])).toEqual([
      ['株式会社港湾サービス', null],
      ['株式会社旧商号', '2026-11-24'],
    ])
    await decide(revert, id)
    expect(await world.ask(operations, openParty, { partyId: known.id })).toMatchObject({
      legalName: '株式会社旧商号',
      phone: '03-1111-2222',
    })
  })

  it('leaves it to people whether a name like a sister and another telephone beside a known number is a new name', async () => {
    await world.done(operations, registerPartyCommand, {
      partyKind: 'corporation',
      legalName: '株式会社旧看板',
      corporateNumber: '7000012050002',
      phone: '03-1111-2222',
    })
    const id = await rehearsed('法人名,法人番号,電話番号\n株式会社新看板,7000012050002,03-3333-4444\n')
    expect((await rowsOf(id)).map(row => [row.outcome, row.problems.map(problem => problem.code)])).toEqual([
      ['refused', ['corporate_number_must_not_belong_to_another']],
    ])
  })

  it('leaves out a row whose number was registered by hand after the rehearsal', async () => {
    const id = await rehearsed('法人名,法人番号\n株式会社先着,8010001000008\n株式会社無関係,\n')
    await world.done(operations, registerPartyCommand, {
      partyKind: 'corporation',
      legalName: '株式会社先着',
      corporateNumber: '8010001000008',
    })
    await decide(apply, id)
    expect((await batchOf(id)).state).toBe('applied')
    expect((await rowsOf(id)).map(row => [row.state, row.problems.map(problem => problem.code)])).toEqual([
      ['conflict', ['row_must_still_stand_as_rehearsed']],
      ['applied', []],
    ])
  })

  it('goes on after a crash with the chunk that was not finished, and takes no row twice', async () => {
    const names = Array.from({ length: 1_100 }, (_, at) => `株式会社連番第${at + 1}号商店`)
    const id = await rehearsed(`法人名\n${names.join('\n')}\n`)
    const answer = await world.run(operations, apply, { batchId: id, change })
    const { changeRequestId } = answer.body as never as { changeRequestId: string }
    await world.done(approver, approve, { changeRequestId, comment: '' })
    let steps = 0
    await workUntilIdle(world, () => steps++ >= 2)
    expect((await batchOf(id)).rowsDone).toBe(500)
    // Two workers at once: one batch is worked on by one of them.
    await Promise.all([workUntilIdle(world), workUntilIdle(world)])
    await workUntilIdle(world)
    expect(await batchOf(id)).toMatchObject({
      state: 'applied',
      rowsDone: 1_100,
      rowStates: { applied: 1_100 },
    })
    const { count } = await world.db
      .selectFrom('party')
      .select(eb => eb.fn.countAll<number>().as('count'))
      .where('legal_name', 'like', '株式会社連番第%')
      .executeTakeFirstOrThrow()
    expect(Number(count)).toBe(1_100)
  })

  it('takes the CP932 ledger of the demo, naming its deliberate faults', async () => {
    const bytes = readFileSync(new URL('../../app/demo/data/files/demo-ledger.csv', import.meta.url))
    expect(iconv.decode(bytes, 'CP932').startsWith('管理番号,')).toBe(true)
    const { id } = await world.done(operations, open, {
      fileName: 'demo-ledger.csv',
      contentBase64: bytes.toString('base64'),
    })
    const opened = await batchOf(id)
    expect(opened.encoding).toBe('CP932')
    expect(opened.mapping).toEqual([
      'sourceId',
      'legalName',
      'legalNameKana',
      'corporateNumber',
      'invoiceRegNo',
      'postalCode',
      'address',
      'phone',
      'representative',
      'establishedOn',
    ])
    await world.done(operations, rehearse, {
      batchId: id,
      mapping: opened.mapping,
      options: { unreadable: 'leave_empty' },
    })
    await workUntilIdle(world)
    const { counts } = await batchOf(id)
    expect(counts!.new + counts!.update + counts!.merged + counts!.refused).toBe(500)
    const { rows } = await world.ask(operations, listImportRows, {
      batchId: id,
      outcome: 'refused',
      limit: 200,
    })
    const refused = new Map(rows.map(row => [row.line, row.problems.map(problem => problem.code)]))
    expect(refused.get(91)).toEqual(['name_must_be_given'])
    expect(refused.get(421)).toContain('cell_must_hold_a_value')
    await decide(apply, id)
    expect((await batchOf(id)).state).toBe('applied')
  })
})

describe('the steps', () => {
  it('refuse what is out of order, wrongly mapped, forbidden or decided by its maker', async () => {
    const { id } = await world.done(operations, open, upload('法人名,電話番号,TEL\n甲,1,2\n'))
    const opened = await batchOf(id)
    expect(opened.mapping).toEqual(['legalName', 'phone', null])
    const map = (mapping: (string | null)[]) =>
      world.refused(world.run(operations, rehearse, { batchId: id, mapping }))
    expect(await map(['legalName', 'phone'])).toEqual(['mapping_must_fit_the_file'])
    expect(await map([null, 'phone', null])).toEqual(['required_columns_must_be_mapped'])
    expect(await map(['legalName', 'phone', 'phone'])).toEqual(['mapped_fields_must_be_unique'])
    expect(await map(['legalName', 'phone', 'shoeSize'])).toEqual(['mapped_fields_must_exist'])
    expect(await world.refused(world.run(operations, apply, { batchId: id, change }))).toEqual([
      'batch_must_be_rehearsed',
    ])
    expect(await world.refused(world.run(operations, revert, { batchId: id, change }))).toEqual([
      'batch_must_be_applied',
    ])
    expect(await world.refused(world.run(approver, open, upload('法人名\n乙\n')))).toEqual([
      'permission_must_be_held',
    ])
    await world.done(operations, discard, { batchId: id })
    expect(await map(['legalName', 'phone', null])).toEqual(['batch_must_be_in_preparation'])
    expect((await batchOf(id)).sample).toEqual([])
  })

  it('keep staged rows encrypted', async () => {
    await world.done(operations, open, upload('法人名,代表者\n株式会社秘匿,秘密 太郎\n'))
    const chunks = await world.db.selectFrom('import_chunk').select('rows_sealed').execute()
    expect(chunks.every(chunk => chunk.rows_sealed.startsWith('enc1.'))).toBe(true)
  })

  it('remember a mapping under a name and refuse the same file twice', async () => {
    const text = '取引先,でんわ\n壬戌商店株式会社,03-5555-6666\n'
    const first = await world.done(operations, open, upload(text))
    expect((await batchOf(first.id)).mapping).toEqual([null, null])
    await world.done(operations, rehearse, {
      batchId: first.id,
      mapping: ['legalName', 'phone'],
      saveAs: '旧システム',
    })
    await workUntilIdle(world)
    const template = await world.db.selectFrom('import_template').selectAll().executeTakeFirstOrThrow()
    const second = await world.done(operations, open, { ...upload(text), templateId: template.id })
    expect((await batchOf(second.id)).mapping).toEqual(['legalName', 'phone'])
    await decide(apply, first.id)
    expect(await world.refused(world.run(operations, open, upload(text)))).toEqual([
      'file_must_not_be_imported_already',
    ])
  })

  it('leave nothing behind when a file is refused', async () => {
    const count = async () => (await world.db.selectFrom('import_batch').select('id').execute()).length
    const before = await count()
    expect(await world.refused(world.run(operations, open, upload('法人名,番号\n甲,"乙\n')))).toEqual([
      'quotes_must_be_closed',
    ])
    expect(await count()).toBe(before)
  })
})
