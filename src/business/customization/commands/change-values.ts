import type { z } from 'zod'
import {
  type CommandContext,
  type CriticalChange,
  defineCommand,
} from '../../../platform/commands/command.ts'
import { found, refuseUnless } from '../../../platform/commands/refusal.ts'
import { checkEffectiveDay, planChange } from '../../changes/index.ts'
import { kindLabels } from '../labels.ts'
import { changeValues } from '../value-contract.ts'
import {
  applyDecision,
  type CustomDecision,
  decideValues,
  eventValues,
  fieldName,
  inputOf,
  requestItems,
} from '../values.ts'

type Input = z.output<typeof changeValues.input>

/** Changes custom values of a record of any kind from a day on; of a field marked critical a standing value only by two people. */
export const changeCustomValues = defineCommand(changeValues, {
  async critical(context, input): Promise<CriticalChange | null> {
    const decision = await decide(context, input)
    return decision.critical ? criticalChange(decision, input.effectiveOn) : null
  },
  async run(context, input) {
    const decision = await decide(context, input)
    const { record, items } = decision
    if (input.effectiveOn > context.today) {
      const planned = await planChange(context, {
        record,
        command: changeValues.name,
        input: { ...input, values: inputOf(items) } as never,
        summary: summaryOf(decision),
        items: requestItems(items),
        effectiveOn: input.effectiveOn,
        change: input.change,
        permission: changeValues.permission,
        dataSubjectId: record.dataSubjectId,
      })
      return { id: record.id, planned }
    }
    await applyDecision(context, decision, input.effectiveOn, input.change)
    await context.record({
      verb: 'custom_values_changed',
      subjects: [{ kind: record.kind, id: record.id }],
      before: eventValues(items, 'oldText'),
      after: eventValues(items, 'newText'),
      facts: {
        effectiveOn: input.effectiveOn,
        fields: items.map(({ field }) => fieldName(field.key)),
        summary: items.map(({ field }) => field.label).join('・'),
      },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    return { id: record.id, planned: null }
  },
})

async function decide(context: CommandContext, input: Input): Promise<CustomDecision> {
  const { tx, actor, today, records, planned, approval } = context
  checkEffectiveDay(today, input.effectiveOn)
  const record = { kind: input.recordKind, id: input.recordId }
  // What was decided by people who reached the record is carried out by the clock and by approvers, who need not.
  const at = {
    db: tx,
    actor: planned || approval ? { ...actor, reach: 'all' as const } : actor,
    today,
    hold: true,
  }
  const { dataSubjectId, closed } = found(await records.find(at, record), record.kind)
  refuseUnless(closed === undefined, 'record_must_be_open', closed ? { message: closed } : {})
  const decision = await decideValues(context, { ...record, dataSubjectId }, input.values, input.effectiveOn)
  refuseUnless(decision.items.length > 0, 'something_must_change', { kind: 'invalid' })
  return decision
}

/** The request a second person decides about. */
export function criticalChange(decision: CustomDecision, effectiveOn: string): CriticalChange {
  const { record, items, version } = decision
  return {
    subject: { kind: record.kind, id: record.id },
    summary: summaryOf(decision),
    readSet: version === null ? [] : [{ table: 'record_custom', id: record.id, version }],
    items: [...requestItems(items), { field: 'effectiveOn', label: '変更日', old: null, new: effectiveOn }],
    evidenceRequired: false,
    approve: 'parties.approveChange',
    dataSubjectId: record.dataSubjectId,
  }
}

function summaryOf({ record, items }: CustomDecision): string {
  return `${kindLabels[record.kind]}の${items.map(({ field }) => field.label).join('・')}の変更`.slice(0, 300)
}
