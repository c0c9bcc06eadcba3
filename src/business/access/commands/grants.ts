import { type CommandContext, defineCommand } from '../../../platform/commands/command.ts'
import { found, type Reason, refuseAll, refuseUnless } from '../../../platform/commands/refusal.ts'
import { newId } from '../../../platform/ids/uuid.ts'
import { grantRole, revokeRole } from '../contract.ts'
import { type LockedStaff, lockOther, lockStaff, touchStaff } from '../records.ts'
import { conflictsWith, type Role, roleLabels } from '../roles.ts'
import { forgetSignIns } from '../sign-ins.ts'

interface Wanted {
  staffId: string
  role: Role
  validTo: string | null
}

/** A role for another person: always two administrators, and never beside a role it must be kept apart from. */
export const grant = defineCommand(grantRole, {
  constraints: { role_grant_in_force: 'role_must_not_be_held' },
  async critical(context, input) {
    const staff = await lockOther(context, input.staffId)
    refuseAll(hindrancesToGrant(staff, input, context.today))
    return {
      subject: { kind: 'staff', id: staff.id },
      summary: `役割の付与　${staff.display_name} に「${roleLabels[input.role]}」`,
      readSet: [{ table: 'staff_member', id: staff.id, version: staff.row_version }],
      items: [
        {
          field: 'roles',
          label: '役割',
          old: staff.roles.map(role => roleLabels[role]),
          new: [...staff.roles, input.role].map(role => roleLabels[role]),
        },
        { field: 'validTo', label: '終了日', old: null, new: endOf(staff, input) },
      ],
      evidenceRequired: false,
      approve: 'access.approveGrant',
      mayNotApprove: [staff.id],
    }
  },
  async run(context, input) {
    const { tx, actor, now, today, approval } = context
    if (!approval) throw new Error('a role is granted only by an approved request')
    const staff = await lockOther(context, input.staffId)
    refuseAll(hindrancesToGrant(staff, input, today))
    await closeExpired(context, staff, input.role)
    const id = newId()
    const validTo = endOf(staff, input)
    await tx
      .insertInto('role_grant')
      .values({
        id,
        staff_id: staff.id,
        role: input.role,
        valid_from: today,
        valid_to: validTo,
        granted_by: actor.id,
        approved_by: approval.approvedBy,
        granted_at: now.toISOString(),
        revoked_at: null,
        revoked_by: null,
      })
      .execute()
    await touchStaff(context, staff.id)
    await context.record({
      verb: 'role_granted',
      subjects: [{ kind: 'staff', id: staff.id }],
      before: { roles: staff.roles },
      after: { roles: [...staff.roles, input.role], validTo },
      reason: input.change.reasonText,
    })
    forgetSignIns()
    return { grantId: id }
  },
})

/** Every rule that stands against the grant, each with its sentence; empty when it may be made. */
function hindrancesToGrant(staff: LockedStaff, wanted: Wanted, today: string): Reason[] {
  const reasons: Reason[] = conflictsWith(wanted.role, staff.roles).map(conflict => ({
    code: 'roles_must_be_compatible',
    field: 'role',
    message: `「${roleLabels[wanted.role]}」は「${roleLabels[conflict.role]}」と兼ねられません。${conflict.sentence}`,
  }))
  if (staff.roles.includes(wanted.role)) reasons.push({ code: 'role_must_not_be_held', field: 'role' })
  const end = endOf(staff, wanted)
  if (wanted.role === 'contractor' && end === null)
    reasons.push({ code: 'contractor_must_have_an_end', field: 'validTo' })
  if (end !== null && end < today) reasons.push({ code: 'end_must_not_be_past', field: 'validTo' })
  return reasons
}

/** The earlier of the wanted last day and the person's own. */
function endOf(staff: { ends_on: string | null }, { validTo }: { validTo: string | null }): string | null {
  if (validTo === null || staff.ends_on === null) return validTo ?? staff.ends_on
  return validTo < staff.ends_on ? validTo : staff.ends_on
}

/** A grant whose last day has passed makes room for a new one. */
async function closeExpired(
  { tx, actor, now, today }: CommandContext,
  staff: LockedStaff,
  role: Role,
): Promise<void> {
  await tx
    .updateTable('role_grant')
    .set({ revoked_at: now.toISOString(), revoked_by: actor.id })
    .where('staff_id', '=', staff.id)
    .where('role', '=', role)
    .where('revoked_at', 'is', null)
    .where('valid_to', '<', today)
    .execute()
}

/** Takes a role away at once; nobody has to agree to less. */
export const revoke = defineCommand(revokeRole, {
  async run(context, { grantId, reason }) {
    const { tx, actor, now } = context
    const row = await tx
      .selectFrom('role_grant')
      .select('staff_id')
      .where('id', '=', grantId)
      .executeTakeFirst()
    const { staff_id } = found(row, 'role_grant')
    const staff = await lockStaff(context, staff_id)
    refuseUnless(staff.id !== actor.id, 'own_record_must_be_changed_by_others', { kind: 'forbidden' })
    const revoked = await tx
      .updateTable('role_grant')
      .set({ revoked_at: now.toISOString(), revoked_by: actor.id })
      .where('id', '=', grantId)
      .where('revoked_at', 'is', null)
      .returning('role')
      .executeTakeFirst()
    refuseUnless(revoked !== undefined, 'grant_must_be_in_force')
    await touchStaff(context, staff.id)
    await context.record({
      verb: 'role_revoked',
      subjects: [{ kind: 'staff', id: staff.id }],
      before: { roles: staff.roles },
      after: { roles: staff.roles.filter(role => role !== revoked.role) },
      reason,
    })
    forgetSignIns()
    return { grantId }
  },
})
