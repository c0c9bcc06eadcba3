import { sql } from 'kysely'
import type { z } from 'zod'
import { found } from '../../platform/commands/refusal.ts'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import { markOf, readMark } from '../../platform/database/paging.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import { currentCompany, staffNames } from '../access/index.ts'
import { contactsAbout } from '../communications/index.ts'
import { partiesInReach } from '../parties/index.ts'
import type { Receivable } from '../receivables/index.ts'
import { damagesToDate, termsOfClaim } from '../reconciliation/index.ts'
import {
  type ageing,
  buckets,
  type CollectionShown,
  caseStates,
  type listOverdue,
  type OverdueRow,
} from './contract.ts'
import { COLLECTION_CASE_MACHINE } from './rules/states.ts'
import './tables.ts'

type Late = Receivable & {
  client_name: string
  debtor_name: string
  client_seen_no: number
  debtor_seen_no: number
  open_yen: Yen
  dpd: number
  bucket: OverdueRow['bucket']
}

/** Bought claims as they stood at the end of a day, by what had moved until then; the report and its detail are this one query. */
function claimsOn(
  context: QueryContext,
  asOf: IsoDate,
  toleranceYen: Yen,
  ended: 'left_out' | 'shown' = 'left_out',
) {
  const reach =
    context.actor.reach === 'all'
      ? sql`true`
      : sql`r.client_id in (${partiesInReach(context).select('party.id')})`
  return sql`claim as (
    select r.*, c.legal_name as client_name, d.legal_name as debtor_name,
      c.seen_no as client_seen_no, d.seen_no as debtor_seen_no,
      case when r.state in ('purchased', 'dunning', 'legal') then m.open_yen else 0 end as open_yen,
      case when r.state in ('purchased', 'dunning', 'legal') and m.open_yen > ${toleranceYen} then greatest(0, ${asOf}::date - r.payable_on) else 0 end as dpd
    from receivable r
    join purchase b on b.id = r.purchase_id
    join party c on c.id = r.client_id
    join party d on d.id = r.debtor_id
    cross join lateral (select greatest(0, r.purchased_yen - coalesce(sum(amount_yen), 0))::bigint as open_yen
      from receivable_movement where receivable_id = r.id and kind in ('collection', 'confirmed_dilution')
        and moved_on <= ${asOf}::date) m
    where b.purchased_on <= ${asOf}::date and ${ended === 'shown' ? sql`true` : sql`r.state in ('purchased', 'dunning', 'legal')`}
      and ${reach}),
  aged as (select claim.*, case when dpd <= grace_days then 'current' when dpd <= 30 then '1-30' when dpd <= 60 then '31-60'
      when dpd <= 90 then '61-90' else '91+' end as bucket
    from claim where open_yen > ${toleranceYen})`
}

const toleranceOf = async ({ db }: QueryContext) => (await currentCompany(db))?.settings.toleranceYen ?? 0

export async function overdue(
  context: QueryContext,
  input: z.output<typeof listOverdue.input>,
): Promise<Seen<{ rows: OverdueRow[]; next: string | null }>> {
  const asOf = input.asOf ?? context.today
  const wanted = input.bucket.length ? input.bucket : buckets.filter(one => one !== 'current')
  const [day, last] = input.after ? readMark(input.after, 2) : [null, null]
  const { rows } = await sql<Late>`with ${claimsOn(context, asOf, await toleranceOf(context))}
    select * from aged
    where ${input.receivableId ? sql`id = ${input.receivableId}` : sql`bucket = any(${[...wanted]}::text[])`}
      and (${last}::uuid is null or (payable_on, id) > (${day}::date, ${last}::uuid))
    order by payable_on, id limit ${input.limit + 1}`.execute(context.db)
  const page = rows.slice(0, input.limit)
  const end = page.at(-1)
  const shown = await toRows(context, page, asOf)
  return {
    body: {
      rows: shown.rows,
      next: rows.length > input.limit && end ? markOf([end.payable_on, end.id]) : null,
    },
    seen: shown.seen,
  }
}

export async function ageingOn(
  context: QueryContext,
  input: z.output<typeof ageing.input>,
): Promise<Seen<z.input<typeof ageing.output>>> {
  const asOf = input.asOf ?? context.today
  const { rows } = await sql<{ bucket: OverdueRow['bucket']; count: number; yen: Yen }>`
    with ${claimsOn(context, asOf, await toleranceOf(context))}
    select bucket, count(*)::int as count, sum(open_yen)::bigint as yen from aged group by bucket`.execute(
    context.db,
  )
  const by = new Map(rows.map(row => [row.bucket, row]))
  return {
    body: {
      buckets: buckets.map(bucket => ({
        bucket,
        count: by.get(bucket)?.count ?? 0,
        openYen: by.get(bucket)?.yen ?? 0,
      })),
    },
    seen: [],
  }
}

