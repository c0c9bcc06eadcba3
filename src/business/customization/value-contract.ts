import { z } from 'zod'
import { changeReason, command, id, isoDate, query } from '../../platform/http/contract.ts'
import { effectiveRefusals } from '../changes/contract.ts'
import { customKinds } from './tables.ts'

/** A value as it is given: text, number, ISO date, choice, several choices, id of a colleague or document; null empties the field. */
const given = z.union([z.string().max(2000), z.number(), z.array(z.string().max(20)).max(100), z.null()])

/** Key of a field → its value; fields left out stay as they are. */
export const customInput = z.record(z.string().max(20), given)
export type CustomInput = z.infer<typeof customInput>

/** What a record holds in one field. Sensitive values are masked: `value` is null and `text` dots. */
export const customValue = z.object({
  key: z.string(),
  value: z.unknown(),
  /** As people read it: choices in words, colleagues by name. */
  text: z.string(),
  masked: z.boolean(),
})
export type CustomValue = z.infer<typeof customValue>

/** What may be wrong with own values given with a new record. */
export const firstValueRefusals = {
  custom_field_must_exist: '追加項目が見つからないか、廃止されています。',
  custom_field_must_be_given: '必須の追加項目が入力されていません。',
  custom_value_must_fit_its_type: '追加項目の値が項目の形式に合いません。',
  custom_choice_must_be_offered: '選択肢から選んでください。',
  custom_staff_must_be_on_the_staff: '在籍している社員から選んでください。',
  custom_file_must_be_on_the_record: 'この記録に登録された書類から選んでください。',
  my_number_must_not_be_stored: 'マイナンバーと思われる番号は保存できません。',
} as const

export const valueRefusals = {
  ...firstValueRefusals,
  something_must_change: '変更された項目がありません（その日の値と同じです）。',
  record_must_be_open: '決定された記録の追加項目は変更できません。',
  ...effectiveRefusals,
} as const

export const changeValues = command({
  name: 'customization.changeValues',
  path: '/api/custom-values/:recordKind/:recordId/change',
  summary:
    'Changes values of custom fields of one record from a day on; a changed value of a field marked critical waits for a second person.',
  permission: 'customization.changeValues',
  critical: 'sometimes',
  input: z.object({
    recordKind: z.enum(customKinds),
    recordId: id,
    values: customInput,
    effectiveOn: isoDate,
    change: changeReason,
  }),
  output: z.object({
    id,
    planned: z.object({ plannedNo: z.string(), effectiveOn: isoDate }).nullable(),
  }),
  refusals: valueRefusals,
})

export const readValues = query({
  name: 'customization.readValues',
  path: '/api/custom-values/:recordKind/:recordId',
  summary:
    'What one record holds in the custom fields of its kind, now or on a past day; sensitive values masked.',
  permission: 'customization.read',
  sight: 'open',
  input: z.object({
    recordKind: z.enum(customKinds),
    recordId: id,
    asOf: isoDate.optional(),
    known: z.enum(['then', 'now']).default('then'),
  }),
  output: z.object({
    values: z.array(customValue),
    /** Why they may not be changed any more; null while they may. */
    closed: z.string().nullable(),
  }),
})

export const unmaskValue = query({
  name: 'customization.unmaskValue',
  method: 'POST',
  path: '/api/custom-values/:recordKind/:recordId/unmask',
  summary: 'A sensitive value in the clear, for a stated reason which is recorded.',
  permission: 'parties.seeSensitive',
  sight: 'unmask',
  input: z.object({
    recordKind: z.enum(customKinds),
    recordId: id,
    key: z.string().max(20),
    reason: z.string().trim().min(5).max(500),
  }),
  output: z.object({ text: z.string() }),
})
