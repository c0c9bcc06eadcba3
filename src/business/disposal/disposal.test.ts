import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { slices } from '../../app/slices.ts'
import { EVIDENCE } from '../../app/testing/database-setup.ts'
import { askEveryQuery } from '../../app/testing/views.ts'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { sealOnce } from '../../platform/trail/seal.ts'
import { verifyTrail } from '../../platform/trail/verify.ts'
import { register as registerAccount } from '../accounts/commands.ts'
import { approve } from '../approvals/commands.ts'
import { recordHistory } from '../audit/contract.ts'
import { record as recordContact } from '../communications/commands.ts'
import { listCommunications } from '../communications/contract.ts'
import { define } from '../customization/commands/define-field.ts'
import { addNewVersion } from '../documents/commands.ts'
import { downloadDocument, uploadFile } from '../documents/contract.ts'
import { addDocumentCommand } from '../documents/index.ts'
import { hold } from '../documents/keep.ts'
import { move as moveInquiry, open as openInquiry } from '../inquiries/commands.ts'
import { addDocument as addKycDocument, open as openKyc } from '../kyc/commands.ts'
import { changePartyBasics } from '../parties/commands/change-basics.ts'
import { addPartyBranch, recordPartyIdentifier } from '../parties/commands/places.ts'
import { register } from '../parties/commands/register-party.ts'
import { rename } from '../parties/commands/rename-party.ts'
import { listParties, openParty, searchParties } from '../parties/contract.ts'
import { add as addPerson } from '../people/commands.ts'
import { findPeople, peopleOfParty } from '../people/contract.ts'
import { propose } from './commands.ts'
import { judgeDisposal, listDisposals } from './contract.ts'
import { finishDisposals } from './finish.ts'

let world: World
let desk: Actor
let manager: Actor
let compliance: Actor
beforeAll(async () => {
  world = await createWorld()
  desk = await world.person('事務', 'operations', 'sales', 'collector')
  manager = await world.person('部長', 'manager')
  compliance = await world.person('法務', 'compliance')
})
afterAll(() => world.close())

const change = { reasonCode: 'review' as const, reasonText: '保存期間の満了を確認した', evidence: [] }
const LATER = new Date('2036-11-24T10:00:00+09:00')

/** What is planted in one company, wherever people type: none of it may be readable afterwards. */
const planted = [
  ...[
    '毛利製作所',
    'モウリセイサクショ',
    'MOURI WORKS',
    '毛利屋',
    '8010001034740',
    '豊洲五丁目',
    '0355500111',
  ],
  ...['旧毛利工業', '深川支店', '冬木町', 'TSR-778899', '金型の加工と修理', 'mouri-works.example'],
  ...['蘭之介', 'ランノスケ', '1971-02-03', '一番町', '09012345678', 'ran@mouri-works.example'],
  ...[
    'AB1234567',
    '売掛金を至急現金にしたい',
    '二十日に送金すると約束',
    '決算書を送ってほしい',
    '釣りが好き',
    '秘密の番号',
  ],
  ...['7654987', 'モウリ', '図面見本', '試作部長'],
]

async function party(legalName: string, more: object = {}) {
  const { id } = await world.done(desk, register, {
    partyKind: 'corporation',
    legalName,
    roles: ['client'],
    ...more,
  } as never)
  return id
}

const rowVersionOf = async (partyId: string) => (await world.ask(desk, openParty, { partyId })).rowVersion

async function paper(record: { kind: string; id: string }, more: object = {}, title = '書類') {
  const { uploadId } = await world.ask(desk, uploadFile, {
    fileName: `${title}.pdf`,
    record,
    contentBase64: Buffer.from(`%PDF-1.7 ${title}`).toString('base64'),
  })
  const { id } = await world.done(desk, addDocumentCommand, {
    uploadId,
    docKind: 'registry',
    title,
    links: [record],
    ...more,
  } as never)
  return id
}

const contactOf = (partyId: string) => ({
  partyId,
  channel: 'phone' as const,
  direction: 'in' as const,
  occurredAt: '2026-11-24T09:30:00+09:00',
  category: 'payment' as const,
  summary: '二十日に送金すると約束',
})

async function proposed(subjectKind: 'party' | 'person' | 'document', subjectId: string): Promise<string> {
  const answer = await world.run(manager, propose, { subjectKind, subjectId, change })
  expect(answer.status).toBe(202)
  return (answer.body as { changeRequestId: string }).changeRequestId
}

