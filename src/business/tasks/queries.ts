import { sql } from 'kysely'
import type { z } from 'zod'
import { mayDo } from '../../platform/commands/actor.ts'
import { found } from '../../platform/commands/refusal.ts'
import { markOf, readMark } from '../../platform/database/paging.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { RecordDirectory } from '../../platform/records.ts'
import { staffNames } from '../access/index.ts'
import { type Impact, shownRequests } from '../approvals/index.ts'
import { seenNumbersOf } from '../audit/index.ts'
import { partiesInReach, sameCompany } from '../parties/index.ts'
import type { ImpactRow, listTasks, TaskRow, TaskShown } from './contract.ts'
import { workOf } from './impact-rules.ts'
import type { Task } from './records.ts'
import './tables.ts'

/** Tasks about companies within reach, and those about none; who reads no companies sees only the latter. */
function inReach(context: QueryContext) {
  const all = context.db
    .selectFrom('task')
    .leftJoin('party', 'party.id', 'task.party_id')
    .selectAll('task')
    .select(['party.legal_name', 'party.party_no', 'party.seen_no as party_seen_no'])
  if (!mayDo(context.actor, 'parties.read')) return all.where('task.party_id', 'is', null)
  if (context.actor.reach === 'all') return all
  return all.where('task.party_id', 'in', partiesInReach(context).select('party.id'))
}

type Read = Task & { legal_name: string | null; party_no: string | null; party_seen_no: number | null }

/** Whose work it is, as one key: me, the roles I hold while nobody has taken it, and for the team everybody who holds one of them. */
function belongsTo({ actor, today }: QueryContext, whose: 'mine' | 'team') {
  const roles = [...actor.roles]
  const mine = [actor.id, ...roles]
  if (whose === 'mine') return sql<boolean>`task.owner_key = any(${mine}::text[])`
  return sql<boolean>`task.owner_key = any(array(
    select g.staff_id::text from role_grant g where g.role = any(${roles}::text[]) and g.revoked_at is null and g.valid_from <= ${today}
      and (g.valid_to is null or g.valid_to >= ${today}) union select unnest(${mine}::text[])))`
}

export async function list(
  context: QueryContext,
  input: z.output<typeof listTasks.input>,
): Promise<Seen<{ rows: TaskRow[]; next: string | null }>> {
  let asked = inReach(context)
    .orderBy('task.due_on')
    .orderBy('task.id')
    .limit(input.limit + 1)
  if (input.whose !== 'all') asked = asked.where(belongsTo(context, input.whose))
  // Said as a constant, so that the index of open tasks answers.
  if (input.state.length === 0 || (input.state.length === 1 && input.state[0] === 'open'))
    asked = asked.where(sql<boolean>`task.state = 'open'`)
  else asked = asked.where('task.state', 'in', input.state)
  if (input.kind.length) asked = asked.where('task.kind', 'in', input.kind)
  if (input.origin.length) asked = asked.where('task.origin', 'in', input.origin)
  if (input.overdue)
    asked = asked.where('task.due_on', '<', context.today).where(sql<boolean>`task.state = 'open'`)
  if (input.partyId) asked = asked.where('task.party_id', 'in', sameCompany(input.partyId))
  if (input.after) {
    const [dueOn, id] = readMark(input.after, 2)
    asked = asked.where(sql<boolean>`(task.due_on, task.id) > (${dueOn}::date, ${id}::uuid)`)
  }
  const rows = await asked.execute()
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  const shown = await toRows(context, page)
  return {
    body: {
      rows: shown.rows,
      next: rows.length > input.limit && last ? markOf([last.due_on, last.id]) : null,
    },
    seen: shown.seen,
  }
}

export async function open(context: QueryContext, taskId: Id): Promise<Seen<TaskShown>> {
  const row = found(await inReach(context).where('task.id', '=', taskId).executeTakeFirst(), 'task')
  const shown = await toRows(context, [row])
  const names = await staffNames(context.db, [row.opened_by])
  const tab = row.kind in workOf ? workOf[row.kind as Impact].tab : null
  return {
    body: {
      ...shown.rows[0]!,
      note: row.note,
      openedBy: { id: row.opened_by, name: names.get(row.opened_by) ?? UNKNOWN },
      handedOverAt: row.handed_over_at,
      workplace: tab,
    },
    seen: shown.seen,
  }
}

