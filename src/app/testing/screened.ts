import { sql } from 'kysely'
import type { Actor } from '../../platform/commands/actor.ts'
import { newId } from '../../platform/ids/uuid.ts'
import type { World } from './world.ts'

/** A search without a hit for each company, as the screening job leaves it. */
export async function screenedBy(world: World, by: Actor, subjectIds: readonly string[]): Promise<void> {
  await world.db.transaction().execute(async tx => {
    for (const subjectId of subjectIds) {
      await sql`insert into screening_case (id, subject_kind, subject_id, subject_name, snapshot_sealed, subject_hash, trigger, scope,
          lists, engine_version, policy_version, searched_at, job_key, hit_count, state, next_due_on)
        values (${newId()}, 'party', ${subjectId}, 'テスト', '', '', 'created', '{}', '[]', 1, '1', now(), ${newId()}, 0, 'cleared',
          '2027-11-24')`.execute(tx)
      await sql`delete from screening_queue where subject_id = ${subjectId}`.execute(tx)
    }
    const context = world.executor.context(tx, by, 'test')
    await context.record({ verb: 'test_screened', subjects: subjectIds.map(id => ({ kind: 'party', id })) })
  })
}
