import type { CommandContext } from '../../../platform/commands/command.ts'
import { Refusal } from '../../../platform/commands/refusal.ts'
import type { Id } from '../../../platform/ids/uuid.ts'
import type { Json } from '../../../platform/trail/canonical.ts'
import { forgetOwn, keepFirstOfMany, wordsOfMany } from '../../customization/index.ts'
import type { CustomKind } from '../../customization/tables.ts'
import type { LockedBatch } from '../batch.ts'
import type { RowProblem } from '../tables.ts'
import type { OwnRead } from './customers/read-own.ts'
import { ownFieldName } from './own-columns.ts'

export type OwnValuesRead = Pick<OwnRead, 'values' | 'missing'>

/**
 * Gives a record that is new with its row the company's own values; refuses the row where a required one is missing. What is known
 * already keeps its own: the answer says so. `undo` is what `leaveOwn` needs to take them back.
 */
export async function enterOwn(
  context: CommandContext,
  batch: LockedBatch,
  record: { kind: CustomKind; id: Id; isNew: boolean },
  { values, missing }: OwnValuesRead,
): Promise<{ notes: RowProblem[]; undo: { ownValues: Record<string, Json> } }> {
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))
  const nothing = { notes: [], undo: { ownValues: {} } }
  if (!record.isNew) return Object.keys(given).length === 0 ? nothing : { ...nothing, notes: [standing] }
  const wrong = missing.filter(problem => problem.weight === 'error')
  if (wrong.length > 0) throw new Refusal('invalid', wrong.map(reasonOf(batch)))
  if (Object.keys(given).length > 0) {
    const { fields } = batch.own
    await keepFirstOfMany(context, fields, [{ record, values: given }])
    const [words = {}] = await wordsOfMany(context.tx, fields, [given])
    await context.record({
      verb: 'custom_values_changed',
      subjects: [{ kind: record.kind, id: record.id }],
      after: words,
      facts: { fields: Object.keys(given).map(key => ownFieldName({ key })) },
    })
  }
  return { notes: missing, undo: { ownValues: given } }
}

const standing: RowProblem = {
  code: 'standing_value_stays',
  column: null,
  heading: null,
  message: '登録済みの記録のため、自社の項目は変えません。',
  weight: 'note',
}

const reasonOf = (batch: LockedBatch) => (problem: RowProblem) => ({
  code: problem.code,
  message: problem.message,
  field: batch.own.fields
    .filter(field => field.required && problem.message.includes(`「${field.label}」`))
    .map(ownFieldName)[0],
})

export const OWN_VALUES_MOVED = '取込後に自社の項目が変更されたため、登録を残しました。'

/** Takes the own values of a record out with it; refuses when people have changed them since. */
export async function leaveOwn(context: CommandContext, recordId: Id, ownValues: Json): Promise<void> {
  const row = await context.tx
    .selectFrom('record_custom')
    .select(['plain', 'row_version'])
    .where('id', '=', recordId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return
  const brought = Object.keys((ownValues ?? {}) as object).length > 0 && row.row_version === 1
  if (!brought)
    throw new Refusal('conflict', [{ code: 'record_must_be_untouched', message: OWN_VALUES_MOVED }])
  await forgetOwn(context.tx, [recordId])
}
