import { sql } from 'kysely'
import type { z } from 'zod'
import { mayDo } from '../../platform/commands/actor.ts'
import { found, type Reason } from '../../platform/commands/refusal.ts'
import type { Db } from '../../platform/database/database.ts'
import { markOf, readMark } from '../../platform/database/paging.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { RecordDirectory } from '../../platform/records.ts'
import type { Services } from '../../platform/slice.ts'
import type { Json } from '../../platform/trail/canonical.ts'
import { isRole, roleLabels, staffNames } from '../access/index.ts'
import { seenNumbersOf } from '../audit/index.ts'
import { authorityInForce, decidersOf } from './authority.ts'
import {
  approveChangeRequest,
  type ChangeRequestDetail,
  type ChangeRequestRow,
  type listChangeRequests,
} from './contract.ts'
import { impactOf } from './impact.ts'
import { hindrancesToDecide } from './rules.ts'
import { isShown } from './shown.ts'
import type { ChangeRequestTable } from './tables.ts'

type ListInput = z.output<typeof listChangeRequests.input>
type Stored = {
  [K in keyof ChangeRequestTable]: ChangeRequestTable[K] extends { __select__: infer S }
    ? S
    : ChangeRequestTable[K]
}

const COUNT_LIMIT = 99

/** What the authority table lets these roles decide, as `levelFor` says it: no table, a further approver named by role, or a level that covers the amount. */
function isCovered(roles: string[]) {
  return sql<boolean>`(approve_role is not null
    or not exists (select 1 from approval_authority t where t.permission = approve_permission)
    or exists (select 1 from approval_authority t where t.permission = approve_permission and t.role = any(${roles}::text[])
      and (t.upto_yen is null or amount_yen <= t.upto_yen)))`
}

/** Requests this person may decide now: pending, not their own, not barred, permission held. */
function waitingFor(db: Db, { actor, now }: QueryContext) {
  return db
    .selectFrom('change_request')
    .where('state', '=', 'pending')
    .where('requested_by', '<>', actor.id)
    .where('expires_at', '>=', now.toISOString())
    .where(sql<boolean>`not (${actor.id}::uuid = any(may_not_approve))`)
    .where('approve_permission', 'in', [...actor.permissions, ''])
    .where(sql<boolean>`(approve_role is null or approve_role = any(${[...actor.roles]}::text[]))`)
    .where(isCovered([...actor.roles]))
}

export async function listRequests(
  records: RecordDirectory,
  context: QueryContext,
  input: ListInput,
): Promise<Seen<{ rows: ChangeRequestRow[]; next: string | null }>> {
  const { db, actor } = context
  let rows = (input.waitingForMe ? waitingFor(db, context) : db.selectFrom('change_request'))
    .selectAll()
    .where(isShown(records, context))
    .orderBy('requested_at', 'desc')
    .orderBy('id', 'desc')
    .limit(input.limit + 1)
  if (input.state.length) rows = rows.where('state', 'in', input.state)
  if (input.mine) rows = rows.where('requested_by', '=', actor.id)
  const { objectId } = input
  if (objectId)
    rows = rows.where(eb =>
      eb.or([eb('object_id', '=', objectId), sql<boolean>`${objectId}::uuid = any(related_ids)`]),
    )
  if (input.after) {
    const [at, id] = readMark(input.after, 2)
    rows = rows.where(sql<boolean>`(requested_at, id) < (${at}::timestamptz, ${id}::uuid)`)
  }
  const found = await rows.execute()
  const page = found.slice(0, input.limit)
  const names = await staffNames(db, peopleIn(page))
  const last = page.at(-1)
  return {
    body: {
      rows: page.map(row => toRow(row, names)),
      next: found.length > input.limit && last ? markOf([last.requested_at, last.id]) : null,
    },
    seen: [...page.map(row => row.seen_no), ...(await seenNumbersOf(db, recordsIn(page)))],
  }
}

export async function countRequests(context: QueryContext): Promise<Seen<{ count: number }>> {
  const rows = await waitingFor(context.db, context).select('id').limit(COUNT_LIMIT).execute()
  return { body: { count: rows.length }, seen: [] }
}

