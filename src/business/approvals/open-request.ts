import type { CommandContext, CriticalChange } from '../../platform/commands/command.ts'
import type { ChangeRequestDoor } from '../../platform/commands/executor.ts'
import { Refusal } from '../../platform/commands/refusal.ts'
import { changeReason } from '../../platform/http/contract.ts'
import { newId } from '../../platform/ids/uuid.ts'
import type { Json } from '../../platform/trail/canonical.ts'
import type { ChangeItem } from './tables.ts'
import './tables.ts'

/** Stored requests carry it; an upgrade which changes a command's input converts or expires older ones. */
export const CONTRACT_VERSION = 1

const LIFETIME_DAYS = 30
const DAY_MS = 86_400_000

/** Opens a change request instead of running a critical command (architecture.md, idea 2). */
export const changeRequestDoor: ChangeRequestDoor = {
  async open(context, contract, input, change) {
    const { tx, actor, now, keys } = context
    const { reasonCode, reasonText, evidence } = reasonOf(input)
    if (change.evidenceRequired && evidence.length === 0)
      throw new Refusal('invalid', [{ code: 'evidence_must_be_attached', field: 'change.evidence' }])
    const id = newId()
    const dataSubject = change.dataSubjectId ?? change.subject.id
    const row = await tx
      .insertInto('change_request')
      .values({
        id,
        object_kind: change.subject.kind,
        object_id: change.subject.id,
        related_ids: (change.related ?? []).map(record => record.id),
        command: contract.name,
        contract_version: CONTRACT_VERSION,
        input_sealed: await keys.seal(tx, dataSubject, JSON.stringify(input)),
        read_set: JSON.stringify(change.readSet) as never,
        summary: change.summary,
        items: JSON.stringify(await sealItems(context, change, dataSubject)) as never,
        reason_code: reasonCode,
        reason_text: reasonText,
        evidence,
        approve_permission: change.approve,
        may_not_approve: change.mayNotApprove ?? [],
        amount_yen: change.amountYen ?? null,
        state: 'pending',
        requested_by: actor.id,
        requested_at: now.toISOString(),
        expires_at: new Date(now.getTime() + LIFETIME_DAYS * DAY_MS).toISOString(),
        answer: null,
      })
      .returning('change_no')
      .executeTakeFirstOrThrow()
    await context.record({
      verb: 'change_requested',
      subjects: [{ kind: 'change_request', id }, change.subject, ...(change.related ?? [])],
      facts: { changeNo: row.change_no, command: contract.name, summary: change.summary },
      reason: reasonText,
      evidence,
    })
    return { pending: true, changeRequestId: id, changeNo: row.change_no }
  },
}

function reasonOf(input: Json) {
  const given =
    input !== null && typeof input === 'object' && !Array.isArray(input) ? input.change : undefined
  const parsed = changeReason.safeParse(given)
  if (!parsed.success)
    throw new Refusal('invalid', [{ code: 'reason_must_be_given', field: 'change.reasonText' }])
  return parsed.data
}

/** Old and new values of sensitive fields stay readable later, but only through the subject's key. */
export async function sealItems(
  context: CommandContext,
  change: CriticalChange,
  dataSubject: string,
): Promise<ChangeItem[]> {
  const sealed: ChangeItem[] = []
  for (const item of change.items) {
    if (!item.sensitive) sealed.push(item)
    else {
      const seal = async (value: Json) =>
        value === null ? null : context.keys.seal(context.tx, dataSubject, JSON.stringify(value))
      sealed.push({ ...item, old: await seal(item.old), new: await seal(item.new) })
    }
  }
  return sealed
}
