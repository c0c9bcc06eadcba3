import { createHash } from 'node:crypto'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import yauzl from 'yauzl'
import { createWorld, type World } from '../../../app/testing/world.ts'
import type { Actor } from '../../../platform/commands/actor.ts'
import { approve } from '../../approvals/commands.ts'
import { discard, request } from '../../lists/commands.ts'
import { describeList, downloadExport, openExport } from '../../lists/contract.ts'
import { exportUntilIdle, lists } from '../../lists/index.ts'
import { expireExports } from '../../lists/jobs.ts'
import { register } from '../../parties/commands/register-party.ts'
import { add, addNewVersion } from '../commands.ts'
import { openDocument, uploadFile } from '../contract.ts'
import { correct } from '../correct.ts'
import { standardFileName } from '../file-kinds.ts'
import { strike } from '../keep.ts'

let world: World
let clerk: Actor
let officer: Actor
let manager: Actor
let seller: Actor
let partyId: string
beforeAll(async () => {
  world = await createWorld()
  clerk = await world.person('事務', 'operations')
  officer = await world.person('法務', 'compliance')
  manager = await world.person('部長', 'manager')
  seller = await world.person('営業', 'sales')
  const company = { partyKind: 'corporation' as const, legalName: '株式会社求め', roles: ['client' as const] }
  partyId = (await world.done(clerk, register, company)).id
})
afterAll(() => world.close())

const bytes = (text: string) => Buffer.from(`%PDF-1.7\n${text}`)
async function upload(name: string, text: string, by = clerk) {
  const record = { kind: 'party', id: partyId }
  const contentBase64 = bytes(text).toString('base64')
  return (await world.ask(by, uploadFile, { fileName: name, record, contentBase64 })).uploadId
}
async function paper(name: string, more: object, by = clerk) {
  const uploadId = await upload(`${name}.pdf`, name, by)
  const links = [{ kind: 'party', id: partyId }]
  return (await world.done(by, add, { uploadId, docKind: 'invoice', title: name, links, ...more })).id
}

const change = { reasonCode: 'system' as const, reasonText: '税務調査での求め', evidence: [] }
const INDEX = [
  'docNo',
  'transactionDate',
  'amountYen',
  'counterparty',
  'fileName',
  'sha256',
  'struck',
  'originalFileName',
]
const asked = (filters: object, columns = INDEX) => ({
  list: 'documents',
  format: 'zip' as const,
  columns,
  filters: filters as Record<string, string>,
  change,
})

async function fetched(by: Actor, exportId: string) {
  const route = lists.routes(world).find(one => one.contract.name === downloadExport.name)
  if (route?.kind !== 'query') throw new Error('no download')
  const now = world.clock.now()
  const context = { db: world.db, actor: by, now, today: '2026-11-24', requestId: 'test' }
  const answer = await route.answer(context, { exportId } as never)
  if (!('file' in answer)) throw new Error('no file')
  const parts: Buffer[] = []
  for await (const part of answer.file.content as NodeJS.ReadableStream) parts.push(Buffer.from(part))
  return { name: answer.file.name, content: Buffer.concat(parts), seen: answer.seen }
}

async function unzipped(content: Buffer): Promise<Map<string, Buffer>> {
  const zip = await yauzl.fromBufferPromise(content)
  const files = new Map<string, Buffer>()
  for await (const entry of zip.eachEntry()) {
    const parts: Buffer[] = []
    for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part as Buffer)
    files.set(entry.fileName, Buffer.concat(parts))
  }
  return files
}

async function archive(by: Actor, filters: object, columns = INDEX) {
  const { id } = await world.done(by, request, asked(filters, columns))
  await exportUntilIdle(world)
  const row = await world.ask(by, openExport, { exportId: id })
  const file = await fetched(by, id)
  const files = await unzipped(file.content)
  const index = parse(files.get('索引.csv')!, { bom: true }) as string[][]
  return { id, row, file, files, index, rows: index.slice(1) }
}

