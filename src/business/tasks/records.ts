import type { Insertable, Selectable } from 'kysely'
import type { CommandContext, CommandEvent } from '../../platform/commands/command.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Tables } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { isRole, roleLabels, staffNames } from '../access/index.ts'
import { lockParty } from '../parties/index.ts'
import './tables.ts'

export type Task = Selectable<Tables['task']>

type NewTask = Pick<
  Insertable<Tables['task']>,
  | 'id'
  | 'kind'
  | 'origin'
  | 'origin_id'
  | 'party_id'
  | 'title'
  | 'note'
  | 'owner_staff_id'
  | 'owner_role'
  | 'due_on'
>

export async function insertTask(
  context: CommandContext,
  task: NewTask,
): Promise<{ id: Id; taskNo: string }> {
  const { tx, actor, now } = context
  const { task_no } = await tx
    .insertInto('task')
    .values({
      ...task,
      state: 'open',
      outcome: null,
      done_by: null,
      done_at: null,
      handed_over_from: null,
      handed_over_at: null,
      opened_by: actor.id,
      opened_at: now.toISOString(),
    })
    .returning('task_no')
    .executeTakeFirstOrThrow()
  await context.record({
    verb: 'task_opened',
    subjects: subjectsOf(task),
    after: {
      dueOn: task.due_on,
      owner: await ownerWords(context, task.owner_staff_id ?? null, task.owner_role ?? null),
    },
    facts: { summary: `${task_no}　${task.title}`, origin: task.origin },
  })
  return { id: task.id, taskNo: task_no }
}

/** Who has the work, in words. */
export async function ownerWords(
  { tx }: CommandContext,
  staffId: Id | null,
  role: string | null,
): Promise<string> {
  if (staffId) return (await staffNames(tx, [staffId])).get(staffId) ?? '（不明）'
  return role && isRole(role) ? `${roleLabels[role]}（未割当）` : '（未割当）'
}

/** The task, the company it is about and what it comes from: each shows the event in its history. */
export function subjectsOf(task: Pick<NewTask, 'id' | 'party_id' | 'origin' | 'origin_id'>) {
  return [
    { kind: 'task', id: task.id },
    ...(task.party_id ? [{ kind: 'party', id: task.party_id }] : []),
    ...(task.origin_id ? [{ kind: originRecordKinds[task.origin] ?? task.origin, id: task.origin_id }] : []),
  ]
}

/** The kind of record an origin names. */
export const originRecordKinds: Readonly<Record<string, string>> = {
  alert: 'alert',
  change_request: 'change_request',
  checklist: 'application',
  promise: 'collection_case',
  incident: 'incident',
}

/** The open task, locked; refuses when it has ended, moved, or is about a company out of reach. */
export async function lockTask(
  context: CommandContext,
  { taskId, rowVersion }: { taskId: Id; rowVersion: number },
): Promise<Task> {
  const { tx, actor } = context
  const task = found(
    await tx.selectFrom('task').selectAll().where('id', '=', taskId).forUpdate().executeTakeFirst(),
    'task',
  )
  if (actor.reach === 'assigned') {
    refuseUnless(task.party_id !== null, 'record_must_exist', { kind: 'missing' })
    await lockParty(context, task.party_id)
  }
  refuseUnless(task.state === 'open', 'task_must_be_open')
  refuseUnless(task.row_version === rowVersion, 'record_must_be_unchanged')
  return task
}

export async function writeTask(
  { tx, record }: CommandContext,
  task: Task,
  set: Partial<Insertable<Tables['task']>>,
  event: Omit<CommandEvent, 'subjects'>,
): Promise<{ id: Id; rowVersion: number }> {
  const rowVersion = task.row_version + 1
  await tx
    .updateTable('task')
    .set({ ...set, row_version: rowVersion })
    .where('id', '=', task.id)
    .execute()
  await record({
    ...event,
    subjects: subjectsOf(task),
    facts: { summary: `${task.task_no}　${task.title}` },
  })
  return { id: task.id, rowVersion }
}
