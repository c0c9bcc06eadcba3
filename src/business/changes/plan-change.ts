import { sql } from 'kysely'
import type { CommandContext, RecordRef } from '../../platform/commands/command.ts'
import { refuseUnless } from '../../platform/commands/refusal.ts'
import { addDays } from '../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { ChangeReason } from '../../platform/http/contract.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import type { Json } from '../../platform/trail/canonical.ts'
import { EARLIEST_DAY, FARTHEST_DAYS } from './contract.ts'
import type { PlannedItem } from './tables.ts'
import './tables.ts'

export interface ChangeToPlan {
  record: RecordRef
  related?: readonly RecordRef[]
  /** The command and its input as they run on the day, unchanged. */
  command: string
  input: Json
  summary: string
  items: readonly PlannedItem[]
  effectiveOn: IsoDate
  change: ChangeReason
  /** Without it nobody may take the change back. */
  permission: string
  /** Under whose key the input is encrypted, when it is not the record itself. */
  dataSubjectId?: Id
}

export interface Planned {
  id: Id
  plannedNo: string
  effectiveOn: IsoDate
}

/** Refuses days nobody can mean: before 明治, or further ahead than a decision reaches. */
export function checkEffectiveDay(today: IsoDate, day: IsoDate, field = 'effectiveOn'): void {
  refuseUnless(day >= EARLIEST_DAY && day <= addDays(today, FARTHEST_DAYS), 'effective_date_must_be_near', {
    kind: 'invalid',
    field,
  })
}

/** Keeps a change until its day; the clock carries it out then. A second plan for the same field and day is refused. */
export async function planChange(context: CommandContext, plan: ChangeToPlan): Promise<Planned> {
  const { tx, actor, keys, approval, now } = context
  const subject = plan.dataSubjectId ?? plan.record.id
  await refuseTwice(context, plan)
  const items = await Promise.all(
    plan.items.map(async item =>
      item.sensitive
        ? {
            ...item,
            old: await sealed(context, subject, item.old),
            new: await sealed(context, subject, item.new),
          }
        : item,
    ),
  )
  const id = newId()
  const row = await tx
    .insertInto('planned_change')
    .values({
      id,
      record_kind: plan.record.kind,
      record_id: plan.record.id,
      related_ids: (plan.related ?? []).map(record => record.id),
      command: plan.command,
      input_sealed: await keys.seal(tx, subject, JSON.stringify(plan.input)),
      summary: plan.summary,
      items: JSON.stringify(items) as never,
      effective_on: plan.effectiveOn,
      reason_code: plan.change.reasonCode,
      reason_text: plan.change.reasonText,
      evidence: plan.change.evidence,
      permission: plan.permission,
      planned_by: approval?.requestedBy ?? actor.id,
      planned_at: now.toISOString(),
      change_request_id: approval?.changeRequestId ?? null,
      approved_by: approval?.approvedBy ?? null,
      ended_at: null,
      ended_by: null,
      end_reason: null,
    })
    .returning('planned_no')
    .executeTakeFirstOrThrow()
  await context.record({
    verb: 'change_planned',
    subjects: [plan.record, ...(plan.related ?? []), { kind: 'planned_change', id }],
    facts: {
      plannedId: id,
      plannedNo: row.planned_no,
      effectiveOn: plan.effectiveOn,
      command: plan.command,
      summary: `${plan.effectiveOn} から　${plan.summary}`,
    },
    reason: plan.change.reasonText,
    evidence: plan.change.evidence,
  })
  return { id, plannedNo: row.planned_no, effectiveOn: plan.effectiveOn }
}

async function sealed({ tx, keys }: CommandContext, subjectId: Id, value: Json): Promise<Json> {
  return value === null ? null : keys.seal(tx, subjectId, JSON.stringify(value))
}

/** Two plans for one field on one day would let the clock choose between them. */
async function refuseTwice({ tx }: CommandContext, plan: ChangeToPlan): Promise<void> {
  const fields = plan.items.map(item => item.field)
  const { rows } = await sql<{
    field: string
  }>`select i->>'field' as field from planned_change p, jsonb_array_elements(p.items) i
    where p.record_id = ${plan.record.id} and p.state = 'planned' and p.effective_on = ${plan.effectiveOn}
      and p.command = ${plan.command} and i->>'field' = any(${fields}::text[]) limit 1`.execute(tx)
  refuseUnless(rows.length === 0 || plan.command.startsWith('people.'), 'nothing_must_be_planned_twice', {
    field: 'effectiveOn',
  })
}