describe('ダウンロードの求め', () => {
  it('finds by date, amount and counterparty, any of them together, and papers without an amount', async () => {
    const vectors = [
      ['A', { transactionDate: '2026-11-10', counterparty: 'まる', amountYen: 1_100_000 }],
      ['B', { transactionDate: '2026-11-30', counterparty: 'まる', amountYen: 550_000 }],
      ['C', { transactionDate: '2026-12-01', counterparty: 'さん', amountYen: 1_100_000 }],
      ['D', { transactionDate: '2026-11-15', counterparty: 'まる' }],
    ] as const
    for (const [name, more] of vectors) await paper(name, more)
    const found = async (filters: object) =>
      (await archive(clerk, filters, ['title'])).rows.map(([title]) => title)
    expect(await found({ from: '2026-11-01', to: '2026-11-30' })).toEqual(['A', 'B', 'D'])
    expect(await found({ amountFrom: '1000000', amountTo: '2000000' })).toEqual(['A', 'C'])
    expect(await found({ counterparty: 'まる', amountFrom: '600000' })).toEqual(['A'])
    expect(await found({ withoutAmount: 'true', from: '2026-11-01' })).toEqual(['D'])
    expect(await found({ counterparty: 'まる', withoutAmount: 'true', from: '2026-11-16' })).toEqual([])
  })

  it('holds originals under the names of the rule, each told apart, and an index in the order asked for', async () => {
    const same = { transactionDate: '2026-10-01', counterparty: '株式会社/同じ:名前', amountYen: 300 }
    const first = await paper('=1+1', same)
    await paper('二つ目', same)
    const uploadId = await upload('差し替え.pdf', '新しい版')
    await world.done(clerk, addNewVersion, { documentId: first, uploadId, reason: '金額の訂正版を受領' })
    const made = await archive(clerk, { from: '2026-10-01', to: '2026-10-01' }, [
      'sha256',
      'fileName',
      'title',
      'originalFileName',
    ])
    expect(made.index[0]).toEqual(['SHA-256', 'ファイル', '件名', '元のファイル名'])
    const names = [
      '20261001_株式会社同じ名前_300_請求書_001.pdf',
      '20261001_株式会社同じ名前_300_請求書_002.pdf',
    ]
    expect([...made.files.keys()]).toEqual([...names, '索引.csv', '訂正・抹消の履歴.csv', '索引の注記.txt'])
    expect(made.files.get(names[0]!)).toEqual(bytes('新しい版'))
    expect(made.rows.map(row => row.slice(1))).toEqual([
      [names[0], "'=1+1", '差し替え.pdf'],
      [names[1], '二つ目', '二つ目.pdf'],
    ])
    for (const [hash, name] of made.rows)
      expect(hash).toBe(createHash('sha256').update(made.files.get(name!)!).digest('hex'))
    expect(made.files.get('索引.csv')!.subarray(0, 3).toString('hex')).toBe('efbbbf')
  })

  it('says what was corrected and struck, by whom and why, and leaves a trail with hash and records', async () => {
    const on = { transactionDate: '2026-09-01', counterparty: '訂正商事', amountYen: 100 }
    const id = await paper('訂正', on)
    const { rowVersion } = await world.ask(clerk, openDocument, { documentId: id })
    await world.done(clerk, correct, { documentId: id, rowVersion, amountYen: 200, reason: '桁の読み違い' })
    await world.done(manager, strike, { documentId: id, reason: '二重に登録した' })
    const made = await archive(clerk, { from: '2026-09-01', to: '2026-09-01' })
    expect(made.rows).toHaveLength(1)
    expect(made.rows[0]![6]).toBe('あり')
    const history = parse(made.files.get('訂正・抹消の履歴.csv')!, { bom: true }) as string[][]
    expect(history.slice(1).map(line => line.slice(2))).toEqual([
      ['事務', '書類を追加', '', '', '', ''],
      ['事務', '書類の項目を訂正', '取引金額', '100', '200', '桁の読み違い'],
      ['部長', '書類を抹消', '', '', '', '二重に登録した'],
    ])
    expect(made.row).toMatchObject({ rowCount: 1, format: 'zip', state: 'ready', progress: null })
    expect(made.row.fileHash).toBe(createHash('sha256').update(made.file.content).digest('hex'))
    const { seen_no } = await world.db
      .selectFrom('document')
      .select('seen_no')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect(made.file.seen).toContain(seen_no)
    expect(await world.verbsOf(made.id)).toEqual(['list_export_requested', 'list_exported'])
  })

  it('leaves out what the person may not see, and counts it; what compliance keeps is counted for nobody', async () => {
    const on = { transactionDate: '2026-08-01', counterparty: '伏せる商事', amountYen: 1 }
    await paper('見える', on)
    await paper('個人', { ...on, confidentiality: 'personal' })
    await paper('限り', { ...on, confidentiality: 'compliance' }, officer)
    const filters = { from: '2026-08-01', to: '2026-08-01' }
    const narrow = await archive(seller, filters)
    expect(narrow.rows).toHaveLength(1)
    expect(narrow.row.note).toContain('権限により除いた書類 1件')
    expect(narrow.files.get('索引の注記.txt')!.toString()).toContain('権限により除いた書類 1件')
    const wide = await archive(officer, filters)
    expect(wide.rows).toHaveLength(3)
    expect(wide.row.note).toContain('権限により除いた書類 0件')
  })

  it('is refused for other lists, unknown columns, and whoever may not download', async () => {
    const wrong = { ...asked({}), list: 'parties.client', columns: ['partyNo'] }
    expect(await world.refused(world.run(clerk, request, wrong))).toEqual(['format_must_be_of_the_list'])
    const column = asked({}, ['secret'])
    expect(await world.refused(world.run(clerk, request, column))).toEqual(['columns_must_be_of_the_list'])
    const bare = {
      ...clerk,
      permissions: new Set([...clerk.permissions].filter(one => one !== 'documents.download')),
    }
    expect(await world.refused(world.run(bare, request, asked({})))).toEqual(['permission_must_be_held'])
    expect((await world.ask(bare, describeList, { list: 'documents' })).archiveColumns).toBeNull()
    expect(await world.refused(world.run(clerk, request, asked({ from: 'gestern' })))).toEqual([
      'input_must_fit',
    ])
  })

  it('says which file is damaged instead of leaving it out', async () => {
    const id = await paper('壊れる', { transactionDate: '2026-07-01' })
    await world.db.transaction().execute(async tx => {
      await tx
        .updateTable('document_version')
        .set({ content_hash: 'x' })
        .where('document_id', '=', id)
        .execute()
      await world.executor
        .context(tx, clerk, 'test')
        .record({ verb: 'test', subjects: [{ kind: 'document', id }] })
    })
    const { id: exportId } = await world.done(clerk, request, asked({ from: '2026-07-01', to: '2026-07-01' }))
    await exportUntilIdle(world)
    const row = await world.ask(clerk, openExport, { exportId })
    expect(row).toMatchObject({ state: 'failed' })
    expect(row.failure).toContain('DOC-')
  })

  it('of hundreds of papers waits for a second person above the limit, and takes the file away afterwards', async () => {
    const uploads = await Promise.all(Array.from({ length: 20 }, (_, at) => upload(`束${at}.pdf`, `束${at}`)))
    const version = await world.db
      .selectFrom('document_upload')
      .selectAll()
      .where('id', '=', uploads[0]!)
      .executeTakeFirstOrThrow()
    const one = await paper('多数', { transactionDate: '2026-06-01', counterparty: '多数商事', amountYen: 5 })
    // The other papers of the bundle: copies of one, filed at once.
    await world.db.transaction().execute(async tx => {
      const document = await tx
        .selectFrom('document')
        .selectAll()
        .where('id', '=', one)
        .executeTakeFirstOrThrow()
      const { row_version, seen_no, doc_no, ...plain } = document
      const ids = Array.from(
        { length: 1_100 },
        (_, at) => `00000000-0000-7000-9000-${String(at).padStart(12, '0')}`,
      )
      await tx
        .insertInto('document')
        .values(ids.map(id => ({ ...plain, id })))
        .execute()
      await tx
        .insertInto('document_version')
        .values(
          ids.map(id => ({
            id,
            document_id: id,
            version_no: 1,
            file_name: 'x.pdf',
            original_file_name: 'x.pdf',
            mime: version.mime,
            size_bytes: version.size_bytes,
            content_hash: version.content_hash,
            stored_path: version.stored_path,
            reason: null,
            added_by: clerk.id,
            added_at: version.uploaded_at,
          })),
        )
        .execute()
      await world.executor
        .context(tx, clerk, 'test')
        .record({ verb: 'test', subjects: [{ kind: 'party', id: partyId }] })
    })
    const answer = await world.run(clerk, request, asked({ from: '2026-06-01', to: '2026-06-01' }))
    expect(answer.status).toBe(202)
    const { changeRequestId } = answer.body as unknown as { changeRequestId: string }
    await world.done(manager, approve, { changeRequestId })
    await exportUntilIdle(world)
    const row = await world.db
      .selectFrom('list_export')
      .select(['id', 'approved_by', 'row_count', 'state'])
      .where('change_request_id', '=', changeRequestId)
      .executeTakeFirstOrThrow()
    expect(row).toMatchObject({ approved_by: manager.id, row_count: 1_101, state: 'ready' })
    const files = await unzipped((await fetched(clerk, row.id)).content)
    expect(files.size).toBe(1_101 + 3)
    expect([...files.keys()].at(-4)).toMatch(/^20260601_多数商事_5_請求書_1\d{3}\.pdf$/)
    await world.done(clerk, discard, { exportId: row.id })
    await expireExports(world)
    expect(await world.refused(fetched(clerk, row.id))).toEqual(['export_must_be_ready'])
  }, 60_000)
})

it('cuts a long counterparty, so that amount, kind and serial always stand in the name', () => {
  const parts = {
    transactionDate: '2026-11-10',
    amountYen: 1,
    kindLabel: '請求書',
    serial: 7,
    extension: '.pdf',
  }
  const name = standardFileName({ ...parts, counterparty: '長'.repeat(150) })
  expect([...name]).toHaveLength(120)
  expect(name.endsWith('_1_請求書_007.pdf')).toBe(true)
  const joined = standardFileName({ ...parts, counterparty: 'カ\u3099' })
  expect(joined).toContain('_ガ_')
})
