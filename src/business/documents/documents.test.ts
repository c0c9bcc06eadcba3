import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { newId } from '../../platform/ids/uuid.ts'
import { approve } from '../approvals/commands.ts'
import { listEvents, recordHistory, type TrailEvent, whoSaw } from '../audit/contract.ts'
import { register } from '../parties/commands/register-party.ts'
import { rename } from '../parties/commands/rename-party.ts'
import { openParty } from '../parties/contract.ts'
import { add, addNewVersion } from './commands.ts'
import { listDocuments, openDocument, proposeCounterparties, uploadFile } from './contract.ts'
import { correct } from './correct.ts'
import { papersExpiring } from './expiring.ts'
import { judgeFile, standardFileName } from './file-kinds.ts'
import { FileStore } from './file-store.ts'
import { hold, release, restore, strike } from './keep.ts'
import { lists } from './lists.ts'
import { paperFindings, retentionOf } from './rules/paper.ts'

let world: World
let staff: Actor
let officer: Actor
let auditor: Actor
let manager: Actor
beforeAll(async () => {
  world = await createWorld()
  staff = await world.person('事務', 'operations')
  officer = await world.person('法務', 'compliance')
  auditor = await world.person('監査', 'auditor')
  manager = await world.person('部長', 'manager')
})
afterAll(() => world.close())

const pdf = (text: string) => Buffer.from(`%PDF-1.7\n${text}`)

let serial = 0
async function newParty(): Promise<string> {
  const legalName = `書類商会${++serial}`
  return (await world.done(staff, register, { partyKind: 'corporation', legalName, roles: ['client'] })).id
}

