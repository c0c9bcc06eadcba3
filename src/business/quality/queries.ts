import { sql } from 'kysely'
import type { z } from 'zod'
import type { Db } from '../../platform/database/database.ts'
import { markOf, readMark } from '../../platform/database/paging.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import { staffNames } from '../access/index.ts'
import { partiesInReach, requiredInForce } from '../parties/index.ts'
import { policyInForce } from '../policy/index.ts'
import type { QualityFigures, qualityItems } from './contract.ts'
import { checksOf, percentOf, type Share } from './rules.ts'
import './tables.ts'

const withPercent = (share: Share | undefined) => {
  const known = { numerator: share?.numerator ?? 0, denominator: share?.denominator ?? 0 }
  return { ...known, percent: percentOf(known) }
}

export async function figures({ db, today }: Pick<QueryContext, 'db' | 'today'>): Promise<QualityFigures> {
  const checks = checksOf(await requiredInForce(db))
  const policy = await policyInForce(db)
  const latest = await db
    .selectFrom('quality_measure')
    .distinctOn('measure')
    .selectAll()
    .orderBy('measure')
    .orderBy('on_day', 'desc')
    .execute()
  const measures = new Map(latest.map(row => [row.measure, row]))
  const { rows: late } = await sql<{ check_code: string; overdue: number }>`
    select check_code, count(*)::int as overdue from quality_item
    where solved_on is null and due_on < ${today}::date group by 1`.execute(db)
  const overdue = new Map(late.map(row => [row.check_code, row.overdue]))
  const candidates = await db
    .selectFrom('party_candidate')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .executeTakeFirst()
  return {
    measuredAt: measures.get('completeness')?.measured_at ?? null,
    completeness: withPercent(measures.get('completeness')),
    completenessMonths: await monthsOf(db, 'completeness'),
    byItem: withPercent(measures.get('completeness_by_item')),
    duplicates: withPercent(measures.get('duplicates')),
    duplicateMonths: await monthsOf(db, 'duplicates'),
    candidates: Number(candidates?.count ?? 0),
    targets: {
      versionNo: policy.versionNo,
      completeness: policy.targets.completeness ?? null,
      duplicates: policy.targets.duplicates ?? null,
    },
    checks: checks.map(({ code, group, label, sentence, source }) => {
      const measure = measures.get(`check:${code}`)
      return {
        code,
        group,
        label,
        sentence,
        source,
        broken: measure?.numerator ?? 0,
        applicable: measure?.denominator ?? 0,
        overdue: overdue.get(code) ?? 0,
      }
    }),
  }
}

/** The last measure of each month, oldest first. */
async function monthsOf(db: Db, measure: string) {
  const { rows } = await sql<{ on_day: string; numerator: number; denominator: number }>`
    select distinct on (date_trunc('month', on_day)) on_day, numerator, denominator from quality_measure
    where measure = ${measure} order by date_trunc('month', on_day) desc, on_day desc limit 12`.execute(db)
  return rows.reverse().map(row => ({ day: row.on_day, percent: percentOf(row) }))
}

export async function items(
  context: QueryContext,
  input: z.output<typeof qualityItems.input>,
): Promise<Seen<z.input<typeof qualityItems.output>>> {
  const { db, today, actor } = context
  const byCode = new Map(checksOf(await requiredInForce(db)).map(check => [check.code, check]))
  let asked = db
    .selectFrom('quality_item as i')
    .innerJoin('party as p', 'p.id', 'i.party_id')
    .select([
      'i.party_id',
      'i.check_code',
      'i.found_on',
      'i.due_on',
      'p.party_no',
      'p.legal_name',
      'p.owner_staff_id',
      'p.seen_no',
    ])
    .where('i.solved_on', 'is', null)
    .orderBy('i.due_on')
    .orderBy('i.party_id')
    .orderBy('i.check_code')
    .limit(input.limit + 1)
  if (actor.reach !== 'all') asked = asked.where('p.id', 'in', partiesInReach(context).select('party.id'))
  if (input.check) asked = asked.where('i.check_code', '=', input.check)
  if (input.mine) asked = asked.where('p.owner_staff_id', '=', actor.id)
  if (input.after) {
    const [dueOn, partyId, code] = readMark(input.after, 3)
    asked = asked.where(
      sql<boolean>`(i.due_on, i.party_id, i.check_code) > (${dueOn}::date, ${partyId}::uuid, ${code})`,
    )
  }
  const rows = await asked.execute()
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  const names = await staffNames(
    db,
    page.map(row => row.owner_staff_id),
  )
  return {
    body: {
      rows: page.map(row => ({
        partyId: row.party_id,
        partyNo: row.party_no,
        partyName: row.legal_name,
        check: row.check_code,
        label: byCode.get(row.check_code)?.label ?? row.check_code,
        owner: names.get(row.owner_staff_id) ?? '',
        foundOn: row.found_on,
        dueOn: row.due_on,
        overdue: row.due_on < today,
        href: byCode.get(row.check_code)?.href(row.party_id) ?? `/parties/${row.party_id}`,
      })),
      next: rows.length > input.limit && last ? markOf([last.due_on, last.party_id, last.check_code]) : null,
    },
    seen: page.map(row => row.seen_no),
  }
}
