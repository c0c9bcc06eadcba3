import { type CommandContext, defineCommand } from '../../../platform/commands/command.ts'
import { found, refuseUnless } from '../../../platform/commands/refusal.ts'
import { type Id, newId } from '../../../platform/ids/uuid.ts'
import { endCollateral, registerCollateral } from '../contract.ts'
import { collateralKindLabels } from '../labels.ts'
import { lockCompany, raised, refuseFuture } from '../records.ts'

/** A new valuation is a row of its own: what stood on an earlier day can be told for ever. */
export const register = defineCommand(registerCollateral, {
  constraints: { collateral_replaces_key: 'security_must_stand' },
  async run(context, input) {
    const { tx, actor, now, today } = context
    refuseFuture(input.valuedOn, today, 'valuedOn')
    refuseUnless(!input.expiresOn || input.expiresOn > input.validFrom, 'period_must_be_forward', {
      kind: 'invalid',
      field: 'expiresOn',
    })
    const { party, company } = await lockCompany(context, input.partyId)
    const earlier = input.replacesId ? await lockStanding(context, input.replacesId) : null
    if (earlier) {
      refuseUnless(company.partyIds.includes(earlier.party_id), 'record_must_exist', { kind: 'missing' })
      refuseUnless(input.validFrom >= earlier.valid_from, 'end_must_not_precede_the_start', {
        kind: 'invalid',
        field: 'validFrom',
      })
      await closeCollateral(context, earlier.id, input.validFrom, '再評価による置換え')
    }
    const id = newId()
    const { collateral_no } = await tx
      .insertInto('collateral')
      .values({
        id,
        party_id: earlier?.party_id ?? party.id,
        collateral_kind: input.collateralKind,
        description: input.description,
        value_yen: input.valueYen,
        valued_on: input.valuedOn,
        ltv_ppm: input.ltvPpm,
        registered_no: input.registeredNo ?? null,
        valid_from: input.validFrom,
        expires_on: input.expiresOn ?? null,
        valid_to: null,
        end_reason: null,
        ended_by: null,
        replaces: earlier?.id ?? null,
        evidence: input.evidence,
        recorded_by: actor.id,
        recorded_at: now.toISOString(),
      })
      .returning('collateral_no')
      .executeTakeFirstOrThrow()
    const said = {
      collateralKind: input.collateralKind,
      valueYen: input.valueYen,
      ltvPpm: input.ltvPpm,
      validFrom: input.validFrom,
      expiresOn: input.expiresOn ?? null,
    }
    await context.record({
      verb: earlier ? 'collateral_revalued' : 'collateral_registered',
      subjects: [
        { kind: 'collateral', id },
        ...(earlier ? [{ kind: 'collateral', id: earlier.id }] : []),
        { kind: 'party', id: earlier?.party_id ?? party.id },
      ],
      ...(earlier
        ? {
            before: {
              collateralKind: earlier.collateral_kind,
              valueYen: earlier.value_yen,
              ltvPpm: earlier.ltv_ppm,
              validFrom: earlier.valid_from,
              expiresOn: earlier.expires_on,
            },
          }
        : {}),
      after: said,
      facts: { summary: `${collateral_no} ${collateralKindLabels[input.collateralKind]}` },
      evidence: input.evidence,
    })
    return { id, collateralNo: collateral_no }
  },
})

export const end = defineCommand(endCollateral, {
  async run(context, { collateralId, endedOn, reason, evidence }) {
    const collateral = await lockStanding(context, collateralId)
    refuseUnless(endedOn >= collateral.valid_from, 'end_must_not_precede_the_start', {
      kind: 'invalid',
      field: 'endedOn',
    })
    await closeCollateral(context, collateral.id, endedOn, reason)
    await context.record({
      verb: 'collateral_ended',
      subjects: [
        { kind: 'collateral', id: collateral.id },
        { kind: 'party', id: collateral.party_id },
      ],
      after: { validTo: endedOn },
      facts: { summary: collateral.collateral_no },
      reason,
      evidence,
    })
    return { id: collateral.id }
  },
})

async function lockStanding({ tx }: CommandContext, id: Id) {
  const row = found(
    await tx.selectFrom('collateral').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),
    'collateral',
  )
  refuseUnless(row.valid_to === null, 'security_must_stand')
  return row
}

async function closeCollateral(
  { tx, actor }: CommandContext,
  id: Id,
  day: string,
  reason: string,
): Promise<void> {
  await tx
    .updateTable('collateral')
    .set({ valid_to: day, end_reason: reason, ended_by: actor.id, row_version: raised })
    .where('id', '=', id)
    .execute()
}
