import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { BACKUP_LOCK } from '../../platform/database/backup/index.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Services } from '../../platform/slice.ts'
import { systemActor } from '../access/index.ts'
import { FileStore } from '../documents/index.ts'
import { certify } from './certificate.ts'
import { subjectsOf } from './subject.ts'
import './tables.ts'

/**
 * Takes the files of disposals out of the store and then writes their certificates, one disposal in one transaction; waits while a backup is
 * being made. Whatever a kill interrupts is found again: a removed file is no error. Answers how many disposals were finished.
 */
export async function finishDisposals(services: Services): Promise<number> {
  const { db } = services
  const { rows } = await sql<{ id: Id }>`
    select id from disposal where certificate_document_id is null order by executed_at, id limit 50`.execute(
    db,
  )
  let finished = 0
  for (const { id } of rows) if (await finishOne(services, id)) finished++
  return finished
}

async function finishOne({ db, config, keys, executor, permissions }: Services, id: Id): Promise<boolean> {
  return db.transaction().execute(async tx => {
    const lock = await sql<{ got: boolean }>`select pg_try_advisory_xact_lock(${BACKUP_LOCK}) as got`.execute(
      tx,
    )
    if (!lock.rows[0]?.got) return false
    const row = await tx
      .selectFrom('disposal as d')
      .innerJoin('change_request as c', 'c.id', 'd.change_request_id')
      .selectAll('d')
      .select('c.change_no')
      .where('d.id', '=', id)
      .where('d.certificate_document_id', 'is', null)
      .forUpdate('d')
      .skipLocked()
      .executeTakeFirst()
    if (!row) return false
    const context = executor.context(tx, systemActor('schedule', permissions), 'disposal')
    const at = context.now.toISOString()
    const files = await tx
      .selectFrom('disposal_file')
      .select('stored_path')
      .where('disposal_id', '=', id)
      .where('removed_at', 'is', null)
      .execute()
    for (const { stored_path } of files) await rm(join(config.filesDir, stored_path), { force: true })
    await tx.updateTable('disposal_file').set({ removed_at: at }).where('disposal_id', '=', id).execute()
    const subject = (await subjectsOf(tx, row.subject_kind, [row.subject_id])).get(row.subject_id)
    if (!subject) throw new Error(`the subject of disposal ${row.disposal_no} is gone`)
    const certificate = await certify(context, new FileStore(config.filesDir, keys), {
      id,
      disposalNo: row.disposal_no,
      subject,
      retentionClass: row.retention_class,
      dueOn: row.due_on,
      checkedAt: row.legal_hold_checked_at,
      proposedBy: row.proposed_by,
      approvedBy: row.approved_by,
      reason: row.reason,
      changeNo: row.change_no,
      executedAt: row.executed_at,
      rows: row.rows,
      keysDestroyed: row.keys_destroyed,
      scope: row.scope,
    })
    await tx
      .updateTable('disposal')
      .set({ certificate_document_id: certificate })
      .where('id', '=', id)
      .execute()
    await context.record({
      verb: 'disposal_certified',
      subjects: [
        { kind: 'disposal', id },
        { kind: subject.kind, id: subject.id },
        { kind: 'document', id: certificate },
      ],
      facts: {
        summary: `廃棄証明書 ${row.disposal_no}　ファイル${row.scope.files}件を削除`,
        files: files.length,
      },
    })
    return true
  })
}

/** Keys which another process of the program destroyed are forgotten here too: of disposals of the last minutes. */
export async function forgetDestroyedKeys({ db, keys, clock }: Services): Promise<void> {
  const since = new Date(clock.now().getTime() - 600_000).toISOString()
  const { rows } = await sql<{ subject_id: Id }>`
    select s.subject_id from disposal d join disposal_subject s on s.disposal_id = d.id where d.executed_at > ${since}`.execute(
    db,
  )
  for (const { subject_id } of rows) keys.forget(subject_id)
}
