import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/database/database.ts'
import { insertMany } from '../../platform/database/insert-many.ts'
import { addMonths } from '../../platform/dates/calendar-date.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { type InForce, policyInForce } from '../policy/index.ts'
import { judge } from './other-facts.ts'
import { isLiving } from './party-facts.ts'
import { type SubjectKind, subjectKinds } from './tables.ts'

const AT_ONCE = 2_000
const LOCK = 7_203_095
const AGAIN_AFTER_MS = 24 * 3_600_000

/**
 * Looks over the next records of a kind and keeps which of them are past their retention. Each kind is walked from one end to the other once a
 * day and whenever the rule book changes, some thousand records in one transaction, going on where it stopped. Answers whether there is more to do now.
 */
export async function findNextDue(db: Db, now: Date): Promise<boolean> {
  return db.transaction().execute(async tx => {
    const lock = await sql<{ got: boolean }>`select pg_try_advisory_xact_lock(${LOCK}) as got`.execute(tx)
    if (!lock.rows[0]?.got) return false
    const walks = await tx.selectFrom('disposal_walk').selectAll().execute()
    const policy = await policyInForce(tx)
    for (const kind of subjectKinds) {
      const walk = walks.find(one => one.subject_kind === kind)
      const sameRules = walk?.policy_version === policy.versionNo
      const walking = sameRules && walk?.begun_at != null && walk.done_at === null
      const rested =
        sameRules &&
        walk?.done_at != null &&
        now.getTime() - new Date(walk.done_at).getTime() < AGAIN_AFTER_MS
      if (!walking && rested) continue
      await step(
        tx,
        { kind, after: walking ? walk.after : null, begunAt: walking ? walk.begun_at! : now.toISOString() },
        policy,
        now,
      )
      return true
    }
    return false
  })
}

async function step(
  tx: Tx,
  { kind, after, begunAt }: { kind: SubjectKind; after: Id | null; begunAt: string },
  { retention, versionNo }: InForce,
  now: Date,
): Promise<void> {
  const today = todayInTokyo(now)
  const at = now.toISOString()
  const ids = await nextIds(tx, kind, after)
  const old = await oldEnough(tx, kind, ids, addMonths(today, -12 * leastYears(kind, retention)))
  const judged = await judge(tx, kind, old, retention)
  const found = [...judged]
    // What still runs is not past anything: its period has not begun.
    .filter(([, one]) => one.until < today && !isLiving(one))
    .map(([id, one]) => ({
      subject_kind: kind,
      subject_id: id,
      retention_class: one.rule,
      due_on: one.until,
      hindrances: [...one.hindrances],
      found_at: at,
    }))
  const last = ids.at(-1)
  await sql`delete from disposal_due where subject_kind = ${kind}
    and (${after}::uuid is null or subject_id > ${after}::uuid) and (${last ?? null}::uuid is null or subject_id <= ${last ?? null}::uuid)`.execute(
    tx,
  )
  await insertMany(tx, 'disposal_due', found)
  const values = {
    after: last ?? null,
    begun_at: begunAt,
    policy_version: versionNo,
    done_at: ids.length < AT_ONCE ? at : null,
  }
  await tx
    .insertInto('disposal_walk')
    .values({ subject_kind: kind, ...values })
    .onConflict(conflict => conflict.column('subject_kind').doUpdateSet(values))
    .execute()
}

/** Nothing is past its retention before the shortest period is over. */
function leastYears(kind: SubjectKind, retention: Readonly<Record<string, number>>): number {
  const items =
    kind === 'document'
      ? ['tax_books', 'claims', 'kyc_records', 'screening']
      : ['rejected', 'kyc_records', 'claims']
  return Math.min(...items.map(code => retention[code] ?? 0))
}

async function nextIds(tx: Tx, kind: SubjectKind, after: Id | null): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`select id from ${sql.table(kind)}
    where ${after}::uuid is null or id > ${after}::uuid order by id limit ${AT_ONCE}`.execute(tx)
  return rows.map(row => row.id)
}

/** Of these records those which may be past anything at all: old enough, not disposed of, and of a company only the one that stands for it. */
async function oldEnough(tx: Tx, kind: SubjectKind, ids: readonly Id[], before: string): Promise<Id[]> {
  const registered = sql`(registered_at at time zone 'Asia/Tokyo')::date`
  const more = {
    // A relation moved in from another system is older than its record here.
    party: sql`folded_into is null and (stage <> 'prospect' or ${registered} <= ${before}::date)`,
    person: sql`${registered} <= ${before}::date and not exists (select from party_person r join party p on p.id = r.party_id
      where r.person_id = person.id and r.valid_to is null and p.disposed_at is null)`,
    document: sql`coalesce(greatest(transaction_date, received_on, valid_on, expires_on), ${registered}) <= ${before}::date`,
  }[kind]
  const { rows } = await sql<{ id: Id }>`select id from ${sql.table(kind)}
    where id = any(${[...ids]}::uuid[]) and disposed_at is null and ${more}`.execute(tx)
  return rows.map(row => row.id)
}