const refusedOf = (subjectKind: 'party' | 'person' | 'document', subjectId: string) =>
  world.refused(world.run(manager, propose, { subjectKind, subjectId, change }))

/** Every text, JSON and list of texts of every table but the public lists and registers, as one. */
async function readableIn(words: readonly string[]): Promise<string[]> {
  const { rows: columns } = await sql<{ table: string; column: string }>`
    select c.table_name as table, c.column_name as column from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and (c.data_type in ('text', 'jsonb', 'json') or c.udt_name = '_text')`.execute(
    world.db,
  )
  const found: string[] = []
  for (const { table, column } of columns) {
    const { rows } = await sql<{ word: string }>`select w.word from unnest(${[...words]}::text[]) w(word)
      where exists (select from ${sql.table(table)} t where position(w.word in ${sql.ref(`t.${column}`)}::text) > 0)`.execute(
      world.db,
    )
    for (const { word } of rows) found.push(`${table}.${column}: ${word}`)
  }
  return found
}

async function company() {
  const administrator = await world.person('管理者', 'administrator')
  const hobby = await world.done(administrator, define, {
    recordKind: 'party',
    type: 'text',
    label: '趣味',
    searchable: true,
  })
  const secret = await world.done(administrator, define, {
    recordKind: 'party',
    type: 'text',
    label: '暗証',
    sensitive: true,
    transferable: false,
  })
  const partyId = await party('旧毛利工業株式会社', {
    legalNameKana: 'モウリセイサクショ',
    legalNameEn: 'MOURI WORKS CO., LTD.',
    tradeName: '毛利屋',
    corporateNumber: '8010001034740',
    custom: { [hobby.key]: '釣りが好き', [secret.key]: '秘密の番号' },
  })
  const evidenced = { ...change, evidence: [EVIDENCE] }
  await world.done(desk, changePartyBasics, {
    partyId,
    rowVersion: await rowVersionOf(partyId),
    basics: {
      address: '東京都江東区豊洲五丁目6-36',
      phone: '03-5550-0111',
      businessSummary: '金型の加工と修理',
      emailDomain: 'mouri-works.example',
    },
    effectiveOn: '2026-11-24',
    change: evidenced,
  })
  const renaming = await world.run(desk, rename, {
    partyId,
    rowVersion: await rowVersionOf(partyId),
    legalName: '株式会社毛利製作所',
    effectiveOn: '2026-11-24',
    change: evidenced,
  })
  await world.done(await world.person('決裁', 'approver'), approve, {
    changeRequestId: (renaming.body as { changeRequestId: string }).changeRequestId,
  })
  await world.done(desk, addPartyBranch, {
    partyId,
    kind: 'branch',
    name: '深川支店',
    address: '東京都江東区冬木町1-1',
  })
  await world.done(desk, recordPartyIdentifier, {
    partyId,
    issuer: 'other',
    issuerName: '東都調査',
    value: 'TSR-778899',
  })
  const { personId } = await world.done(desk, addPerson, {
    partyId,
    role: 'representative',
    title: '試作部長',
    person: {
      familyName: '毛利',
      givenName: '蘭之介',
      familyKana: 'モウリ',
      givenKana: 'ランノスケ',
      birthDate: '1971-02-03',
      homeAddress: '東京都千代田区一番町1-1',
      phone: '090-1234-5678',
      email: 'ran@mouri-works.example',
    },
  })
  const shared = await world.done(desk, addPerson, {
    partyId,
    role: 'contact',
    person: { familyName: '共通', givenName: '担当' },
  })
  const kyc = await world.done(desk, openKyc, {
    partyId,
    trigger: 'onboarding',
    methodCode: 'corp_shown',
    purposeCode: 'sale_of_receivables',
    purpose: '売掛金を至急現金にしたい',
  })
  const seen = await world.done(desk, addKycDocument, {
    caseId: kyc.id,
    kind: 'drivers_licence',
    personId,
    number: 'AB1234567',
    seenOn: '2026-11-20',
    issuedOn: '2026-01-01',
  } as never)
  await world.done(desk, recordContact, contactOf(partyId))
  const inquiry = await world.done(desk, openInquiry, {
    partyId,
    channel: 'email',
    category: 'document',
    subject: '資料',
    body: '決算書を送ってほしい',
    receivedAt: '2026-11-24T09:00:00+09:00',
  })
  await world.done(desk, registerAccount, {
    partyId,
    usage: 'payout',
    bankCode: '0001',
    branchCode: '001',
    accountNo: '7654987',
    holderKana: 'カ)モウリセイサクショ',
    holderName: '毛利製作所',
  })
  const documentId = await paper({ kind: 'party', id: partyId }, { counterparty: '毛利製作所' }, '図面見本')
  const { uploadId } = await world.ask(desk, uploadFile, {
    fileName: '図面見本2.pdf',
    record: { kind: 'party', id: partyId },
    contentBase64: Buffer.from('%PDF-1.7 図面見本の二').toString('base64'),
  })
  await world.done(desk, addNewVersion, { documentId, uploadId, reason: '図面見本を差し替えた' })
  return {
    partyId,
    personId,
    sharedId: shared.personId,
    kycDocumentId: seen.id,
    inquiryId: inquiry.id,
    documentId,
  }
}

