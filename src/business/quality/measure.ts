import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/database/database.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import { everyInTurn } from '../../platform/every.ts'
import type { Services } from '../../platform/slice.ts'
import { requiredInForce } from '../parties/index.ts'
import { ACTIVE, checksOf, duplicateShare, type QualityCheck, type Share } from './rules.ts'
import './tables.ts'

const EVERY_MS = 15 * 60_000
const LOCK = 7_203_081

/** Measures every quarter of an hour; the last measure of a day stays as that day's. */
export async function startQuality(services: Services): Promise<() => Promise<void>> {
  return everyInTurn(
    EVERY_MS,
    () => measureQuality(services.db, services.clock.now()),
    error => services.log('measuring data quality failed', { error }),
  )
}

/** Brings the open exceptions in line with the records and notes the day's measures; false when another process is at it. */
export async function measureQuality(db: Db, now: Date): Promise<boolean> {
  const day = todayInTokyo(now)
  return db.transaction().execute(async tx => {
    const { rows } = await sql<{ got: boolean }>`select pg_try_advisory_xact_lock(${LOCK}) as got`.execute(tx)
    if (!rows[0]?.got) return false
    const at = now.toISOString()
    const items = { numerator: 0, denominator: 0 }
    const checks = checksOf(await requiredInForce(tx))
    await closeChecksOfBefore(tx, checks, day)
    for (const check of checks) {
      const share = await applyCheck(tx, check, day)
      await note(tx, `check:${check.code}`, share, day, at)
      if (check.group === 'completeness') {
        items.numerator += share.denominator - share.numerator
        items.denominator += share.denominator
      }
    }
    await note(tx, 'completeness', await completeParties(tx, checks), day, at)
    await note(tx, 'completeness_by_item', items, day, at)
    await note(tx, 'duplicates', await duplicates(tx), day, at)
    return true
  })
}

/** What is required no longer is no exception any more. */
async function closeChecksOfBefore(tx: Tx, checks: readonly QualityCheck[], day: string): Promise<void> {
  const codes = checks.map(check => check.code)
  await sql`update quality_item set solved_on = ${day}::date
    where solved_on is null and check_code <> all(${codes}::text[])`.execute(tx)
}

/** Opens what is newly broken, closes what is right again; answers broken ÷ applicable. */
async function applyCheck(tx: Tx, check: QualityCheck, day: string): Promise<Share> {
  const broken = sql.raw(
    `(${check.applies}) and (${check.broken.replaceAll('current_day', `'${day}'::date`)})`,
  )
  const active = sql.raw(ACTIVE)
  await sql`
    update quality_item i set solved_on = ${day}::date
    where i.check_code = ${check.code} and i.solved_on is null
      and not exists (select from party p where p.id = i.party_id and ${active} and ${broken})`.execute(tx)
  await sql`
    insert into quality_item (party_id, check_code, found_on, due_on)
    select p.id, ${check.code}, ${day}::date, ${day}::date + ${check.days}::int
    from party p
    where ${active} and ${broken}
      and not exists (select from quality_item i where i.party_id = p.id and i.check_code = ${check.code} and i.solved_on is null)
    on conflict (party_id, check_code, found_on) do update set solved_on = null`.execute(tx)
  const { rows } = await sql<{ numerator: number; denominator: number }>`
    select (select count(*)::int from quality_item where check_code = ${check.code} and solved_on is null) as numerator,
      (select count(*)::int from party p where ${active} and (${sql.raw(check.applies)})) as denominator`.execute(
    tx,
  )
  return rows[0] ?? { numerator: 0, denominator: 0 }
}

/** Headline: active parties with no missing required item ÷ active parties. */
async function completeParties(tx: Tx, checks: readonly QualityCheck[]): Promise<Share> {
  const codes = checks.filter(check => check.group === 'completeness').map(check => check.code)
  const { rows } = await sql<{ numerator: number; denominator: number }>`
    select count(*) filter (where not exists (
        select from quality_item i where i.party_id = p.id and i.solved_on is null and i.check_code = any(${codes}::text[])))::int as numerator,
      count(*)::int as denominator
    from party p where ${sql.raw(ACTIVE)}`.execute(tx)
  return rows[0] ?? { numerator: 0, denominator: 0 }
}

/** N active records, C distinct companies by confirmed match; a corporate number stands in one record only (JR §9). */
async function duplicates(tx: Tx): Promise<Share> {
  const { rows } = await sql<{ records: number; entities: number }>`
    select count(*)::int as records, count(distinct i.identity_id)::int as entities
    from party p join party_identity i on i.party_id = p.id where ${sql.raw(ACTIVE)}`.execute(tx)
  return duplicateShare(rows[0]?.records ?? 0, rows[0]?.entities ?? 0)
}

async function note(tx: Tx, measure: string, share: Share, day: string, at: string): Promise<void> {
  const values = { ...share, measured_at: at }
  await tx
    .insertInto('quality_measure')
    .values({ on_day: day, measure, ...values })
    .onConflict(conflict => conflict.columns(['measure', 'on_day']).doUpdateSet(values))
    .execute()
}
