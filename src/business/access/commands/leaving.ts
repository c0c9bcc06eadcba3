import { defineCommand } from '../../../platform/commands/command.ts'
import { found, refuseUnless } from '../../../platform/commands/refusal.ts'
import type { Tx } from '../../../platform/database/database.ts'
import type { Id } from '../../../platform/ids/uuid.ts'
import { endStaff, resetSecondFactor, revokeOwnSignIn, revokeSignIn } from '../contract.ts'
import { lockOther, lockStaff, touchStaff } from '../records.ts'
import { forgetSignIns } from '../sign-ins.ts'
import { endSignIns, removeSecondFactor, withdrawInvites } from '../staff.ts'

/** Somebody leaves: roles, sign-ins and invitations end at once; what they did stays in the trail under their name. */
export const end = defineCommand(endStaff, {
  async run(context, { staffId, reason }) {
    const { tx, actor, now } = context
    const staff = await lockOther(context, staffId)
    const at = now.toISOString()
    await tx
      .updateTable('role_grant')
      .set({ revoked_at: at, revoked_by: actor.id })
      .where('staff_id', '=', staff.id)
      .where('revoked_at', 'is', null)
      .execute()
    await withdrawInvites(tx, now, staff.id)
    const ended = await endSignIns(tx, staff.id)
    await touchStaff(context, staff.id, { left_at: at })
    await context.record({
      verb: 'staff_ended',
      subjects: [{ kind: 'staff', id: staff.id }],
      before: { roles: staff.roles },
      after: { roles: [], leftAt: at },
      facts: { signInsEnded: ended },
      reason,
    })
    forgetSignIns()
    return { staffId: staff.id }
  },
})

/** A lost telephone: the second factor is taken away by two people and set up anew at the next sign-in. */
export const resetFactor = defineCommand(resetSecondFactor, {
  async critical(context, { staffId }) {
    const staff = await lockOther(context, staffId)
    await refuseWithoutSecondFactor(context.tx, staff.id)
    return {
      subject: { kind: 'staff', id: staff.id },
      summary: `二段階認証の解除　${staff.display_name}`,
      readSet: [{ table: 'staff_member', id: staff.id, version: staff.row_version }],
      items: [
        {
          field: 'secondFactor',
          label: '二段階認証',
          old: '設定済み',
          new: '未設定（次のログインで再設定）',
        },
      ],
      evidenceRequired: false,
      approve: 'access.approveGrant',
      mayNotApprove: [staff.id],
    }
  },
  async run(context, { staffId, change }) {
    if (!context.approval) throw new Error('a second factor is reset only by an approved request')
    const staff = await lockOther(context, staffId)
    await refuseWithoutSecondFactor(context.tx, staff.id)
    await removeSecondFactor(context.tx, context.now, staff.id)
    await endSignIns(context.tx, staff.id)
    await touchStaff(context, staff.id)
    await context.record({
      verb: 'second_factor_reset',
      subjects: [{ kind: 'staff', id: staff.id }],
      reason: change.reasonText,
    })
    forgetSignIns()
    return { staffId: staff.id }
  },
})

async function refuseWithoutSecondFactor(tx: Tx, staffId: Id): Promise<void> {
  const user = await tx
    .selectFrom('auth.user')
    .select('two_factor_enabled')
    .where('id', '=', staffId)
    .executeTakeFirst()
  refuseUnless(user?.two_factor_enabled === true, 'second_factor_must_be_on')
}

/** Ends one sign-in of somebody, or all of them. */
export const revokeSignIns = defineCommand(revokeSignIn, {
  async run(context, { staffId, signInId, reason }) {
    const staff = await lockStaff(context, staffId)
    const ended = signInId
      ? await endOne(context.tx, staff.id, signInId)
      : await endSignIns(context.tx, staff.id)
    await context.record({
      verb: 'sign_ins_revoked',
      subjects: [{ kind: 'staff', id: staff.id }],
      facts: { count: ended },
      reason,
    })
    forgetSignIns()
    return { ended }
  },
})

/** Ends one of the own sign-ins. */
export const revokeOwn = defineCommand(revokeOwnSignIn, {
  async run(context, { signInId }) {
    const { tx, actor } = context
    const ended = await endOne(tx, actor.id, signInId)
    found(ended === 1 ? signInId : null, 'sign_in')
    await context.record({
      verb: 'sign_ins_revoked',
      subjects: [{ kind: 'staff', id: actor.id }],
      facts: { count: ended },
    })
    forgetSignIns()
    return { id: signInId }
  },
})

async function endOne(tx: Tx, staffId: Id, signInId: Id): Promise<number> {
  const ended = await tx
    .deleteFrom('auth.session')
    .where('id', '=', signInId)
    .where('user_id', '=', staffId)
    .returning('id')
    .execute()
  return ended.length
}
