import { defineCommand } from '../../../platform/commands/command.ts'
import { Refusal, refuseAll, refuseUnless } from '../../../platform/commands/refusal.ts'
import { newId } from '../../../platform/ids/uuid.ts'
import { applyFirst, decideFirst, eventValues } from '../../customization/index.ts'
import { fieldValues } from '../columns.ts'
import { registerParty } from '../contract.ts'
import { legalFormOfName, storedBasics } from '../rules.ts'
import { refreshSearchKeys } from '../search-keys.ts'
import { ownerReasons } from './change-basics.ts'

/** Registers a party; whoever registers it is in charge of it unless somebody else is named. */
export const register = defineCommand(registerParty, {
  constraints: { party_corporate_number: 'corporate_number_must_be_unique' },
  async run(context, input) {
    const { tx, actor, now, today } = context
    refuseUnless(input.roles.length > 0, 'one_role_must_be_chosen', { kind: 'invalid', field: 'roles' })
    const { values, reasons } = storedBasics(input, { kind: input.partyKind, today, at: '' })
    if (input.ownerStaffId) reasons.push(...(await ownerReasons(context, input.ownerStaffId)))
    refuseAll(reasons, 'invalid')
    const owner = input.ownerStaffId ?? actor.id
    const id = newId()
    const custom = await decideFirst(context, { kind: 'party', id, dataSubjectId: id }, input.custom)
    const row = await tx
      .insertInto('party')
      .values({
        id,
        party_kind: input.partyKind,
        legal_name: input.legalName,
        ...legalFormOfName(input.legalName),
        ...values,
        roles: input.roles,
        owner_staff_id: owner,
        registered_at: now.toISOString(),
      })
      .onConflict(conflict => conflict.column('corporate_number').doNothing())
      .returning('party_no')
      .executeTakeFirst()
    if (!row)
      throw new Refusal('conflict', [{ code: 'corporate_number_must_be_unique', field: 'corporateNumber' }])
    await tx.insertInto('party_identity').values({ party_id: id, identity_id: id, merge_id: null }).execute()
    const names = [
      { kind: 'legal' as const, name: input.legalName, kana: values.legal_name_kana },
      ...(values.trade_name ? [{ kind: 'trade' as const, name: values.trade_name, kana: null }] : []),
    ]
    await tx
      .insertInto('party_name')
      .values(
        names.map(name => ({
          ...name,
          id: newId(),
          party_id: id,
          valid_from: null,
          valid_to: null,
          recorded_at: now.toISOString(),
        })),
      )
      .execute()
    await applyFirst(context, custom)
    await refreshSearchKeys(tx, id)
    await context.record({
      verb: 'party_registered',
      subjects: [{ kind: 'party', id }],
      after: {
        partyNo: row.party_no,
        partyKind: input.partyKind,
        legalName: input.legalName,
        roles: input.roles,
        ...fieldValues(values),
        ownerStaffId: owner,
        ...eventValues(custom.items, 'newText'),
      },
    })
    return { id, partyNo: row.party_no }
  },
})
