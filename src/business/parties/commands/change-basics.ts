import { defineCommand } from '../../../platform/commands/command.ts'
import { refuseAll, refuseUnless } from '../../../platform/commands/refusal.ts'
import type { Json } from '../../../platform/trail/canonical.ts'
import { changeBasics, changeRoles } from '../contract.ts'
import { lockParty, nextVersion, refreshSearchKeys } from '../records.ts'
import { storedBasics } from '../rules.ts'

/** Changes basic items other than the legal name; changing the address asks for evidence (DD group 12, evidence-only). */
export const changePartyBasics = defineCommand(changeBasics, {
  constraints: { party_corporate_number: 'corporate_number_must_be_unique' },
  async run(context, input) {
    const { tx, today } = context
    const party = await lockParty(context, input.partyId, input.rowVersion)
    const { values, reasons } = storedBasics(input.basics, { kind: party.party_kind, today, at: 'basics.' })
    refuseAll(reasons, 'invalid')
    const before: Record<string, Json> = {}
    const after: Record<string, Json> = {}
    for (const [column, value] of Object.entries(values)) {
      const old = party[column as keyof typeof values]
      if (old === value) continue
      before[column] = old
      after[column] = value
    }
    refuseUnless(Object.keys(after).length > 0, 'something_must_change', { kind: 'invalid' })
    const movesAddress = party.address_original !== null && 'address_original' in after
    refuseUnless(!movesAddress || input.change.evidence.length > 0, 'evidence_must_be_attached', {
      kind: 'invalid',
      field: 'change.evidence',
    })
    await tx
      .updateTable('party')
      .set({ ...values, row_version: nextVersion })
      .where('id', '=', party.id)
      .execute()
    await refreshSearchKeys(tx, party.id)
    await context.record({
      verb: 'party_changed',
      subjects: [{ kind: 'party', id: party.id }],
      before,
      after,
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    return { id: party.id, rowVersion: party.row_version + 1 }
  },
})

export const changePartyRoles = defineCommand(changeRoles, {
  async run(context, input) {
    const party = await lockParty(context, input.partyId, input.rowVersion)
    const roles = [...new Set(input.roles)].sort()
    refuseUnless(roles.join() !== [...party.roles].sort().join(), 'something_must_change', {
      kind: 'invalid',
    })
    await context.tx
      .updateTable('party')
      .set({ roles, row_version: nextVersion })
      .where('id', '=', party.id)
      .execute()
    await context.record({
      verb: 'party_roles_changed',
      subjects: [{ kind: 'party', id: party.id }],
      before: { roles: party.roles },
      after: { roles },
    })
    return { id: party.id, rowVersion: party.row_version + 1 }
  },
})
