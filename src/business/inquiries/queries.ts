import { sql } from 'kysely'
import type { z } from 'zod'
import { found } from '../../platform/commands/refusal.ts'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import { markOf, readMark } from '../../platform/database/paging.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { staffNames } from '../access/index.ts'
import { withOwnValues } from '../customization/index.ts'
import { partiesInReach, sameCompany } from '../parties/index.ts'
import type { InquiryRow, InquiryShown, listInquiries } from './contract.ts'
import { answeredInFirst } from './rules/sla.ts'
import { INQUIRY_MACHINE, type InquiryState, movesFrom } from './rules/states.ts'
import './tables.ts'

const UNKNOWN = '（不明）'
const ANSWERABLE: readonly InquiryState[] = ['assigned', 'waiting_client', 'waiting_internal']

/** Inquiries within reach: whoever sees assigned companies only sees none of unknown senders. */
function inReach(context: QueryContext) {
  const all = context.db
    .selectFrom('inquiry as q')
    .leftJoin('party as p', 'p.id', 'q.party_id')
    .selectAll('q')
    .select(['p.party_no', 'p.seen_no as party_seen_no'])
    .select(sql<string>`coalesce(p.shown_name, p.legal_name)`.as('party_name'))
  return context.actor.reach === 'all'
    ? all
    : all.where('q.party_id', 'in', partiesInReach(context).select('party.id'))
}

type Found = Awaited<ReturnType<ReturnType<typeof inReach>['execute']>>[number]

export async function list(
  keys: SubjectKeys,
  context: QueryContext,
  input: z.output<typeof listInquiries.input>,
): Promise<Seen<{ rows: InquiryRow[]; next: string | null }>> {
  const { now, actor } = context
  let asked = inReach(context).limit(input.limit + 1)
  asked = input.ended
    ? asked.where('q.ended_at', 'is not', null).orderBy('q.received_at', 'desc').orderBy('q.id', 'desc')
    : asked.where('q.ended_at', 'is', null).orderBy(sql`coalesce(q.next_due, 'infinity')`).orderBy('q.id')
  if (input.mine) asked = asked.where('q.owner_id', '=', actor.id)
  if (input.late)
    asked = asked.where('q.next_due', '<', now.toISOString()).where('q.paused_since', 'is', null)
  if (input.state.length) asked = asked.where('q.state', 'in', input.state)
  if (input.category.length) asked = asked.where('q.category', 'in', input.category)
  if (input.priority.length) asked = asked.where('q.priority', 'in', input.priority)
  if (input.partyId) asked = asked.where('q.party_id', 'in', sameCompany(input.partyId))
  if (input.after) {
    const [at, id] = readMark(input.after, 2)
    asked = asked.where(
      input.ended
        ? sql<boolean>`(q.received_at, q.id) < (${at}::timestamptz, ${id}::uuid)`
        : sql<boolean>`(coalesce(q.next_due, 'infinity'), q.id) > (${at}::timestamptz, ${id}::uuid)`,
    )
  }
  const rows = await asked.execute()
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  return {
    body: {
      rows: await withOwnValues(context.db, 'inquiry', await toRows(keys, context, page)),
      next:
        rows.length > input.limit && last
          ? markOf([input.ended ? last.received_at : (last.next_due ?? 'infinity'), last.id])
          : null,
    },
    seen: seenIn(page),
  }
}

const seenIn = (rows: readonly Found[]) =>
  rows.flatMap(row => [row.seen_no, ...(row.party_seen_no === null ? [] : [row.party_seen_no])])

async function toRows(
  keys: SubjectKeys,
  { db, now }: QueryContext,
  rows: readonly Found[],
): Promise<InquiryRow[]> {
  const names = await staffNames(
    db,
    rows.flatMap(row => row.owner_id ?? []),
  )
  const open = (sealed: string | null) => (sealed === null ? null : keys.open(db, sealed))
  return Promise.all(
    rows.map(async row => ({
      id: row.id,
      rowVersion: row.row_version,
      inquiryNo: row.inquiry_no,
      party: row.party_id
        ? { id: row.party_id, partyNo: row.party_no ?? '', name: row.party_name ?? '' }
        : null,
      sender: await open(row.sender_sealed),
      channel: row.channel,
      category: row.category,
      priority: row.priority,
      subject: await open(row.subject_sealed),
      state: row.state,
      owner: row.owner_id ? { id: row.owner_id, name: names.get(row.owner_id) ?? UNKNOWN } : null,
      receivedAt: row.received_at,
      firstAnswerDue: row.first_answer_due,
      resolutionDue: row.resolution_due,
      firstAnsweredAt: row.first_answered_at,
      resolvedAt: row.resolved_at,
      nextDue: row.ended_at === null && row.paused_since === null ? row.next_due : null,
      isLate:
        row.ended_at === null &&
        row.paused_since === null &&
        row.next_due !== null &&
        Date.parse(row.next_due) < now.getTime(),
      reopenedCount: row.reopened_count,
      transfers: row.transfers,
      answeredInFirst: answeredInFirst(row),
    })),
  )
}

export async function open(
  keys: SubjectKeys,
  context: QueryContext,
  inquiryId: Id,
): Promise<Seen<InquiryShown>> {
  const { db } = context
  const row = found(await inReach(context).where('q.id', '=', inquiryId).executeTakeFirst(), 'inquiry')
  const [shown] = await toRows(keys, context, [row])
  const person = row.person_id
    ? await db
        .selectFrom('person')
        .select(['id', 'family_name', 'given_name', 'seen_no'])
        .where('id', '=', row.person_id)
        .executeTakeFirst()
    : undefined
  const into = row.merged_into
    ? await db
        .selectFrom('inquiry')
        .select(['id', 'inquiry_no', 'seen_no'])
        .where('id', '=', row.merged_into)
        .executeTakeFirst()
    : undefined
  const live = row.ended_at === null
  const machine = INQUIRY_MACHINE[row.state]
  return {
    body: {
      ...shown!,
      body: await keys.open(db, row.body_sealed),
      person: person ? { id: person.id, name: `${person.family_name} ${person.given_name}` } : null,
      pausedMinutes: Math.floor(row.paused_ms / 60_000),
      isPaused: row.paused_since !== null,
      satisfaction: row.satisfaction,
      mergedInto: into ? { id: into.id, inquiryNo: into.inquiry_no } : null,
      moves: movesFrom(row.state),
      mayTriage: machine.triaged === 'command',
      mayAssign: live && (machine.assigned === 'command' || row.state === 'assigned'),
      mayAnswer: ANSWERABLE.includes(row.state),
      mayMerge: machine.merged === 'command',
    },
    seen: [...seenIn([row]), ...(person ? [person.seen_no] : []), ...(into ? [into.seen_no] : [])],
  }
}
