import { sql } from 'kysely'
import type { z } from 'zod'
import { Refusal } from '../../../platform/commands/refusal.ts'
import type { Db } from '../../../platform/database/database.ts'
import type { QueryContext, Seen } from '../../../platform/http/route.ts'
import { type Id, newId } from '../../../platform/ids/uuid.ts'
import { type FileStore, judgeFile } from '../../documents/index.ts'
import { sourceNoKey } from '../source-numbers.ts'
import { filesOf } from './archive.ts'
import type { linkRules, receiveArchive } from './contract.ts'
import { numbersIn } from './names.ts'
import './tables.ts'

const LARGEST_DOCUMENT_BYTES = 30 * 1024 * 1024

/** Judges, seals and queues each file of an archive. */
export async function receive(
  store: FileStore,
  { db, actor, now }: QueryContext,
  { fileName, contentBase64 }: z.output<typeof receiveArchive.input>,
): Promise<Seen<z.input<typeof receiveArchive.output>>> {
  const archiveName = fileName.replace(/^.*[\\/]/, '')
  const refused: { path: string; message: string }[] = []
  let received = 0
  let proposed = 0
  for await (const { path, content } of filesOf(archiveName, Buffer.from(contentBase64, 'base64'))) {
    const verdict = judgeFile(path.split('/').at(-1)!, content)
    if (!verdict.ok) {
      refused.push({ path, message: verdict.message })
      continue
    }
    if (content.length > LARGEST_DOCUMENT_BYTES) {
      refused.push({ path, message: 'ファイルが大きすぎます（上限30MB）。' })
      continue
    }
    const id = newId()
    const stored = await store.write(db, id, content)
    const proposal = await partyMeant(db, path)
    await db
      .insertInto('document_inbox')
      .values({
        id,
        archive_name: archiveName,
        path,
        mime: verdict.kind.mime,
        size_bytes: content.length,
        content_hash: stored.contentHash,
        stored_path: stored.storedPath,
        proposed_party_id: proposal?.partyId ?? null,
        proposed_by: proposal?.rule ?? null,
        received_by: actor.id,
        received_at: now.toISOString(),
      })
      .execute()
    received++
    if (proposal) proposed++
  }
  if (received === 0 && refused.length === 0)
    throw new Refusal('invalid', [{ code: 'archive_must_hold_files', field: 'contentBase64' }])
  return { body: { received, proposed, refused }, seen: [] }
}

interface Proposal {
  partyId: Id
  rule: (typeof linkRules)[number]
}

/** Whom a path means: our number before the corporate number before a number of the old system; none where it may mean several. */
async function partyMeant(db: Db, path: string): Promise<Proposal | null> {
  const { partyNos, corporateNumbers, words } = numbersIn(path)
  const one = (ids: Id[], rule: Proposal['rule']) => (ids.length === 1 ? { partyId: ids[0]!, rule } : null)
  const byColumn = async (column: 'party_no' | 'corporate_number', values: string[]) => {
    if (values.length === 0) return []
    const rows = await db.selectFrom('party').select('id').where(column, 'in', values).limit(2).execute()
    return rows.map(row => row.id)
  }
  const own = await byColumn('party_no', partyNos)
  if (own.length > 0) return one(own, 'party_number')
  const corporate = await byColumn('corporate_number', corporateNumbers)
  if (corporate.length > 0) return one(corporate, 'corporate_number')
  if (words.length === 0) return null
  const rows = await db
    .selectFrom('import_source_no')
    .innerJoin('party', 'party.id', 'import_source_no.record_id')
    .select('party.id')
    .distinct()
    .where('import_source_no.record_kind', '=', 'party')
    .where('import_source_no.source_no', '=', sql<string>`any(${words.map(sourceNoKey)}::text[])`)
    .limit(2)
    .execute()
  return one(
    rows.map(row => row.id),
    'source_number',
  )
}
