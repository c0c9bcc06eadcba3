import { sql } from 'kysely'
import type { z } from 'zod'
import { type CommandContext, defineCommand } from '../../../platform/commands/command.ts'
import { found, refuseUnless } from '../../../platform/commands/refusal.ts'
import { type Id, newId } from '../../../platform/ids/uuid.ts'
import { endGuarantee, judgeGuarantee, registerGuarantee } from '../contract.ts'
import { guaranteeJudgementLabels, guaranteeKindLabels } from '../labels.ts'
import { type CompanyOfParty, companyOf, lockCompany, raised, refuseInvalid } from '../records.ts'
import { looksLikeLending, reasonsAgainstGuarantee } from '../rules/security.ts'

/** A living person's guarantee for a client waits for compliance: the alert job finds it while nobody has judged it. */
export const register = defineCommand(registerGuarantee, {
  constraints: { personal_root_guarantee_has_a_cap: 'personal_root_guarantee_must_have_a_cap' },
  async run(context, input) {
    const { tx, actor, now, today } = context
    const { party, company } = await lockCompany(context, input.partyId)
    const { personal } = await guarantorOf(context, company, input)
    refuseInvalid(
      reasonsAgainstGuarantee(
        {
          kind: input.guaranteeKind,
          personal,
          amountYen: input.amountYen ?? null,
          capYen: input.guaranteeCapYen ?? null,
          validFrom: input.validFrom,
          expiresOn: input.expiresOn ?? null,
          notarisedOn: input.notarisedOn ?? null,
        },
        today,
      ),
    )
    const id = newId()
    const { guarantee_no } = await tx
      .insertInto('guarantee')
      .values({
        id,
        party_id: party.id,
        guarantor_party_id: input.guarantorPartyId ?? null,
        guarantor_person_id: input.guarantorPersonId ?? null,
        guarantee_kind: input.guaranteeKind,
        amount_yen: input.amountYen ?? null,
        guarantee_cap_yen: input.guaranteeCapYen ?? null,
        personal,
        notarised_on: input.notarisedOn ?? null,
        valid_from: input.validFrom,
        expires_on: input.expiresOn ?? null,
        valid_to: null,
        end_reason: null,
        ended_by: null,
        evidence: input.evidence,
        recorded_by: actor.id,
        recorded_at: now.toISOString(),
        judgement: null,
        judgement_reason: null,
        judged_by: null,
        judged_at: null,
      })
      .returning('guarantee_no')
      .executeTakeFirstOrThrow()
    const toCompliance = looksLikeLending(personal, company.roles)
    await context.record({
      verb: 'guarantee_registered',
      subjects: [
        { kind: 'guarantee', id },
        { kind: 'party', id: party.id },
        ...(input.guarantorPartyId ? [{ kind: 'party', id: input.guarantorPartyId }] : []),
        ...(input.guarantorPersonId ? [{ kind: 'person', id: input.guarantorPersonId }] : []),
      ],
      after: {
        guaranteeKind: input.guaranteeKind,
        amountYen: input.amountYen ?? null,
        guaranteeCapYen: input.guaranteeCapYen ?? null,
        personal,
        validFrom: input.validFrom,
        expiresOn: input.expiresOn ?? null,
      },
      facts: {
        summary: `${guarantee_no} ${guaranteeKindLabels[input.guaranteeKind]}${toCompliance ? '（個人保証：コンプライアンスの確認待ち）' : ''}`,
      },
      evidence: input.evidence,
    })
    return { id, guaranteeNo: guarantee_no, toCompliance }
  },
})

export const end = defineCommand(endGuarantee, {
  async run(context, { guaranteeId, endedOn, reason, evidence }) {
    const { tx, actor } = context
    const guarantee = await lockGuarantee(context, guaranteeId)
    refuseUnless(endedOn >= guarantee.valid_from, 'end_must_not_precede_the_start', {
      kind: 'invalid',
      field: 'endedOn',
    })
    await tx
      .updateTable('guarantee')
      .set({ valid_to: endedOn, end_reason: reason, ended_by: actor.id, row_version: raised })
      .where('id', '=', guarantee.id)
      .execute()
    await context.record({
      verb: 'guarantee_ended',
      subjects: subjectsOf(guarantee),
      after: { validTo: endedOn },
      facts: { summary: guarantee.guarantee_no },
      reason,
      evidence,
    })
    return { id: guarantee.id }
  },
})