const UNKNOWN = '（不明）'

async function toRows(
  { db, today }: QueryContext,
  rows: readonly Read[],
): Promise<{ rows: TaskRow[]; seen: number[] }> {
  const names = await staffNames(
    db,
    rows.flatMap(row => [row.owner_staff_id, row.done_by, row.handed_over_from].filter(id => id !== null)),
  )
  const person = (id: Id | null) => (id === null ? null : { id, name: names.get(id) ?? UNKNOWN })
  const requests = rows.flatMap(row =>
    row.origin === 'change_request' && row.origin_id ? [row.origin_id] : [],
  )
  const numbers = requests.length
    ? new Map(
        (
          await db
            .selectFrom('change_request')
            .select(['id', 'change_no'])
            .where('id', 'in', requests)
            .execute()
        ).map(one => [one.id, one.change_no]),
      )
    : new Map<Id, string>()
  return {
    rows: rows.map(row => ({
      id: row.id,
      rowVersion: row.row_version,
      taskNo: row.task_no,
      kind: row.kind,
      subject: row.party_id
        ? { id: row.party_id, name: row.legal_name ?? '', partyNo: row.party_no ?? '' }
        : null,
      origin: {
        kind: row.origin,
        id: row.origin_id,
        no: row.origin_id ? (numbers.get(row.origin_id) ?? null) : null,
      },
      title: row.title,
      owner: person(row.owner_staff_id),
      ownerRole: row.owner_staff_id === null ? row.owner_role : null,
      dueOn: row.due_on,
      isOverdue: row.state === 'open' && row.due_on < today,
      state: row.state,
      outcome: row.outcome,
      doneBy: person(row.done_by),
      doneAt: row.done_at,
      handedOverFrom: person(row.handed_over_from),
      openedAt: row.opened_at,
    })),
    seen: rows.flatMap(row => [row.seen_no, ...(row.party_seen_no === null ? [] : [row.party_seen_no])]),
  }
}

/** What became of a request's items, for whoever may look at the request and its tasks. */
export async function impactsOf(
  records: RecordDirectory,
  context: QueryContext,
  changeRequestId: Id,
): Promise<Seen<{ rows: ImpactRow[] }>> {
  const { db } = context
  const shown = await shownRequests(records, context, [changeRequestId])
  if (shown.size === 0) return { body: { rows: [] }, seen: [] }
  const rows = await db
    .selectFrom('change_impact as i')
    .leftJoin('task as t', 't.id', 'i.task_id')
    .leftJoin('kyc_case as k', 'k.id', 'i.linked_id')
    .select(['i.impact', 'i.outcome', 'i.sentence', 'i.decided_at', 'i.linked_kind', 'i.linked_id'])
    .select([
      't.id as task_id',
      't.task_no',
      't.state',
      't.due_on',
      't.party_id',
      'k.party_id as linked_party',
    ])
    .where('i.change_request_id', '=', changeRequestId)
    .orderBy(
      sql`array_position(array['kyc', 'screening', 'credit', 'contract', 'bank', 'invoice_check'], i.impact)`,
    )
    .execute()
  return {
    body: {
      rows: rows.map(row => ({
        impact: row.impact as Impact,
        outcome: row.outcome,
        sentence: row.sentence,
        task: row.task_id
          ? {
              id: row.task_id,
              taskNo: row.task_no ?? '',
              state: row.state ?? 'open',
              dueOn: row.due_on ?? '',
            }
          : null,
        linked:
          row.linked_id && row.linked_kind
            ? { kind: row.linked_kind, id: row.linked_id, partyId: row.linked_party }
            : null,
        decidedAt: row.decided_at,
      })),
    },
    seen: await seenNumbersOf(
      db,
      rows.flatMap(row => [row.task_id, row.party_id, row.linked_id].filter(id => id !== null)),
    ),
  }
}
