import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import { found, Refusal, refuseUnless } from '../../platform/commands/refusal.ts'
import { markOf, readMark } from '../../platform/database/paging.ts'
import type { FileAnswer, QueryContext, Seen } from '../../platform/http/route.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import type { RecordDirectory } from '../../platform/records.ts'
import { staffNames } from '../access/index.ts'
import { type CompanyRecords, companyRecords, seenNumbersOf } from '../audit/index.ts'
import {
  type DocumentRow,
  type downloadDocument,
  LARGEST_FILE_BYTES,
  type listDocuments,
  type uploadFile,
} from './contract.ts'
import { type FileVerdict, judgeFile } from './file-kinds.ts'
import type { FileStore } from './file-store.ts'
import { isClosedTo } from './quarantined.ts'
import { type DocumentRecord, receivedOnOf } from './records.ts'
import type { Confidentiality } from './tables.ts'
import { visibleClasses } from './visible-classes.ts'

/** Keeps an uploaded file, encrypted, until a command takes it; refuses what is not what it says it is. */
export async function receiveUpload(
  {
    store,
    records,
    judge = judgeFile,
  }: { store: FileStore; records: RecordDirectory; judge?: (name: string, content: Buffer) => FileVerdict },
  context: QueryContext,
  input: z.output<typeof uploadFile.input>,
): Promise<Seen<z.input<typeof uploadFile.output>>> {
  const { db, actor, now } = context
  const owner = await records.find(context, input.record)
  refuseUnless(owner !== null, 'record_must_be_linkable', { kind: 'missing', field: 'record' })
  const content = Buffer.from(input.contentBase64, 'base64')
  refuseUnless(content.length <= LARGEST_FILE_BYTES, 'file_must_not_be_too_large', {
    kind: 'invalid',
    field: 'contentBase64',
  })
  const verdict = judge(input.fileName, content)
  if (!verdict.ok)
    throw new Refusal('invalid', [{ code: verdict.code, message: verdict.message, field: 'fileName' }])
  const stored = await store.write(db, owner.dataSubjectId, content)
  const id = newId()
  const { mime } = verdict.kind
  await db
    .insertInto('document_upload')
    .values({
      id,
      uploaded_by: actor.id,
      data_subject_id: owner.dataSubjectId,
      record_kind: input.record.kind,
      record_id: input.record.id,
      original_file_name: input.fileName,
      mime,
      size_bytes: content.length,
      content_hash: stored.contentHash,
      stored_path: stored.storedPath,
      uploaded_at: now.toISOString(),
    })
    .execute()
  const elsewhere = await db
    .selectFrom('document_version as v')
    .innerJoin('document as d', 'd.id', 'v.document_id')
    .select('v.id')
    .where('v.content_hash', '=', stored.contentHash)
    .where('d.confidentiality', 'in', visibleClasses(context))
    .limit(1)
    .executeTakeFirst()
  return {
    body: { uploadId: id, mime, sizeBytes: content.length, seenElsewhere: elsewhere !== undefined },
    seen: [],
  }
}

export async function list(
  context: QueryContext,
  input: z.output<typeof listDocuments.input>,
): Promise<Seen<{ rows: DocumentRow[]; next: string | null }>> {
  const { db } = context
  const company = input.recordId ? await companyRecords(db, input.recordId) : null
  let query = conditioned(context, input, company, visibleClasses(context))
    .selectAll('d')
    .orderBy('d.id', 'desc')
    .limit(input.limit + 1)
  // Documents named one by one are shown whatever became of them: a decision once rested on them.
  if (input.struck) query = query.where('d.struck_at', 'is not', null)
  else if (input.ids.length === 0) query = query.where('d.struck_at', 'is', null)
  if (input.after) query = query.where('d.id', '<', String(readMark(input.after, 1)[0]))
  const rows = await query.execute()
  const page = rows.slice(0, input.limit)
  const linkedTo = company ? await linkedRecords(context, company, page) : new Map<Id, string[]>()
  const last = page.at(-1)
  return {
    body: {
      rows: await rowsShown(context, page, linkedTo),
      next: rows.length > input.limit && last ? markOf([last.id]) : null,
    },
    seen: [
      ...page.map(row => row.seen_no),
      ...(await seenThrough(
        context,
        page.map(row => row.id),
      )),
    ],
  }
}

