import { sql } from 'kysely'
import type { CommandContext } from '../../../platform/commands/command.ts'
import type { Id } from '../../../platform/ids/uuid.ts'
import type { LockedBatch } from '../batch.ts'

/** Names the records which a chunk brought: nothing else may be deleted from their tables. */
export async function keepTakenOver(
  { tx }: CommandContext,
  batch: LockedBatch,
  made: readonly Id[],
): Promise<void> {
  if (made.length === 0) return
  await sql`insert into import_taken_over (record_id, batch_id)
    select id, ${batch.id} from unnest(${[...made]}::uuid[]) as u (id)`.execute(tx)
}
