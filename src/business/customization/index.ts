import { answerQuery, runCommand } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { changeCustomValues } from './commands/change-values.ts'
import { change, define, order, restore, retire } from './commands/define-field.ts'
import { changeFormLayout, resetFormLayout } from './commands/layout.ts'
import {
  changeOneMark,
  defineNewMark,
  orderAllMarks,
  restoreOneMark,
  retireOneMark,
  setRecordMarks,
} from './commands/marks.ts'
import { findColleagues, listCustomFields } from './contract.ts'
import { fieldsOf } from './definitions.ts'
import { readLayout } from './layout-contract.ts'
import { listMarks, marksOfRecord } from './mark-contract.ts'
import { marksDefined, marksOfOne } from './marks.ts'
import { permissions } from './permissions.ts'
import { colleagues, readRecord, unmask } from './queries.ts'
import { readValues, unmaskValue } from './value-contract.ts'

const commands = [
  define,
  change,
  retire,
  restore,
  order,
  changeCustomValues,
  defineNewMark,
  changeOneMark,
  retireOneMark,
  restoreOneMark,
  orderAllMarks,
  setRecordMarks,
  changeFormLayout,
  resetFormLayout,
]

/** 自社の項目・状態・タグ・入力欄の並び: what a company defines for its records without code (decision 0016). */
export const customization: Slice = {
  name: 'customization',
  permissions,
  commands,
  records: [
    { kind: 'custom_field', read: 'customization.read' },
    { kind: 'mark', read: 'customization.read' },
    { kind: 'form_layout', read: 'customization.read' },
  ],
  routes: ({ records, keys }) => [
    answerQuery(listCustomFields, async ({ db }, { recordKind }) => ({
      body: { fields: await fieldsOf(db, recordKind) },
      seen: [],
    })),
    answerQuery(readValues, (context, input) => readRecord(records, context, input)),
    answerQuery(unmaskValue, (context, input) => unmask({ records, keys }, context, input)),
    answerQuery(findColleagues, colleagues),
    answerQuery(listMarks, async ({ db }, { recordKind }) => ({
      body: { marks: await marksDefined(db, recordKind) },
      seen: [],
    })),
    answerQuery(marksOfRecord, (context, input) => marksOfOne(records, context, input)),
    answerQuery(readLayout, async ({ db }, { recordKind }) => {
      const row = await db
        .selectFrom('form_layout')
        .selectAll()
        .where('record_kind', '=', recordKind)
        .executeTakeFirst()
      return {
        body: {
          rowVersion: row?.row_version ?? 0,
          sections: row?.sections ?? null,
          changedAt: row?.changed_at ?? null,
        },
        seen: [],
      }
    }),
    ...commands.map(runCommand),
  ],
}

export { changeCustomValues as changeCustomValuesCommand } from './commands/change-values.ts'
export { define as defineFieldCommand } from './commands/define-field.ts'
export type { CustomField, Mark } from './contract.ts'
export { fieldsOf as customFieldsOf } from './definitions.ts'
export { markWords } from './mark-words.ts'
export { marksDefined, marksOf, marksTogether } from './marks.ts'
export { setMarksOfMany } from './marks-of-many.ts'
export { type OwnRow, ownExportColumns, withOwnValues } from './own-rows.ts'
export { listTexts, type PastDay, valuesShown } from './queries.ts'
export { checkedValue, conditionKeys, foldedText, keysOfValue, sortableNumber } from './rules.ts'
export { sayValue } from './say.ts'
export {
  applyDecision,
  applyFirst,
  type CustomDecision,
  decideFirst,
  decideValues,
  eventValues,
  fieldName,
  inputOf,
  requestItems,
} from './values.ts'
export {
  changeValuesOfMany,
  dropEmptyValues,
  forgetOwn,
  keepFirstOfMany,
  plainValuesOf,
  wordsOfMany,
} from './values-of-many.ts'