let gone: Awaited<ReturnType<typeof company>> & { livingId: string }

describe('a company past its retention', () => {
  it('is disposed of by two people: nothing of it is readable in any table, its files are gone, and the trail is whole', async () => {
    const made = await company()
    const { partyId, sharedId, inquiryId, documentId } = made
    const livingId = await party('株式会社存続')
    gone = { ...made, livingId }
    await world.done(desk, addPerson, { partyId: livingId, role: 'contact', personId: sharedId })
    const before = await readableIn(planted)
    expect(before.length).toBeGreaterThan(60)
    expect(planted.filter(word => !before.some(found => found.endsWith(`: ${word}`)))).toEqual(SEALED)

    expect(await refusedOf('party', partyId)).toEqual(['retention_must_be_over', 'inquiries_must_be_ended'])
    await world.done(desk, moveInquiry, {
      inquiryId,
      rowVersion: 1,
      to: 'spam',
      reason: '毛利製作所からの重複した問い合わせ',
    })
    world.clock.set(LATER)
    const judged = await world.ask(manager, judgeDisposal, { subjectKind: 'party', subjectId: partyId })
    expect(judged).toMatchObject({
      retentionClass: 'kyc_records',
      dueOn: '2033-11-24',
      reasons: [],
      goesWithIt: { parties: 1, people: 1, documents: 1, files: 2 },
    })
    const files = await storedFiles(documentId)
    expect(files.every(file => existsSync(file))).toBe(true)

    const changeRequestId = await proposed('party', partyId)
    expect(await world.refused(world.run(manager, approve, { changeRequestId }))).toContain(
      'maker_must_not_approve',
    )
    const { answer } = await world.done(compliance, approve, { changeRequestId })
    const { id, keysDestroyed } = answer as { id: string; keysDestroyed: number }
    expect(keysDestroyed).toBeGreaterThanOrEqual(2)
    expect(await finishDisposals(world)).toBe(1)

    expect(await readableIn(planted)).toEqual([])
    expect(files.some(file => existsSync(file))).toBe(false)
    const [done] = (await world.ask(manager, listDisposals, {})).rows
    expect(done).toMatchObject({
      id,
      number: judged.number,
      retentionClass: 'kyc_records',
      dueOn: '2033-11-24',
      proposedBy: '部長',
      approvedBy: '法務',
      files: 2,
      filesLeft: 0,
    })
    const { file } = await downloaded(done!.certificateDocumentId!)
    expect(file.content.subarray(0, 5).toString()).toBe('%PDF-')
    for (const table of ['party', 'person', 'document', 'field_value', 'communication'] as const)
      expect(await sealedThatOpens(table), table).toEqual([])
    for (; (await sealOnce(world.db, world.master, world.clock.now())) !== null; );
    const report = await verifyTrail(world.db, { master: world.master, anchors: [], now: world.clock.now() })
    expect(report.firstFault).toBeNull()
  })

  it('shows as 廃棄済み wherever it was shown, is found nowhere, and takes nothing more', async () => {
    const { partyId, personId, kycDocumentId, inquiryId, documentId } = gone
    const roles = ['compliance', 'operations', 'manager', 'reviewer', 'accounting', 'collector'] as const
    const asker = await world.person('全員', ...roles)
    for (const asOf of [undefined, '2026-12-01']) {
      const { missing, records } = await askEveryQuery(world, asker, {
        ...{
          partyId,
          personId,
          documentId,
          'kyc.unmaskDocument.documentId': kycDocumentId,
          inquiryId,
          recordId: partyId,
          subjectId: partyId,
        },
        ...{ text: '廃棄済み', name: '廃棄済み', legalName: '廃棄済み', subjectKind: 'party' },
        ...(asOf ? { asOf } : {}),
      })
      expect(missing).toEqual([])
      expect(records).toBeGreaterThan(10)
    }
    const shown = await world.ask(desk, openParty, { partyId })
    expect(shown).toMatchObject({
      legalName: '廃棄済み',
      roles: [],
      status: 'closed',
      corporateNumber: null,
      address: null,
    })
    expect(shown.disposedAt).not.toBeNull()
    expect((await world.ask(desk, openParty, { partyId, asOf: '2026-12-01' })).legalName).toBe('廃棄済み')
    for (const text of ['廃棄済み', '毛利', shown.partyNo, '8010001034740', '釣りが好き']) {
      const { rows } = await world.ask(desk, searchParties, { text, limit: 10 })
      expect(rows.map(row => row.id)).not.toContain(partyId)
    }
    const listed = await world.ask(desk, listParties, { limit: 200 })
    expect(listed.rows.map(row => row.id)).not.toContain(partyId)
    expect((await world.ask(desk, findPeople, { text: '毛利', limit: 10 })).rows).toEqual([])
    const { people } = await world.ask(desk, peopleOfParty, { partyId })
    expect(people.find(one => one.personId === personId)?.name).toBe('廃棄済み 廃棄済み')
    const history = await world.ask(compliance, recordHistory, { recordId: partyId })
    expect(JSON.stringify(history)).not.toMatch(/毛利|豊洲|釣り/)
    expect(history.rows.map(event => event.verb)).toContain('party_registered')
    const [talk] = (await world.ask(desk, listCommunications, { partyId })).rows
    expect(talk).toMatchObject({ summary: null })

    const attempts = [
      () => world.run(desk, addPartyBranch, { partyId, kind: 'branch', name: '再開支店' }),
      () =>
        world.run(desk, changePartyBasics, {
          partyId,
          rowVersion: shown.rowVersion,
          basics: { website: 'https://again.example/' },
          effectiveOn: '2036-11-24',
          change,
        }),
      () =>
        world.run(desk, addPerson, {
          partyId,
          role: 'contact',
          person: { familyName: '新', givenName: '人' },
        }),
      () => world.run(desk, addPerson, { partyId: gone.livingId, role: 'contact', personId }),
      () =>
        world.run(desk, recordContact, { ...contactOf(partyId), occurredAt: '2036-11-24T09:30:00+09:00' }),
      () => world.run(manager, propose, { subjectKind: 'party', subjectId: partyId, change }),
      () => world.run(compliance, hold, { documentId, reason: '訴訟に備えて保全する' }),
      () => paper({ kind: 'party', id: partyId }),
    ]
    for (const [at, attempt] of attempts.entries())
      expect(await world.refused(attempt()), String(at)).toContain('record_must_not_be_disposed_of')
    expect(await world.refused(downloaded(documentId))).toEqual(['document_must_be_disposed_of_no_more'])
  })
})

