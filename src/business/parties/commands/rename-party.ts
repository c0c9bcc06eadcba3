import type { z } from 'zod'
import { type CommandContext, defineCommand } from '../../../platform/commands/command.ts'
import { refuseAll, refuseUnless } from '../../../platform/commands/refusal.ts'
import { checkEffectiveDay, planChange } from '../../changes/index.ts'
import { applyValues, type LockedParty, typedBasics, valuesStandingOn } from '../apply-values.ts'
import { renameParty } from '../contract.ts'
import { partyFields } from '../fields.ts'
import { lockParty } from '../records.ts'
import { storedBasics } from '../rules.ts'
import { dayFacts } from './change-basics.ts'

type Rename = z.output<typeof renameParty.input>

/** Changes the legal name of an existing party: critical; the old name is kept with its days. A later day waits for the clock. */
export const rename = defineCommand(renameParty, {
  async critical(context, input) {
    checkEffectiveDay(context.today, input.effectiveOn)
    const party = await lockParty(context, input.partyId, input.rowVersion)
    const { items } = await newNames(context, party, input)
    return {
      subject: { kind: 'party', id: party.id },
      summary: `商号変更　${party.legal_name} → ${input.legalName}`,
      readSet: [{ table: 'party', id: party.id, version: party.row_version }],
      items: [...items, { field: 'effectiveOn', label: '変更日', old: null, new: input.effectiveOn }],
      evidenceRequired: false,
      approve: 'parties.approveChange',
    }
  },
  async run(context, input) {
    const party = await lockParty(context, input.partyId)
    const { values, items } = await newNames(context, party, input)
    if (input.effectiveOn > context.today) {
      const planned = await planChange(context, {
        record: { kind: 'party', id: party.id },
        command: renameParty.name,
        input: { ...input } as never,
        summary: `商号変更　${party.legal_name} → ${input.legalName}`.slice(0, 300),
        items,
        effectiveOn: input.effectiveOn,
        change: input.change,
        permission: renameParty.permission,
      })
      return { id: party.id, rowVersion: party.row_version, planned }
    }
    await applyValues(context, party, values, input.effectiveOn, input.change)
    await context.record({
      verb: 'party_renamed',
      subjects: [{ kind: 'party', id: party.id }],
      before: Object.fromEntries(items.map(item => [item.field, item.old])),
      after: values,
      facts: dayFacts(context, input.effectiveOn),
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    return { id: party.id, rowVersion: party.row_version + 1, planned: null }
  },
})

/** The name and, where given, its reading; refuses what the rules refuse and a name which holds on that day already. */
async function newNames(context: CommandContext, party: LockedParty, input: Rename) {
  const typed = { ...typedBasics(party), legalNameKana: input.legalNameKana ?? null }
  const stored = storedBasics(typed, { kind: party.party_kind, today: context.today, at: '' })
  refuseAll(
    stored.reasons.filter(reason => reason.field === 'legalNameKana'),
    'invalid',
  )
  const standing = await valuesStandingOn(context, party, ['legalName', 'legalNameKana'], input.effectiveOn)
  refuseUnless(standing.get('legalName') !== input.legalName, 'name_must_differ', {
    kind: 'invalid',
    field: 'legalName',
  })
  const kana = stored.values.legal_name_kana
  const values = { legalName: input.legalName, ...(kana === null ? {} : { legalNameKana: kana }) }
  const item = (field: 'legalName' | 'legalNameKana', value: string | null) => ({
    field,
    label: partyFields[field].label.ja,
    old: standing.get(field) ?? null,
    new: value,
  })
  return {
    values,
    items: [item('legalName', input.legalName), ...(kana === null ? [] : [item('legalNameKana', kana)])],
  }
}