export type DocumentConditions = Omit<z.output<typeof listDocuments.input>, 'limit' | 'after' | 'struck'>

/** Documents of these classes under the conditions of the statutory search (JR §5.1), struck ones among them. */
export function conditioned(
  context: QueryContext,
  input: DocumentConditions,
  company: CompanyRecords | null,
  classes: readonly Confidentiality[],
) {
  let query = context.db.selectFrom('document as d').where('d.confidentiality', 'in', classes)
  if (company)
    query = query.where(eb =>
      eb.exists(
        eb
          .selectFrom('document_link as l')
          .select('l.document_id')
          .whereRef('l.document_id', '=', 'd.id')
          .where('l.object_id', 'in', company.ids),
      ),
    )
  if (context.actor.reach === 'assigned') query = query.where(linkedToAssigned(context, sql.ref('d.id')))
  if (input.ids.length) query = query.where('d.id', 'in', input.ids)
  if (input.docKind) query = query.where('d.doc_kind', '=', input.docKind)
  if (input.from) query = query.where('d.transaction_date', '>=', input.from)
  if (input.to) query = query.where('d.transaction_date', '<=', input.to)
  if (input.amountFrom !== undefined) query = query.where('d.amount_yen', '>=', input.amountFrom)
  if (input.amountTo !== undefined) query = query.where('d.amount_yen', '<=', input.amountTo)
  if (input.withoutAmount) query = query.where('d.amount_yen', 'is', null)
  if (input.counterparty)
    query = query.where('d.counterparty', 'like', `%${input.counterparty.replace(/[\\%_]/g, '\\$&')}%`)
  if (input.receivedVia) query = query.where('d.received_via', '=', input.receivedVia)
  return query
}

/** Documents as lists and pages show them. */
export async function rowsShown(
  context: QueryContext,
  page: readonly DocumentRecord[],
  linkedTo: ReadonlyMap<Id, string[]> = new Map(),
): Promise<DocumentRow[]> {
  const versions = await versionsOf(
    context,
    page.map(row => row.id),
  )
  return page.map(row => ({
    id: row.id,
    docNo: row.doc_no,
    docKind: row.doc_kind,
    title: row.title,
    transactionDate: row.transaction_date,
    amountYen: row.amount_yen,
    counterparty: row.counterparty,
    expiresOn: row.expires_on,
    confidentiality: row.confidentiality,
    registeredAt: row.registered_at,
    receivedVia: row.received_via,
    receivedOn: receivedOnOf(row),
    validOn: row.valid_on,
    corrected: row.corrected_at !== null,
    struck: row.struck_at !== null,
    legalHold: row.held_since !== null,
    quarantined: row.quarantined_at !== null,
    disposed: row.disposed_at !== null,
    recordNos: linkedTo.get(row.id) ?? [],
    versions: versions.get(row.id) ?? [],
  }))
}

/** Who sees a document sees something of the records it is filed with: their numbers for the view record. */
export async function seenThrough({ db }: QueryContext, documentIds: Id[]): Promise<number[]> {
  if (documentIds.length === 0) return []
  const links = await db
    .selectFrom('document_link')
    .select('object_id')
    .distinct()
    .where('document_id', 'in', documentIds)
    .execute()
  return seenNumbersOf(
    db,
    links.map(link => link.object_id),
  )
}

