import { crc32, deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../../app/testing/world.ts'
import type { Actor } from '../../../platform/commands/actor.ts'
import { listDocuments } from '../../documents/contract.ts'
import { addDocumentCommand } from '../../documents/index.ts'
import { imports } from '../index.ts'
import { Drive } from '../testing/drive.ts'
import { handInbox, listInbox, readInbox, receiveArchive } from './contract.ts'
import { numbersIn } from './names.ts'
import { settle } from './settle.ts'

/** A zip archive of these files, as programs write it. */
function zipOf(files: Record<string, Buffer>, lie: { size?: number; flags?: number } = {}): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [path, content] of Object.entries(files)) {
    const name = Buffer.from(path, 'utf8')
    const packed = deflateRawSync(content)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(0x800 | (lie.flags ?? 0), 6)
    head.writeUInt16LE(8, 8)
    head.writeUInt32LE(crc32(content), 14)
    head.writeUInt32LE(packed.length, 18)
    head.writeUInt32LE(lie.size ?? content.length, 22)
    head.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(0x800 | (lie.flags ?? 0), 8)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(crc32(content), 16)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(lie.size ?? content.length, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(at, 42)
    locals.push(head, name, packed)
    directory.push(entry, name)
    at += 30 + name.length + packed.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(files).length, 8)
  end.writeUInt16LE(Object.keys(files).length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, listed, end])
}

let world: World
let operations: Actor
let party: { id: string; party_no: string; corporate_number: string | null }

beforeAll(async () => {
  world = await createWorld()
  operations = await world.person('事務', 'operations')
  const drive = new Drive(world, operations, await world.person('決裁', 'approver'))
  await drive.taken(
    '管理番号,法人名,法人番号\nA-77,株式会社書類,7000012050002\nA-78,株式会社別物,\n',
    {},
    'customers',
  )
  party = await world.db
    .selectFrom('party')
    .select(['id', 'party_no', 'corporate_number'])
    .where('legal_name', '=', '株式会社書類')
    .executeTakeFirstOrThrow()
})
afterAll(() => world.close())

const pdf = (text: string) => Buffer.from(`%PDF-1.7\n${text}\n%%EOF`)
const receive = (files: Record<string, Buffer>, lie = {}) =>
  world.ask(operations, receiveArchive, {
    fileName: '契約書一式.zip',
    contentBase64: zipOf(files, lie).toString('base64'),
  })
const waiting = async () => (await world.ask(operations, listInbox, { limit: 200 })).rows

describe('the path of a file', () => {
  it.each([
    ['契約書/C-000123_基本契約.pdf', ['C-000123'], [], ['C-000123']],
    ['Ｔ７０００００１２０５０００２ 登記.pdf', [], [], ['T70000012050002']],
    ['T7000012050002 登記.pdf', [], ['7000012050002'], ['T7000012050002']],
    ['顧客(A-77)/請求書.pdf', [], [], ['A-77']],
    ['20260401_見積.pdf', [], [], ['20260401']],
    ['1234567890123.pdf', [], [], ['1234567890123']],
  ])('%s names its customer', (path, partyNos, corporateNumbers, words) => {
    const found = numbersIn(path)
    expect(found.partyNos).toEqual(partyNos)
    expect(found.corporateNumbers).toEqual(corporateNumbers)
    expect(found.words).toEqual(words)
  })
})

