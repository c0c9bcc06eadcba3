import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import './tables.ts'

/** Requests which need the permission and are about at least so many yen need one more approver of the role. */
export interface FurtherApproval {
  permission: string
  /** Null: whatever the request is about. */
  fromYen: number | null
  role: string
}

export async function furtherApprovalsInForce(db: Db | Tx): Promise<FurtherApproval[]> {
  const rows = await db.selectFrom('further_approval').selectAll().orderBy('position').execute()
  return rows.map(row => ({ permission: row.permission, fromYen: row.from_yen, role: row.role }))
}

/** Puts other further approvals into force; the caller's event says so. Requests that wait follow them from their next decision on. */
export async function setFurtherApprovals(
  { tx }: CommandContext,
  rules: readonly FurtherApproval[],
): Promise<void> {
  await tx.deleteFrom('further_approval').execute()
  if (rules.length > 0)
    await tx
      .insertInto('further_approval')
      .values(
        rules.map(({ permission, fromYen, role }, position) => ({
          permission,
          role,
          from_yen: fromYen,
          position,
        })),
      )
      .execute()
}

/**
 * The roles that must approve after the second person, in order. A request whose amount is not known needs them all: nobody can say that it
 * is below. Pure.
 */
export function rolesAfter(
  rules: readonly FurtherApproval[],
  request: { permission: string; amountYen: number | null },
): string[] {
  return rules
    .filter(
      rule =>
        rule.permission === request.permission &&
        (rule.fromYen === null || request.amountYen === null || request.amountYen >= rule.fromYen),
    )
    .map(rule => rule.role)
}

interface Asked {
  id: Id
  approve_permission: string
  amount_yen: number | null
  approval_round: number
  approve_role: string | null
}

/**
 * Whether more people must approve after this one; then notes this approval and for which role the request waits next. Whoever has approved
 * stands among those who may not approve again.
 */
export async function waitsForMore(
  { tx, actor, now }: CommandContext,
  request: Asked,
  comment: string,
): Promise<{ role: string } | null> {
  const roles = rolesAfter(await furtherApprovalsInForce(tx), {
    permission: request.approve_permission,
    amountYen: request.amount_yen,
  })
  if (roles.length === 0) return null
  const given = await tx
    .selectFrom('change_request_approval')
    .select('role')
    .where('request_id', '=', request.id)
    .where('round', '=', request.approval_round)
    .execute()
  // By role, not by count: the rules may have changed while the request waited.
  const approved = new Set([...given.map(approval => approval.role), request.approve_role])
  const next = roles.find(role => !approved.has(role))
  if (next === undefined) return null
  await tx
    .insertInto('change_request_approval')
    .values({
      request_id: request.id,
      round: request.approval_round,
      step: given.length + 1,
      staff_id: actor.id,
      role: request.approve_role,
      comment: comment || null,
      approved_at: now.toISOString(),
    })
    .execute()
  await tx
    .updateTable('change_request')
    .set({
      approve_role: next,
      may_not_approve: sql`array_append(may_not_approve, ${actor.id}::uuid)` as never,
      row_version: sql`row_version + 1`,
    })
    .where('id', '=', request.id)
    .execute()
  return { role: next }
}