export const judge = defineCommand(judgeGuarantee, {
  async run(context, { guaranteeId, judgement, reason }) {
    const { tx, actor, now } = context
    const guarantee = await lockGuarantee(context, guaranteeId)
    refuseUnless(guarantee.personal, 'guarantee_must_be_personal')
    refuseUnless(guarantee.judged_at === null, 'guarantee_must_not_be_judged_twice')
    refuseUnless(guarantee.recorded_by !== actor.id, 'judge_must_not_have_registered', { kind: 'forbidden' })
    await tx
      .updateTable('guarantee')
      .set({
        judgement,
        judgement_reason: reason,
        judged_by: actor.id,
        judged_at: now.toISOString(),
        row_version: raised,
      })
      .where('id', '=', guarantee.id)
      .execute()
    await context.record({
      verb: 'guarantee_judged',
      subjects: subjectsOf(guarantee),
      after: { judgement },
      facts: { summary: `${guarantee.guarantee_no} ${guaranteeJudgementLabels[judgement]}` },
      reason,
    })
    return { id: guarantee.id }
  },
})

/** Who answers, and whether that is a living person; refuses whoever is not registered as guarantor, since guarantors are screened. */
async function guarantorOf(
  { tx }: CommandContext,
  principal: CompanyOfParty,
  { guarantorPartyId, guarantorPersonId }: z.output<typeof registerGuarantee.input>,
): Promise<{ personal: boolean }> {
  refuseUnless(Boolean(guarantorPartyId) !== Boolean(guarantorPersonId), 'guarantor_must_be_one', {
    kind: 'invalid',
    field: guarantorPartyId ? 'guarantorPartyId' : 'guarantorPersonId',
  })
  if (guarantorPartyId) {
    const guarantor = await companyOf(tx, guarantorPartyId)
    refuseUnless(guarantor.id !== principal.id, 'guarantor_must_be_another', {
      kind: 'invalid',
      field: 'guarantorPartyId',
    })
    refuseUnless(guarantor.roles.includes('guarantor'), 'guarantor_must_be_registered', {
      kind: 'invalid',
      field: 'guarantorPartyId',
    })
    const { rows } = await sql<{
      sole: boolean
    }>`select bool_or(party_kind = 'sole_proprietor') as sole from party where id = any(${guarantor.partyIds}::uuid[])`.execute(
      tx,
    )
    return { personal: rows[0]?.sole ?? false }
  }
  const { rows } = await sql`select 1 from party_person where person_id = ${guarantorPersonId ?? null}
    and party_id = any(${principal.partyIds}::uuid[]) and person_role = 'guarantor' and valid_to is null limit 1`.execute(
    tx,
  )
  refuseUnless(rows.length > 0, 'guarantor_must_be_registered', {
    kind: 'invalid',
    field: 'guarantorPersonId',
  })
  return { personal: true }
}

async function lockGuarantee({ tx }: CommandContext, id: Id) {
  const row = found(
    await tx.selectFrom('guarantee').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),
    'guarantee',
  )
  refuseUnless(row.valid_to === null, 'security_must_stand')
  return row
}

function subjectsOf(guarantee: Awaited<ReturnType<typeof lockGuarantee>>) {
  return [
    { kind: 'guarantee', id: guarantee.id },
    { kind: 'party', id: guarantee.party_id },
    ...(guarantee.guarantor_party_id ? [{ kind: 'party', id: guarantee.guarantor_party_id }] : []),
    ...(guarantee.guarantor_person_id ? [{ kind: 'person', id: guarantee.guarantor_person_id }] : []),
  ]
}