/** Late claims as shown, with the numbers of all they name: parties, the case at work and deposits proposed for them. */
async function toRows(
  context: QueryContext,
  rows: readonly Late[],
  asOf: IsoDate,
): Promise<{ rows: OverdueRow[]; seen: number[] }> {
  const ids = rows.map(row => row.id)
  const [cases, proposals] = await Promise.all([casesOf(context, ids), proposalsOf(context, ids)])
  const shown = await Promise.all(
    rows.map(async row => ({
      receivableId: row.id,
      receivableNo: row.receivable_no,
      invoiceNo: row.invoice_no,
      client: { id: row.client_id, legalName: row.client_name },
      debtor: { id: row.debtor_id, legalName: row.debtor_name },
      payableOn: row.payable_on,
      openYen: row.open_yen,
      daysPastDue: row.dpd,
      bucket: row.bucket,
      damagesYen: (await damagesToDate(context.db, row, await termsOfClaim(context.db, row), asOf))
        .accruedYen,
      case: cases.byClaim.get(row.id) ?? null,
      proposals: proposals.byClaim.get(row.id) ?? [],
    })),
  )
  const named = rows.flatMap(row => [row.seen_no, row.client_seen_no, row.debtor_seen_no])
  return { rows: shown, seen: [...named, ...cases.seen, ...proposals.seen] }
}

interface OfClaims<T> {
  byClaim: Map<Id, T>
  seen: number[]
}

async function casesOf({ db }: QueryContext, ids: readonly Id[]): Promise<OfClaims<OverdueRow['case']>> {
  if (ids.length === 0) return { byClaim: new Map(), seen: [] }
  const rows = await db
    .selectFrom('collection_case as c')
    .leftJoin('payment_promise as p', join =>
      join.onRef('p.case_id', '=', 'c.id').on('p.outcome', 'is', null),
    )
    .selectAll('c')
    .select(['p.due_on', 'p.amount_yen'])
    .where('c.receivable_id', 'in', [...ids])
    .where('c.ended_on', 'is', null)
    .execute()
  const names = await staffNames(
    db,
    rows.flatMap(row => row.owner_id ?? []),
  )
  const byClaim = new Map(
    rows.map(row => [
      row.receivable_id,
      {
        id: row.id,
        caseNo: row.case_no,
        state: row.state,
        nextActionOn: row.next_action_on,
        nextAction: row.next_action,
        ownerName: row.owner_id ? (names.get(row.owner_id) ?? '（不明）') : null,
        disputedYen: row.disputed_yen,
        promise: row.due_on ? { dueOn: row.due_on, amountYen: row.amount_yen ?? 0 } : null,
      },
    ]),
  )
  return { byClaim, seen: rows.map(row => row.seen_no) }
}

/** Deposits proposed for these claims which nobody has confirmed (FF §3: shown before any reminder goes out). */
async function proposalsOf(
  { db }: QueryContext,
  ids: readonly Id[],
): Promise<OfClaims<OverdueRow['proposals']>> {
  if (ids.length === 0) return { byClaim: new Map(), seen: [] }
  const { rows } = await sql<{
    receivable_id: Id
    payment_id: Id
    payment_no: string
    seen_no: number
    received_on: IsoDate
    yen: Yen
  }>`select a ->> 'receivableId' as receivable_id, p.id as payment_id, p.payment_no, p.seen_no, p.received_on, (a ->> 'amount')::bigint as yen
    from match_proposal m join payment_in p on p.id = m.payment_id
    cross join lateral jsonb_array_elements(m.allocations) a
    where p.state in ('matching', 'proposed', 'held') and a ->> 'receivableId' = any(${[...ids]}::text[])
    order by p.received_on, p.id`.execute(db)
  const found = new Map<Id, OverdueRow['proposals']>()
  for (const row of rows)
    found.set(row.receivable_id, [
      ...(found.get(row.receivable_id) ?? []),
      { paymentId: row.payment_id, paymentNo: row.payment_no, receivedOn: row.received_on, yen: row.yen },
    ])
  return { byClaim: found, seen: rows.map(row => row.seen_no) }
}

export async function openOne(
  keys: SubjectKeys,
  context: QueryContext,
  receivableId: Id,
): Promise<Seen<CollectionShown>> {
  const { db, today } = context
  const { rows } = await sql<Late>`with ${claimsOn(context, today, -1, 'shown')}
    select * from aged where id = ${receivableId}`.execute(db)
  const claim = found(rows[0], 'receivable')
  const late = await toRows(context, [claim], today)
  const shown = found(late.rows[0], 'receivable')
  const damages = await damagesToDate(db, claim, await termsOfClaim(db, claim), today)
  const caseIds = await db
    .selectFrom('collection_case')
    .select(['id', 'seen_no'])
    .where('receivable_id', '=', receivableId)
    .execute()
  const ids = caseIds.map(row => row.id)
  const contacts = await contactsAbout(keys, context, ids)
  const promises = ids.length
    ? await db
        .selectFrom('payment_promise')
        .selectAll()
        .where('case_id', 'in', ids)
        .orderBy('due_on', 'desc')
        .execute()
    : []
  const state = shown.case?.state
  return {
    body: {
      claim: shown,
      damages: { ratePpm: damages.ratePpm, liable: damages.liable, stretches: damages.stretches },
      ended: !['purchased', 'dunning', 'legal'].includes(claim.state),
      nextStates: state
        ? caseStates.filter(
            to =>
              COLLECTION_CASE_MACHINE[state][to] === 'command' && to !== 'promised' && to !== 'written_off',
          )
        : [],
      mayPromise: state !== undefined && COLLECTION_CASE_MACHINE[state].promised === 'command',
      mayWriteOff: claim.state === 'dunning' || claim.state === 'legal',
      contacts: contacts.rows,
      promises: promises.map(row => ({
        id: row.id,
        promisedOn: row.promised_on,
        dueOn: row.due_on,
        amountYen: row.amount_yen,
        outcome: row.outcome,
      })),
    },
    seen: [...late.seen, ...caseIds.map(row => row.seen_no), ...contacts.seen],
  }
}