describe('an archive of documents', () => {
  it('is queued file by file with whom each seems to be about, and what may not be kept is named', async () => {
    const answer = await receive({
      '契約/T7000012050002_契約.pdf': pdf('a'),
      'A-77/メール.eml': Buffer.from('From: a@example.jp\r\nSubject: 見積\r\n\r\n本文'),
      'だれのものか不明.pdf': pdf('b'),
      '__MACOSX/._x': Buffer.from('x'),
      'tool.exe': Buffer.from('4d5a9000', 'hex'),
      '偽物.pdf': Buffer.from('<html><script>alert(1)</script></html>'),
      '../../etc/passwd.txt': Buffer.from('root'),
    })
    expect(answer).toMatchObject({ received: 4, proposed: 2 })
    expect(answer.refused.map(one => one.path)).toEqual(['tool.exe', '偽物.pdf'])
    const rows = await waiting()
    expect(rows.map(row => [row.path, row.proposed?.legalName ?? null, row.proposed?.rule ?? null])).toEqual([
      ['契約/T7000012050002_契約.pdf', '株式会社書類', 'corporate_number'],
      ['A-77/メール.eml', '株式会社書類', 'source_number'],
      ['だれのものか不明.pdf', null, null],
      ['../../etc/passwd.txt', null, null],
    ])
  })

  it('becomes documents under the key of the customer, one by one, and the rest is left out with a reason', async () => {
    const [first, , third] = await waiting()
    const { uploadId } = await world.ask(operations, handInbox, { fileId: first!.id, partyId: party.id })
    const made = await world.done(operations, addDocumentCommand, {
      uploadId,
      docKind: 'contract',
      title: '契約',
      links: [{ kind: 'party', id: party.id }],
    })
    const wrong = { fileId: third!.id, documentId: made.id }
    expect(await world.refused(world.done(operations, settle, wrong))).toEqual([
      'document_must_be_of_the_file',
    ])
    await world.done(operations, settle, { fileId: first!.id, documentId: made.id })
    expect(
      await world.refused(world.done(operations, settle, { fileId: first!.id, documentId: made.id })),
    ).toEqual(['file_must_wait'])
    const nothing = { fileId: third!.id, documentId: null }
    expect(await world.refused(world.done(operations, settle, nothing))).toEqual(['reason_must_be_given'])
    await world.done(operations, settle, { ...nothing, leftOutReason: '白紙のため不要' })
    expect((await waiting()).map(row => row.path)).toEqual(['A-77/メール.eml', '../../etc/passwd.txt'])
    const { rows } = await world.ask(operations, listDocuments, { recordId: party.id })
    expect(rows.map(row => row.title)).toEqual(['契約'])
    const { data_subject_id } = await world.db
      .selectFrom('document')
      .select('data_subject_id')
      .where('id', '=', made.id)
      .executeTakeFirstOrThrow()
    expect(data_subject_id).toBe(party.id)
    expect(await world.verbsOf(first!.id)).toEqual(['inbox_file_linked', 'attempt_refused'])
  })

  it('is refused as a whole when it is hostile, and nothing of it is kept', async () => {
    const before = (await waiting()).length
    const bomb = { 'a.txt': Buffer.alloc(60 * 1024 * 1024, 'a') }
    expect(await world.refused(receive(bomb))).toEqual(['file_must_not_unpack_too_large'])
    expect(await world.refused(receive({ 'a.pdf': pdf('x') }, { flags: 1 }))).toEqual([
      'file_must_not_be_locked',
    ])
    const text = { fileName: 'x.zip', contentBase64: Buffer.from('no archive').toString('base64') }
    expect(await world.refused(world.ask(operations, receiveArchive, text))).toEqual([
      'file_must_not_be_damaged',
    ])
    expect(await world.refused(receive({ '__MACOSX/._x': Buffer.from('x') }))).toEqual([
      'archive_must_hold_files',
    ])
    expect((await waiting()).length).toBe(before)
  })

  it('is handed to no customer out of reach', async () => {
    const [file] = await waiting()
    const elsewhere = { fileId: file!.id, partyId: '00000000-0000-7000-8000-000000000009' }
    expect(await world.refused(world.ask(operations, handInbox, elsewhere))).toEqual([
      'record_must_be_linkable',
    ])
  })
})

describe('what lies in the box', () => {
  it('counts as personal: others than who brought it see it only when they may see personal documents', async () => {
    await receive({ '本人確認/運転免許証.pdf': pdf('personal') })
    const file = (await waiting()).find(row => row.path.endsWith('運転免許証.pdf'))!
    const partyId = party.id
    const read = async (who: Actor) => {
      const { rows } = await world.ask(who, listInbox, { limit: 200 })
      const route = imports.routes(world).find(one => one.contract.name === readInbox.name)
      if (route?.kind !== 'query') throw new Error('no query shows a file of the box')
      const now = world.clock.now()
      const context = { db: world.db, actor: who, now, today: '2026-11-24', requestId: 't' }
      const answer = await route.answer(context, { fileId: file.id } as never).catch(error => error)
      return [rows.some(row => row.id === file.id), 'file' in answer]
    }
    const leave = (who: Actor) =>
      world.run(who, settle, { fileId: file.id, documentId: null, leftOutReason: '不要なため除く' })
    for (const role of ['sales', 'accounting'] as const) {
      const other = await world.person(role, role)
      expect([role, ...(await read(other))]).toEqual([role, false, false])
      expect(await world.refused(world.ask(other, handInbox, { fileId: file.id, partyId }))).toEqual([
        'record_must_exist',
      ])
      expect(await world.refused(leave(other))).toEqual(['record_must_exist'])
    }
    expect(await read(await world.person('審査', 'reviewer'))).toEqual([true, true])
    expect(await read(operations)).toEqual([true, true])
    await leave(operations)
  })
})