/** Typed words which are kept encrypted only, and are readable in no table from the beginning. */
const SEALED = [
  '1971-02-03',
  '一番町',
  '09012345678',
  'AB1234567',
  '二十日に送金すると約束',
  '決算書を送ってほしい',
  '秘密の番号',
  '7654987',
]

async function storedFiles(documentId: string): Promise<string[]> {
  const rows = await world.db
    .selectFrom('document_version')
    .select('stored_path')
    .where('document_id', '=', documentId)
    .execute()
  return rows.map(row => join(world.config.filesDir, row.stored_path))
}

async function downloaded(documentId: string) {
  const route = slices
    .flatMap(slice => slice.routes(world))
    .find(one => one.contract.name === downloadDocument.name)
  const now = world.clock.now()
  const context = {
    db: world.db,
    actor: manager,
    now,
    today: now.toISOString().slice(0, 10),
    requestId: 'test',
  }
  return (await (route as { answer: (...of: never[]) => unknown }).answer(
    context as never,
    { documentId, versionNo: 1 } as never,
  )) as {
    file: { content: Buffer }
  }
}

/** Sealed values of a table's rows whose key still opens them and whose subject was disposed of. */
async function sealedThatOpens(table: string): Promise<string[]> {
  const { rows } = await sql<{
    row: string
  }>`select to_jsonb(t)::text as row from ${sql.table(table)} t`.execute(world.db)
  const opened: string[] = []
  for (const { row } of rows)
    for (const sealed of row.match(/enc1\.[0-9a-f-]{36}\.[\w-]+\.[\w-]+/g) ?? []) {
      const text = await world.keys.open(world.db, sealed)
      if (text !== null && planted.some(word => text.includes(word))) opened.push(text)
    }
  return opened
}
