import { defineCommand } from '../../../platform/commands/command.ts'
import { refuseAll, refuseUnless } from '../../../platform/commands/refusal.ts'
import { newId } from '../../../platform/ids/uuid.ts'
import { renameParty } from '../contract.ts'
import { partyFields } from '../fields.ts'
import { lockParty, nextVersion, refreshSearchKeys } from '../records.ts'
import { legalFormOfName, storedBasics } from '../rules.ts'

/** Changes the legal name of an existing party: critical, with evidence; the old name is kept with its last day. */
export const rename = defineCommand(renameParty, {
  async critical(context, input) {
    const party = await lockParty(context, input.partyId, input.rowVersion)
    refuseUnless(party.legal_name !== input.legalName, 'name_must_differ', {
      kind: 'invalid',
      field: 'legalName',
    })
    refuseAll(
      storedBasics(input, { kind: party.party_kind, today: context.today, at: '' }).reasons,
      'invalid',
    )
    return {
      subject: { kind: 'party', id: party.id },
      summary: `商号変更　${party.legal_name} → ${input.legalName}`,
      readSet: [{ table: 'party', id: party.id, version: party.row_version }],
      items: [
        {
          field: 'legalName',
          label: partyFields.legalName.label.ja,
          old: party.legal_name,
          new: input.legalName,
        },
        {
          field: 'legalNameKana',
          label: partyFields.legalNameKana.label.ja,
          old: party.legal_name_kana,
          new: input.legalNameKana ?? party.legal_name_kana,
        },
        { field: 'effectiveOn', label: '変更日', old: null, new: input.effectiveOn },
      ],
      evidenceRequired: false,
      approve: 'parties.approveChange',
    }
  },
  async run(context, input) {
    const { tx, now, today } = context
    const party = await lockParty(context, input.partyId)
    const { values } = storedBasics(input, { kind: party.party_kind, today, at: '' })
    const kana = values.legal_name_kana ?? party.legal_name_kana
    await tx
      .updateTable('party_name')
      .set({ valid_to: input.effectiveOn })
      .where('party_id', '=', party.id)
      .where('kind', '=', 'legal')
      .where('valid_to', 'is', null)
      .execute()
    await tx
      .insertInto('party_name')
      .values({
        id: newId(),
        party_id: party.id,
        kind: 'legal',
        name: input.legalName,
        kana,
        valid_from: input.effectiveOn,
        valid_to: null,
        recorded_at: now.toISOString(),
      })
      .execute()
    await tx
      .updateTable('party')
      .set({
        legal_name: input.legalName,
        legal_name_kana: kana,
        ...legalFormOfName(input.legalName),
        row_version: nextVersion,
      })
      .where('id', '=', party.id)
      .execute()
    await refreshSearchKeys(tx, party.id)
    await context.record({
      verb: 'party_renamed',
      subjects: [{ kind: 'party', id: party.id }],
      before: { legalName: party.legal_name, legalNameKana: party.legal_name_kana },
      after: { legalName: input.legalName, legalNameKana: kana, effectiveOn: input.effectiveOn },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    return { id: party.id, rowVersion: party.row_version + 1 }
  },
})