export async function openRequest(
  services: Services,
  context: QueryContext,
  id: Id,
): Promise<Seen<ChangeRequestDetail>> {
  const { db, actor } = context
  const row = found(
    await db
      .selectFrom('change_request')
      .selectAll()
      .where('id', '=', id)
      .where(isShown(services.records, context))
      .executeTakeFirst(),
    'change_request',
  )
  const given = await db
    .selectFrom('change_request_approval')
    .select(['staff_id', 'approved_at', 'comment'])
    .where('request_id', '=', row.id)
    .where('round', '=', row.approval_round)
    .orderBy('step')
    .execute()
  const authority = await authorityInForce(db)
  const names = await staffNames(db, [...peopleIn([row]), ...given.map(one => one.staff_id)])
  const facts = {
    state: row.state,
    expired: new Date(row.expires_at) < context.now,
    requestedBy: row.requested_by,
    mayNotApprove: row.may_not_approve,
    approvePermission: row.approve_permission,
    approveRole: row.approve_role,
    amountYen: row.amount_yen,
    authority,
  }
  const hindrances: Reason[] = [
    ...(mayDo(actor, 'approvals.decide') ? [] : [{ code: 'approver_must_hold_permission' }]),
    ...hindrancesToDecide(facts, actor),
  ]
  const codes = [...new Map(hindrances.map(reason => [reason.code, reason])).values()]
  return {
    body: {
      ...toRow(row, names),
      reasonCode: row.reason_code,
      evidence: row.evidence,
      items: await readItems(services, context, row),
      approvedSoFar: given.map(one => ({
        id: one.staff_id,
        name: names.get(one.staff_id) ?? '（不明）',
        at: one.approved_at,
        comment: one.comment,
      })),
      waitsForRole:
        row.state === 'pending' && row.approve_role && isRole(row.approve_role)
          ? roleLabels[row.approve_role]
          : null,
      amountYen: row.amount_yen,
      impact: impactOf(row.command),
      deciders: decidersOf(authority, {
        permission: row.approve_permission,
        amountYen: row.amount_yen,
      }),
      decisionComment: row.decision_comment,
      expiresAt: row.expires_at,
      appliedAt: row.applied_at,
      contractVersion: row.contract_version,
      readSet: row.read_set.map(({ table, id, version }) => ({ record: table, id, version })),
      timesAsked: row.approval_round,
      moved: row.state === 'pending' && (await movedSince(db, row.read_set)),
      hindrances: codes.map(({ code, message }) => ({ code, message: message ?? refusalSentence(code) })),
      mayWithdraw: row.requested_by === actor.id && ['pending', 'returned', 'stale'].includes(row.state),
    },
    seen: [row.seen_no, ...(await seenNumbersOf(db, [...recordsIn([row]), ...row.evidence]))],
  }
}

/** Values of sensitive fields are shown only to people who may see them; for others the change is there, the value is not. */
async function readItems(
  { keys }: Services,
  { db, actor }: QueryContext,
  row: Stored,
): Promise<ChangeRequestDetail['items']> {
  const maySee =
    mayDo(actor, 'parties.seeSensitive') ||
    mayDo(actor, row.approve_permission) ||
    row.requested_by === actor.id
  const open = async (value: Json) =>
    typeof value === 'string' ? JSON.parse((await keys.open(db, value)) ?? '"（廃棄済）"') : value
  return Promise.all(
    row.items.map(async item => {
      const { field, label } = item
      if (!item.sensitive) return { field, label, old: item.old, new: item.new, masked: false }
      if (!maySee) return { field, label, old: null, new: null, masked: true }
      return { field, label, old: await open(item.old), new: await open(item.new), masked: false }
    }),
  )
}

async function movedSince(db: Db, readSet: Stored['read_set']): Promise<boolean> {
  for (const { table, id, version } of readSet) {
    const { rows } = await sql<{
      row_version: number
    }>`select row_version from ${sql.table(table)} where id = ${id}`.execute(db)
    if (rows[0]?.row_version !== version) return true
  }
  return false
}

function refusalSentence(code: string): string {
  return (approveChangeRequest.refusals as Record<string, string>)[code] ?? code
}

/** A request shows names and values of what it would change: whoever reads it has seen those records. */
function recordsIn(rows: Stored[]): Id[] {
  return rows.flatMap(row => [row.object_id, ...row.related_ids])
}

function peopleIn(rows: Stored[]): Id[] {
  return rows.flatMap(row => [row.requested_by, ...(row.decided_by ? [row.decided_by] : [])])
}

function toRow(row: Stored, names: ReadonlyMap<Id, string>): ChangeRequestRow {
  return {
    id: row.id,
    changeNo: row.change_no,
    objectKind: row.object_kind,
    objectId: row.object_id,
    command: row.command,
    summary: row.summary,
    state: row.state,
    reasonText: row.reason_text,
    requestedBy: { id: row.requested_by, name: names.get(row.requested_by) ?? '（不明）' },
    requestedAt: row.requested_at,
    decidedBy: row.decided_by ? { id: row.decided_by, name: names.get(row.decided_by) ?? '（不明）' } : null,
    decidedAt: row.decided_at,
  }
}
