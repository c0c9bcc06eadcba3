import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { newId } from '../../platform/ids/uuid.ts'
import { add, addNewVersion } from './commands.ts'
import { listDocuments, uploadFile } from './contract.ts'
import { judgeFile, standardFileName } from './file-kinds.ts'
import { FileStore } from './file-store.ts'

let world: World
let staff: Actor
beforeAll(async () => {
  world = await createWorld()
  staff = await world.person('事務', 'operations')
})
afterAll(() => world.close())

const pdf = (text: string) => Buffer.from(`%PDF-1.7\n${text}`)

async function upload(fileName: string, content: Buffer, dataSubjectId = newId()) {
  return world.ask(staff, uploadFile, { fileName, dataSubjectId, contentBase64: content.toString('base64') })
}

describe('judging a file', () => {
  it.each([
    ['an empty file', 'a.pdf', Buffer.alloc(0), 'file_must_not_be_empty'],
    ['a program called pdf', 'a.pdf', Buffer.from('MZ\x90\0'), 'file_must_be_harmless'],
    [
      'the antivirus test file',
      'a.txt',
      Buffer.from(`X5O!P%@AP[4\\PZX54(P^)7CC)7}$${'EICAR'}-STANDARD-ANTIVIRUS-TEST-FILE!`),
      'file_must_be_harmless',
    ],
    [
      'an SVG with script called xml',
      'a.xml',
      Buffer.from('<svg><script>alert(1)</script></svg>'),
      'file_must_be_harmless',
    ],
    ['an HTML page called text', 'a.txt', Buffer.from('<!DOCTYPE html><p>'), 'file_must_be_harmless'],
    ['an SVG', 'a.svg', Buffer.from('<svg/>'), 'file_kind_must_be_accepted'],
    ['text called png', 'a.png', Buffer.from('hello'), 'file_content_must_match_its_name'],
  ])('refuses %s', (_what, name, content, code) => {
    expect(judgeFile(name, content)).toMatchObject({ ok: false, code })
  })

  it('takes a PDF whatever the sender calls its type', () => {
    expect(judgeFile('請求書.PDF', pdf('x'))).toMatchObject({ ok: true, kind: { mime: 'application/pdf' } })
  })

  it('names stored files by date, counterparty, amount, kind and serial', () => {
    const name = standardFileName({
      transactionDate: '2026-11-10',
      counterparty: '株式会社まるまる/商事',
      amountYen: 1_100_000,
      kindLabel: '請求書',
      serial: 1,
      extension: '.pdf',
    })
    expect(name).toBe('20261110_株式会社まるまる商事_1100000_請求書_001.pdf')
  })
})

describe('a document', () => {
  it('keeps every version, encrypted, and knows the same file elsewhere', async () => {
    const subject = newId()
    const first = await upload('登記.pdf', pdf('第一版'), subject)
    expect(first.seenElsewhere).toBe(false)
    const { id } = await world.done(staff, add, {
      uploadId: first.uploadId,
      docKind: 'registry',
      links: [{ kind: 'party', id: subject }],
    })
    const second = await upload('登記2.pdf', pdf('第二版'), subject)
    await world.done(staff, addNewVersion, {
      documentId: id,
      uploadId: second.uploadId,
      reason: '新しい登記を取得',
    })
    const page = await world.ask(staff, listDocuments, { recordId: subject })
    expect(page.rows[0]?.versions.map(version => [version.versionNo, version.reason])).toEqual([
      [2, '新しい登記を取得'],
      [1, null],
    ])
    expect((await upload('写し.pdf', pdf('第一版'))).seenElsewhere).toBe(true)
    expect(await world.verbsOf(id)).toEqual(['document_added', 'document_version_added'])
  })

  it('is not what was saved when a bit of the stored file changes', async () => {
    const subject = newId()
    const { uploadId } = await upload('明細.pdf', pdf('残高 100'), subject)
    const row = await world.db
      .selectFrom('document_upload')
      .selectAll()
      .where('id', '=', uploadId)
      .executeTakeFirstOrThrow()
    const store = new FileStore(world.config.filesDir, world.keys)
    const stored = { storedPath: row.stored_path, contentHash: row.content_hash }
    expect((await store.read(world.db, stored))?.toString()).toBe('%PDF-1.7\n残高 100')
    const path = join(world.config.filesDir, row.stored_path)
    const bytes = readFileSync(path)
    expect(bytes.includes(Buffer.from('残高'))).toBe(false)
    bytes[60] = bytes[60]! ^ 1
    writeFileSync(path, bytes)
    await expect(store.read(world.db, stored)).rejects.toThrow()
  })

  it('cannot be made twice of one upload, nor by somebody else', async () => {
    const other = await world.person('営業', 'sales')
    const { uploadId } = await upload('一度.pdf', pdf('once'))
    const input = { uploadId, docKind: 'other' as const, links: [{ kind: 'party', id: newId() }] }
    expect(await world.refused(world.run(other, add, input))).toEqual(['upload_must_be_waiting'])
    await world.done(staff, add, input)
    expect(await world.refused(world.run(staff, add, input))).toEqual(['upload_must_be_waiting'])
  })

  it('gets no new version from somebody who may not see it, nor under the key of somebody else', async () => {
    const subject = newId()
    const officer = await world.person('法務', 'compliance')
    const kept = await world.ask(officer, uploadFile, {
      fileName: '調査.pdf',
      dataSubjectId: subject,
      contentBase64: pdf('調査').toString('base64'),
    })
    const { id } = await world.done(officer, add, {
      uploadId: kept.uploadId,
      docKind: 'incident_report',
      confidentiality: 'compliance',
      links: [{ kind: 'party', id: subject }],
    })
    const ours = await upload('差替.pdf', pdf('差替'), subject)
    const swap = { documentId: id, uploadId: ours.uploadId, reason: '差し替えます' }
    expect(await world.refused(world.run(staff, addNewVersion, swap))).toEqual(['record_must_exist'])
    const plain = await world.done(staff, add, {
      uploadId: ours.uploadId,
      docKind: 'other',
      links: [{ kind: 'party', id: subject }],
    })
    const { uploadId } = await upload('別人.pdf', pdf('別人'), newId())
    const wrong = { documentId: plain.id, uploadId, reason: '別の人のファイル' }
    expect(await world.refused(world.run(staff, addNewVersion, wrong))).toEqual([
      'upload_must_be_of_the_same_subject',
    ])
  })

  it('is found by amount range, and when it has no amount', async () => {
    const subject = newId()
    for (const [name, amountYen] of [
      ['A', 1_100_000],
      ['B', 550_000],
      ['D', null],
    ] as const) {
      const { uploadId } = await upload(`${name}.pdf`, pdf(name), subject)
      await world.done(staff, add, {
        uploadId,
        docKind: 'invoice',
        title: name,
        amountYen,
        links: [{ kind: 'party', id: subject }],
      })
    }
    const titles = async (input: object) =>
      (await world.ask(staff, listDocuments, { recordId: subject, ...input })).rows.map(row => row.title)
    expect(await titles({ amountFrom: 1_000_000, amountTo: 2_000_000 })).toEqual(['A'])
    expect(await titles({ withoutAmount: 'true' })).toEqual(['D'])
  })
})
