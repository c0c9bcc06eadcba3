import type { Selectable } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { Refusal } from '../../platform/commands/refusal.ts'
import type { Tables } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import './tables.ts'

export type Upload = Selectable<Tables['document_upload']>

/** A file which this person sent and nothing has taken yet; taken from now on. */
export async function takeUpload({ tx, actor, now }: CommandContext, uploadId: Id): Promise<Upload> {
  const upload = await tx
    .updateTable('document_upload')
    .set({ taken_at: now.toISOString() })
    .where('id', '=', uploadId)
    .where('uploaded_by', '=', actor.id)
    .where('taken_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
  if (!upload) throw new Refusal('missing', [{ code: 'upload_must_be_waiting', field: 'uploadId' }])
  return upload
}
