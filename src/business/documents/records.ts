import type { Selectable } from 'kysely'
import type { CommandContext, CommandEvent, RecordRef } from '../../platform/commands/command.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Tables } from '../../platform/database/database.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { PaperFacts } from './rules/paper.ts'
import type { Confidentiality } from './tables.ts'
import { visibleClasses } from './visible-classes.ts'

export type DocumentRecord = Selectable<Tables['document']>

/** The document, locked; to whoever may not see its class it does not exist. */
export async function lockDocument(context: CommandContext, documentId: Id): Promise<DocumentRecord> {
  const document = found(
    await context.tx
      .selectFrom('document')
      .selectAll()
      .where('id', '=', documentId)
      .forUpdate()
      .executeTakeFirst(),
    'document',
  )
  const maySee = visibleClasses(context).includes(document.confidentiality)
  refuseUnless(maySee, 'record_must_exist', { kind: 'missing' })
  refuseUnless(document.disposed_at === null, 'record_must_not_be_disposed_of')
  return document
}

/** The document and the records it is filed with: where its events show. */
export async function subjectsOf({ tx }: CommandContext, documentId: Id): Promise<RecordRef[]> {
  const links = await tx
    .selectFrom('document_link')
    .select(['object_kind as kind', 'object_id as id'])
    .where('document_id', '=', documentId)
    .execute()
  return [{ kind: 'document', id: documentId }, ...links]
}

/** That compliance keeps a document on somebody must not show to others (犯収法8条3項: no tipping off). */
export function restrictionOf(confidentiality: Confidentiality): Pick<CommandEvent, 'restrictedTo'> {
  return confidentiality === 'compliance' ? { restrictedTo: 'documents.readCompliance' } : {}
}

/** The company named as counterparty is one the person may see. */
export async function refuseStrangeCounterparty(
  { tx, actor, today, records }: CommandContext,
  partyId: Id | null | undefined,
): Promise<void> {
  if (!partyId) return
  const party = await records.find({ db: tx, actor, today }, { kind: 'party', id: partyId })
  refuseUnless(party !== null, 'counterparty_must_be_known', { kind: 'invalid', field: 'counterpartyId' })
}

/** What the rules look at of a stored document. */
export function factsOf(row: DocumentRecord): PaperFacts {
  return {
    docKind: row.doc_kind,
    transactionDate: row.transaction_date,
    receivedOn: receivedOnOf(row),
    validOn: row.valid_on,
    expiresOn: row.expires_on,
    authenticity: row.authenticity,
    timestampAt: row.timestamp_at,
    textVersion: row.text_version,
  }
}

/** The day it came; the day it was filed where nothing was recorded. */
export function receivedOnOf(row: Pick<DocumentRecord, 'received_on' | 'registered_at'>): string {
  return row.received_on ?? todayInTokyo(new Date(row.registered_at))
}