/** To which records of a merged company each document is linked, by document. */
async function linkedRecords(
  { db }: QueryContext,
  company: CompanyRecords,
  documents: readonly { id: Id }[],
): Promise<Map<Id, string[]>> {
  const found = new Map<Id, string[]>()
  if (company.ids.length === 1 || documents.length === 0) return found
  const rows = await db
    .selectFrom('document_link')
    .select(['document_id', 'object_id'])
    .where(
      'document_id',
      'in',
      documents.map(document => document.id),
    )
    .where('object_id', 'in', company.ids)
    .orderBy('object_id')
    .execute()
  for (const row of rows) {
    const number = company.numberOf(row.object_id)
    if (number) found.set(row.document_id, [...(found.get(row.document_id) ?? []), number])
  }
  return found
}

async function versionsOf({ db }: QueryContext, ids: Id[]): Promise<Map<Id, DocumentRow['versions']>> {
  const byDocument = new Map<Id, DocumentRow['versions']>()
  if (ids.length === 0) return byDocument
  const rows = await db
    .selectFrom('document_version')
    .selectAll()
    .where('document_id', 'in', ids)
    .orderBy('version_no', 'desc')
    .execute()
  const names = await staffNames(
    db,
    rows.map(row => row.added_by),
  )
  for (const row of rows) {
    const versions = byDocument.get(row.document_id) ?? []
    versions.push({
      versionNo: row.version_no,
      fileName: row.file_name,
      mime: row.mime,
      sizeBytes: row.size_bytes,
      addedBy: { id: row.added_by, name: names.get(row.added_by) ?? '（不明）' },
      addedAt: row.added_at,
      reason: row.reason,
    })
    byDocument.set(row.document_id, versions)
  }
  return byDocument
}

const INLINE = new Set(['application/pdf', 'image/png', 'image/jpeg'])

export async function download(
  store: FileStore,
  context: QueryContext,
  input: z.output<typeof downloadDocument.input>,
): Promise<FileAnswer> {
  const { db } = context
  const row = found(
    await db
      .selectFrom('document as d')
      .innerJoin('document_version as v', 'v.document_id', 'd.id')
      .select([
        'd.seen_no',
        'd.id',
        'd.quarantined_at',
        'd.closed_versions',
        'v.file_name',
        'v.mime',
        'v.content_hash',
        'v.stored_path',
        'd.disposed_at',
      ])
      .where('d.id', '=', input.documentId)
      .where('v.version_no', '=', input.versionNo)
      .where('d.confidentiality', 'in', visibleClasses(context))
      .executeTakeFirst(),
    'document',
  )
  await refuseOutOfReach(context, row.id)
  refuseUnless(!isClosedTo(context.actor, row, input.versionNo), 'document_must_not_be_quarantined', {
    kind: 'forbidden',
  })
  refuseUnless(row.disposed_at === null, 'document_must_be_disposed_of_no_more', { kind: 'missing' })
  const content = await store.read(db, { storedPath: row.stored_path, contentHash: row.content_hash })
  refuseUnless(content !== null, 'document_must_be_disposed_of_no_more', { kind: 'missing' })
  return {
    file: { name: row.file_name, mime: row.mime, content, inline: INLINE.has(row.mime) },
    seen: [row.seen_no, ...(await seenThrough(context, [row.id]))],
  }
}

export async function refuseOutOfReach(context: QueryContext, documentId: Id): Promise<void> {
  if (context.actor.reach === 'all') return
  const { rows } = await sql`select 1 where ${linkedToAssigned(context, sql`${documentId}::uuid`)}`.execute(
    context.db,
  )
  refuseUnless(rows.length > 0, 'record_must_exist', { kind: 'missing' })
}

/** SQL: the document is linked to a company assigned to this contractor today, under any of its records. */
function linkedToAssigned({ actor, today }: QueryContext, documentId: RawBuilder<unknown>) {
  return sql<boolean>`exists (select from document_link l join party_identity own on own.party_id = l.object_id
    join party_identity mate on mate.identity_id = own.identity_id join party_assignment a on a.party_id = mate.party_id
    where l.document_id = ${documentId} and a.staff_id = ${actor.id} and a.ended_at is null
      and a.starts_on <= ${today} and a.ends_on >= ${today})`
}