async function upload(fileName: string, content: Buffer, partyId?: string, by = staff) {
  const record = { kind: 'party', id: partyId ?? (await newParty()) }
  return world.ask(by, uploadFile, { fileName, record, contentBase64: content.toString('base64') })
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
  it('is listed under the day it was filed in Tokyo', () => {
    const column = lists[0]?.columns.find(one => one.key === 'registeredAt')
    expect(column?.value({ registeredAt: '2026-11-23T23:30:00.000Z' } as never)).toBe('2026-11-24')
  })

  it('keeps every version, encrypted, and knows the same file elsewhere', async () => {
    const subject = await newParty()
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
    const subject = await newParty()
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
    const partyId = await newParty()
    const { uploadId } = await upload('一度.pdf', pdf('once'), partyId)
    const input = { uploadId, docKind: 'other' as const, links: [{ kind: 'party', id: partyId }] }
    expect(await world.refused(world.run(other, add, input))).toEqual(['upload_must_be_waiting'])
    await world.done(staff, add, input)
    expect(await world.refused(world.run(staff, add, input))).toEqual(['upload_must_be_waiting'])
  })

  it('gets no new version from somebody who may not see it, nor under the key of somebody else', async () => {
    const subject = await newParty()
    const kept = await upload('調査.pdf', pdf('調査'), subject, officer)
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
    const { uploadId } = await upload('別人.pdf', pdf('別人'))
    const wrong = { documentId: plain.id, uploadId, reason: '別の人のファイル' }
    expect(await world.refused(world.run(staff, addNewVersion, wrong))).toEqual([
      'upload_must_be_of_the_same_subject',
    ])
  })

  it('is found by amount range, and when it has no amount', async () => {
    const subject = await newParty()
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

describe('what proves a paper', () => {
  const invoice = async (more: object = {}) => {
    const subject = await newParty()
    const { uploadId } = await upload(`${++serial}.pdf`, pdf(String(serial)), subject)
    return {
      subject,
      input: { uploadId, docKind: 'invoice' as const, links: [{ kind: 'party', id: subject }], ...more },
    }
  }
  const filed = async (more: object = {}) => {
    const { subject, input } = await invoice(more)
    return { subject, ...(await world.done(staff, add, input)) }
  }
  const page = (documentId: string, by = staff) => world.ask(by, openDocument, { documentId })

  it.each([
    [{ receivedOn: '2026-11-25' }, 'date_must_not_be_in_the_future'],
    [{ validOn: '2026-11-25' }, 'date_must_not_be_in_the_future'],
    [{ validOn: '2026-11-01', expiresOn: '2026-10-31' }, 'expiry_must_follow_issue'],
    [{ authenticity: 'timestamped' }, 'time_stamp_must_have_its_time'],
    [{ timestampAt: '2026-11-01T10:00:00+09:00' }, 'time_stamp_must_have_its_time'],
    [
      { authenticity: 'timestamped', timestampAt: '2026-11-25T00:00:00+09:00' },
      'date_must_not_be_in_the_future',
    ],
    [{ textVersion: '2026-04' }, 'text_version_is_of_a_consent'],
    [{ counterpartyId: newId() }, 'counterparty_must_be_known'],
  ])('is refused with %j', async (more, code) => {
    const { input } = await invoice(more)
    expect(await world.refused(world.run(staff, add, input))).toEqual([code])
  })

  it('is kept with how it came, and for how long the law asks', async () => {
    const counterpartyId = await newParty()
    const { id, subject } = await filed({
      transactionDate: '2026-11-10',
      receivedVia: 'email',
      receivedOn: '2026-11-12',
      authenticity: 'timestamped_by_sender',
      timestampAt: '2026-11-12T10:15:00+09:00',
      counterpartyId,
    })
    expect(await page(id)).toMatchObject({
      electronic: true,
      receivedOn: '2026-11-12',
      authenticity: 'timestamped_by_sender',
      counterpartyParty: { id: counterpartyId },
      retentionUntil: '2038-02-10',
      corrected: false,
      links: [{ kind: 'party', id: subject }],
    })
    const { rows } = await world.ask(staff, listDocuments, { recordId: subject, receivedVia: 'email' })
    expect(rows.map(row => row.id)).toEqual([id])
  })

  it('is said to prove no more when its days are over', () => {
    const paper = {
      docKind: 'registry' as const,
      transactionDate: null,
      receivedOn: '2026-11-01',
      validOn: '2026-05-23',
      expiresOn: null,
      authenticity: 'history_system' as const,
      timestampAt: null,
      textVersion: null,
    }
    expect(paperFindings(paper, '2026-11-23')).toEqual([])
    expect(paperFindings(paper, '2026-11-24')).toHaveLength(1)
    expect(paperFindings({ ...paper, docKind: 'invoice' }, '2026-11-24')).toEqual([])
    expect(paperFindings({ ...paper, validOn: null, expiresOn: '2026-11-23' }, '2026-11-24')).toHaveLength(1)
    expect(retentionOf({ ...paper, docKind: 'registry' }).until).toBeNull()
    expect(retentionOf({ ...paper, docKind: 'other' }).until).toBe('2033-11-01')
  })

  it('is corrected with a reason, the earlier values standing in its history', async () => {
    const { id, subject } = await filed({ amountYen: 1_000 })
    const fix = { documentId: id, rowVersion: 1, amountYen: 1_100, reason: '税込に訂正します' }
    const sales = await world.person('営業', 'sales')
    expect(await world.refused(world.run(sales, correct, fix))).toEqual(['permission_must_be_held'])
    const refused = (more: object) => world.refused(world.run(staff, correct, { ...fix, ...more }))
    expect(await refused({ amountYen: 1_000 })).toEqual(['document_must_differ'])
    expect(await refused({ rowVersion: 2 })).toEqual(['record_must_be_unchanged'])
    expect(await refused({ receivedOn: '2026-12-01' })).toEqual(['date_must_not_be_in_the_future'])
    expect(await refused({ confidentiality: 'compliance' })).toEqual(['compliance_class_must_stay'])
    expect(await refused({ counterpartyId: newId() })).toEqual(['counterparty_must_be_known'])
    const accountant = await world.person('経理', 'accounting')
    expect(
      await world.refused(world.run(accountant, correct, { ...fix, confidentiality: 'personal' })),
    ).toEqual(['class_must_be_visible'])
    await world.done(staff, correct, { ...fix, receivedVia: 'web' })
    expect(await page(id)).toMatchObject({
      amountYen: 1_100,
      receivedVia: 'web',
      corrected: true,
      correction: { by: '事務', reason: '税込に訂正します' },
    })
    const { rows } = await world.ask(staff, recordHistory, { recordId: subject })
    expect(rows.find(event => event.verb === 'document_corrected')).toMatchObject({
      before: { amountYen: 1_000, receivedVia: null },
      after: { amountYen: 1_100, receivedVia: '取引先・クラウドのサイトから取得' },
    })
  })

  it('is shown to more people by compliance only, and its title to nobody who may not see it', async () => {
    const { id, subject } = await filed({ confidentiality: 'special', title: '診断書' })
    const fix = { documentId: id, rowVersion: 1, reason: '区分と題名を訂正します' }
    for (const confidentiality of ['normal', 'personal'] as const)
      expect(await world.refused(world.run(staff, correct, { ...fix, confidentiality }))).toEqual([
        'class_must_be_lowered_by_compliance',
      ])
    await world.done(staff, correct, { ...fix, title: '診断書（代表者）' })
    const told = async (by: Actor) =>
      JSON.stringify((await world.ask(by, recordHistory, { recordId: subject })).rows).includes('診断書')
    expect([await told(staff), await told(auditor), await told(manager)]).toEqual([true, true, false])
    await world.done(officer, correct, { ...fix, rowVersion: 2, confidentiality: 'normal' })
    expect((await world.ask(manager, openDocument, { documentId: id })).confidentiality).toBe('normal')
  })

  it('names the file of its newest version in the list that is taken out', async () => {
    const { id, subject } = await filed()
    const { uploadId } = await upload('二版.pdf', pdf('二版'), subject)
    await world.done(staff, addNewVersion, { documentId: id, uploadId, reason: '新しい版にします' })
    const { rows } = await world.ask(auditor, listDocuments, { recordId: subject })
    const column = lists[0]!.columns.find(({ key }) => key === 'fileName')
    expect(column?.value(rows[0] as never)).toBe('二版.pdf')
  })

  it('is struck instead of deleted, unless it is held, and proves nothing while it is struck', async () => {
    const { id, subject } = await filed()
    const why = { documentId: id, reason: '別の顧客の書類でした' }
    expect(await world.refused(world.run(staff, strike, why))).toEqual(['permission_must_be_held'])
    expect(await world.refused(world.run(officer, release, why))).toEqual(['document_must_be_held'])
    await world.done(officer, hold, why)
    expect(await world.refused(world.run(officer, hold, why))).toEqual(['document_must_not_be_held'])
    expect(await world.refused(world.run(manager, strike, why))).toEqual(['document_must_not_be_held'])
    expect((await page(id)).hold).toMatchObject({ by: '法務', reason: '別の顧客の書類でした' })
    await world.done(officer, release, why)
    expect(await world.refused(world.run(manager, restore, why))).toEqual(['document_must_be_struck'])
    await world.done(manager, strike, why)
    const shown = async (struck: 'true' | 'false') =>
      (await world.ask(auditor, listDocuments, { recordId: subject, struck })).rows.map(row => row.id)
    expect(await shown('false')).toEqual([])
    expect(await shown('true')).toEqual([id])
    expect(await world.refused(world.run(officer, hold, why))).toEqual(['document_must_stand'])
    expect(await world.refused(world.run(manager, strike, why))).toEqual(['document_must_stand'])
    const { uploadId } = await upload('新.pdf', pdf('新'), subject)
    const version = { documentId: id, uploadId, reason: '新しい版にします' }
    expect(await world.refused(world.run(staff, addNewVersion, version))).toEqual(['document_must_stand'])
    const fix = { documentId: id, rowVersion: 4, amountYen: 1, reason: '抹消後の訂正' }
    expect(await world.refused(world.run(staff, correct, fix))).toEqual(['document_must_stand'])
    await world.done(manager, restore, why)
    expect(await shown('false')).toEqual([id])
    expect((await world.verbsOf(id)).filter(verb => verb !== 'attempt_refused')).toEqual([
      'document_added',
      'document_held',
      'document_released',
      'document_struck',
      'document_restored',
    ])
  })

  it('speaks before it expires, unless a later one of its kind has come', async () => {
    const near = async (subject: string) =>
      (await world.db.transaction().execute(tx => papersExpiring(tx, '2026-12-24'))).filter(
        paper => paper.partyId === subject,
      )
    const { subject, id } = await filed({ docKind: 'id', expiresOn: '2026-12-24' })
    expect(await near(subject)).toMatchObject([{ id, expiresOn: '2026-12-24', kindWord: '本人確認書類' }])
    const { uploadId } = await upload('新.pdf', pdf('新しい'), subject)
    const links = [{ kind: 'party', id: subject }]
    await world.done(staff, add, { uploadId, docKind: 'id', expiresOn: '2031-12-24', links })
    expect(await near(subject)).toEqual([])
  })
})

describe('an upload', () => {
  it('is taken only for a record that exists, of a kind that takes documents, and within reach', async () => {
    const file = { fileName: 'a.pdf', contentBase64: pdf('a').toString('base64') }
    const partyId = await newParty()
    const contractor = await world.person('委託先', 'contractor')
    for (const [by, record] of [
      [staff, { kind: 'party', id: newId() }],
      [staff, { kind: 'staff', id: staff.id }],
      [staff, { kind: 'receivable', id: partyId }],
      [staff, { kind: 'nothing', id: partyId }],
      [contractor, { kind: 'party', id: partyId }],
    ] as const)
      expect(await world.refused(world.ask(by, uploadFile, { ...file, record })), record.kind).toEqual([
        'record_must_be_linkable',
      ])
  })

  it('becomes a document of the record it was made for and of no other', async () => {
    const [partyId, other] = [await newParty(), await newParty()]
    const { uploadId } = await upload('a.pdf', pdf('a'), partyId)
    const links = [
      { kind: 'party', id: partyId },
      { kind: 'party', id: other },
    ]
    expect(await world.refused(world.run(staff, add, { uploadId, docKind: 'other', links }))).toEqual([
      'link_must_be_the_uploaded_record',
    ])
  })
})

describe('evidence', () => {
  const change = (evidence: string[]) => ({
    reasonCode: 'correction' as const,
    reasonText: '登記で確認した',
    evidence,
  })
  const renamed = async (partyId: string, evidence: string[]) => {
    const { rowVersion } = await world.ask(staff, openParty, { partyId })
    const name = { legalName: `改称${++serial}`, effectiveOn: '2026-11-24' }
    return world.run(staff, rename, { partyId, rowVersion, ...name, change: change(evidence) })
  }

  it('is a document that lies in the store and that its requester may see', async () => {
    const partyId = await newParty()
    expect(await world.refused(renamed(partyId, [newId()]))).toEqual(['evidence_must_be_a_document'])
    const { uploadId } = await upload('秘.pdf', pdf('秘'), partyId, officer)
    const hidden = await world.done(officer, add, {
      uploadId,
      docKind: 'other',
      confidentiality: 'compliance',
      links: [{ kind: 'party', id: partyId }],
    })
    expect(await world.refused(renamed(partyId, [hidden.id]))).toEqual(['evidence_must_be_a_document'])
    const paper = await upload('登記.pdf', pdf('登記'), partyId)
    const shown = await world.done(staff, add, {
      uploadId: paper.uploadId,
      docKind: 'registry',
      links: [{ kind: 'party', id: partyId }],
    })
    const answer = await renamed(partyId, [shown.id])
    if (answer.status !== 202) throw new Error('expected to wait for a second person')
    // Struck while it waits, it carries no approval.
    const { changeRequestId } = answer.body
    const yes = () => world.run(manager, approve, { changeRequestId })
    await world.done(officer, strike, { documentId: shown.id, reason: '別の会社の書類でした' })
    expect(await world.refused(yes())).toEqual(['evidence_must_stand'])
    await world.done(officer, restore, { documentId: shown.id, reason: 'この会社の書類でした' })
    expect((await yes()).status).toBe(200)
  })
})

describe('a document of compliance only', () => {
  it('shows neither itself nor its events to anybody else, the auditor and managers included', async () => {
    const partyId = await newParty()
    const content = pdf('疑わしい取引の届出 別紙')
    const { uploadId } = await upload('届出.pdf', content, partyId, officer)
    const { id } = await world.done(officer, add, {
      uploadId,
      docKind: 'other',
      title: '疑わしい取引の届出',
      confidentiality: 'compliance',
      links: [{ kind: 'party', id: partyId }],
    })
    const again = await upload('届出2.pdf', pdf('差替'), partyId, officer)
    await world.done(officer, addNewVersion, {
      documentId: id,
      uploadId: again.uploadId,
      reason: '別紙を差し替えた',
    })
    const days = { from: '2026-11-24', to: '2026-11-25' }
    const about = async (by: Actor) => {
      const history = await world.ask(by, recordHistory, { recordId: partyId })
      const own = await world.ask(by, recordHistory, { recordId: id })
      const listed = await world.ask(by, listDocuments, { recordId: partyId })
      const trail =
        by === staff ? { rows: [] as TrailEvent[] } : await world.ask(by, listEvents, { limit: 200 })
      return JSON.stringify({
        history,
        own,
        listed,
        trail: trail.rows.filter(event => event.subjects.some(one => one.id === partyId)),
      })
    }
    for (const by of [staff, auditor, manager]) {
      const said = await about(by)
      expect(said, by.name).not.toContain(id)
      expect(said, by.name).not.toContain('疑わしい')
      expect(said, by.name).not.toContain('document_')
    }
    const said = await about(officer)
    expect(said).toContain('document_added')
    expect(said).toContain('document_version_added')
    for (const by of [auditor, manager])
      expect(await world.refused(world.ask(by, whoSaw, { recordId: id, ...days }))).toEqual([
        'record_must_exist',
      ])
    expect((await world.ask(auditor, whoSaw, { recordId: partyId, ...days })).rows).toEqual([])
    // The same file in other hands does not tell that compliance has it.
    expect((await upload('写し.pdf', content)).seenElsewhere).toBe(false)
    expect((await upload('写し.pdf', content, partyId, officer)).seenElsewhere).toBe(true)
  })

  it('is made by compliance only', async () => {
    const partyId = await newParty()
    const { uploadId } = await upload('a.pdf', pdf('b'), partyId)
    const attempt = world.run(staff, add, {
      uploadId,
      docKind: 'other',
      confidentiality: 'compliance',
      links: [{ kind: 'party', id: partyId }],
    })
    expect(await world.refused(attempt)).toEqual(['class_must_be_visible'])
  })
})

describe('the history of a record', () => {
  it('is shown to whoever may look at the record', async () => {
    const sales = await world.person('営業', 'sales')
    const attempt = world.ask(sales, recordHistory, { recordId: officer.id })
    expect(await world.refused(attempt)).toEqual(['permission_must_be_held'])
    expect((await world.ask(auditor, recordHistory, { recordId: officer.id })).rows.length).toBeGreaterThan(0)
  })
})

describe('the company behind a printed name', () => {
  it('is proposed in any spelling, and the printed name stays beside it', async () => {
    const { id: debtorId } = await world.done(staff, register, {
      partyKind: 'corporation',
      legalName: '株式会社照合先商事',
      roles: ['debtor'],
    })
    const proposed = async (name: string, by = staff) =>
      (await world.ask(by, proposeCounterparties, { name })).rows
    expect(await proposed('㈱照合先商事')).toMatchObject([{ id: debtorId, sameName: true }])
    expect(await proposed('照合先')).toMatchObject([{ id: debtorId, sameName: false }])
    expect(await proposed('どこにもない会社')).toEqual([])
    const contractor = await world.person('委託', 'contractor')
    expect(await proposed('照合先商事', contractor)).toEqual([])
    const subject = await newParty()
    const { uploadId } = await upload('照合.pdf', pdf('照合'), subject)
    const { id } = await world.done(staff, add, {
      uploadId,
      docKind: 'invoice',
      links: [{ kind: 'party', id: subject }],
      counterparty: '㈱照合先商事',
      counterpartyId: debtorId,
    })
    expect(await world.ask(staff, openDocument, { documentId: id })).toMatchObject({
      counterparty: '㈱照合先商事',
      counterpartyParty: { id: debtorId, name: '株式会社照合先商事' },
    })
  })
})
