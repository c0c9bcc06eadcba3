import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { defineCommand } from '../../platform/commands/command.ts'
import { found, refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import {
  authorityInForce,
  furtherApprovalsInForce,
  setAuthority,
  setFurtherApprovals,
} from '../approvals/index.ts'
import { setStageRule, stageRule } from '../parties/index.ts'
import { confirmPolicy, draftPolicy, openPolicy, withdrawPolicy } from './contract.ts'
import { authorityReasons, furtherReasons, heldRequiredItems, stageReasons } from './held.ts'
import { departments, policyReasons } from './rules.ts'
import './tables.ts'

/** Puts forward the next version; a draft that stands is withdrawn with its confirmations kept as they were given. */
export const draft = defineCommand(draftPolicy, {
  async run(context, input) {
    const { tx, actor, now } = context
    const asked = { db: tx, actor, now, today: context.today, requestId: context.requestId }
    const { body: held } = await context.reading.ask(asked, openPolicy, {})
    const rule = input.stages ?? (await stageRule(tx))
    const further = input.furtherApprovals ?? (await furtherApprovalsInForce(tx))
    const authority = input.authority ?? (await authorityInForce(tx))
    refuseAll(
      [
        ...policyReasons(input.targets, input.retention),
        ...stageReasons(rule),
        ...furtherReasons(held.deciders, further),
        ...authorityReasons(held.deciders, authority),
      ],
      'invalid',
    )
    const standing = await tx
      .selectFrom('policy_version')
      .select('id')
      .where('state', '=', 'draft')
      .forUpdate()
      .executeTakeFirst()
    if (standing) await setState(context, standing.id, 'withdrawn')
    const { newest } = await tx
      .selectFrom('policy_version')
      .select(sql<number>`coalesce(max(version_no), 0)`.as('newest'))
      .executeTakeFirstOrThrow()
    const versionNo = Number(newest) + 1
    const id = newId()
    await tx
      .insertInto('policy_version')
      .values({
        id,
        version_no: versionNo,
        targets: JSON.stringify(input.targets) as never,
        retention: JSON.stringify(input.retention) as never,
        required_items: JSON.stringify(heldRequiredItems(rule)) as never,
        approvals: JSON.stringify(held.approvals) as never,
        stage_rule: JSON.stringify(rule) as never,
        further_approvals: JSON.stringify(further) as never,
        authority: JSON.stringify(authority) as never,
        note: input.note,
        state: 'draft',
        drafted_by: actor.id,
        drafted_at: now.toISOString(),
        in_force_from: null,
      })
      .execute()
    await context.record({
      verb: 'policy_drafted',
      subjects: [{ kind: 'policy', id }, ...(standing ? [{ kind: 'policy', id: standing.id }] : [])],
      after: {
        versionNo,
        targets: input.targets,
        retention: input.retention,
        stages: { ...rule.items },
        enforced: rule.enforced,
        furtherApprovals: further.map(one => ({ ...one })),
        authority: authority.map(one => ({ ...one })),
      },
      facts: { summary: `運用規程 第${versionNo}版（案）` },
      reason: input.note,
    })
    return { id, versionNo }
  },
})

async function setState(
  { tx }: CommandContext,
  id: Id,
  state: 'withdrawn' | 'superseded' | 'in_force',
  inForceFrom?: string,
): Promise<void> {
  await tx
    .updateTable('policy_version')
    .set(eb => ({
      state,
      row_version: eb('row_version', '+', 1),
      ...(inForceFrom ? { in_force_from: inForceFrom } : {}),
    }))
    .where('id', '=', id)
    .execute()
}

async function lockDraft({ tx }: CommandContext, id: Id) {
  const version = found(
    await tx.selectFrom('policy_version').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),
    'policy',
  )
  refuseUnless(version.state === 'draft', 'version_must_be_a_draft')
  return version
}

/** Four heads are four people, none of whom wrote the draft; the database promises it too. */
export const confirm = defineCommand(confirmPolicy, {
  constraints: {
    policy_confirmed_once_a_person: 'head_must_be_another_person',
    policy_confirmation_pkey: 'department_must_be_open',
  },
  async run(context, { versionId, department }) {
    const { tx, actor, now, today } = context
    const version = await lockDraft(context, versionId)
    refuseUnless(version.drafted_by !== actor.id, 'confirmer_must_not_have_drafted', { kind: 'forbidden' })
    const given = await tx
      .selectFrom('policy_confirmation')
      .select(['department', 'staff_id'])
      .where('version_id', '=', versionId)
      .execute()
    refuseUnless(!given.some(one => one.department === department), 'department_must_be_open')
    refuseUnless(!given.some(one => one.staff_id === actor.id), 'head_must_be_another_person', {
      kind: 'forbidden',
    })
    await tx
      .insertInto('policy_confirmation')
      .values({
        version_id: versionId,
        department,
        staff_id: actor.id,
        confirmed_on: today,
        confirmed_at: now.toISOString(),
      })
      .execute()
    const subjects = [{ kind: 'policy', id: versionId }]
    const facts = { summary: `運用規程 第${version.version_no}版` }
    await context.record({ verb: 'policy_confirmed', subjects, after: { department }, facts })
    const inForce = given.length + 1 === departments.length
    if (inForce) {
      const old = await tx
        .selectFrom('policy_version')
        .select('id')
        .where('state', '=', 'in_force')
        .forUpdate()
        .executeTakeFirst()
      if (old) await setState(context, old.id, 'superseded')
      await setState(context, versionId, 'in_force', now.toISOString())
      // From here on completeness, the stage gate and the approvals hold to what the version says.
      if (version.stage_rule) await setStageRule(context, version.stage_rule)
      if (version.further_approvals) await setFurtherApprovals(context, version.further_approvals)
      if (version.authority) await setAuthority(context, version.authority)
      await context.record({
        verb: 'policy_in_force',
        subjects: [...subjects, ...(old ? [{ kind: 'policy', id: old.id }] : [])],
        facts,
      })
    }
    return { id: versionId, inForce }
  },
})

export const withdraw = defineCommand(withdrawPolicy, {
  async run(context, { versionId }) {
    const version = await lockDraft(context, versionId)
    await setState(context, versionId, 'withdrawn')
    await context.record({
      verb: 'policy_withdrawn',
      subjects: [{ kind: 'policy', id: versionId }],
      facts: { summary: `運用規程 第${version.version_no}版（案）` },
    })
    return { id: versionId }
  },
})
