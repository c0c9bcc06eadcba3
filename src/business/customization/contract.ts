import { z } from 'zod'
import { changeReason, command, id, query } from '../../platform/http/contract.ts'
import { customKinds, customTypes } from './tables.ts'

export { changeLayout, readLayout, resetLayout } from './layout-contract.ts'
export { listMarks, type Mark, marksOfRecord, type ShownMark, setMarks, shownMark } from './mark-contract.ts'
export {
  type CustomInput,
  type CustomValue,
  changeValues,
  customInput,
  customValue,
  firstValueRefusals,
  readValues,
  unmaskValue,
  valueRefusals,
} from './value-contract.ts'

/** Fields of one kind of record in use at the same time; more belong into a system of their own. */
export const MOST_FIELDS = 60
export const MOST_CHOICES = 100

const label = (max: number) => z.string().trim().min(1).max(max)

/** What an administrator says about a field and may change later. */
const wording = {
  label: label(40),
  help: label(300).nullish(),
  example: label(100).nullish(),
  why: label(300).nullish(),
  required: z.boolean().default(false),
  /** A change of an existing value needs a second person. */
  critical: z.boolean().default(false),
  searchable: z.boolean().default(false),
  /** A column of imports and exports. */
  transferable: z.boolean().default(true),
  inList: z.boolean().default(false),
}

/** A choice without a value is a new one. */
const choices = z
  .array(
    z.object({ value: z.string().max(10).nullish(), label: label(60), retired: z.boolean().default(false) }),
  )
  .max(MOST_CHOICES)
  .default([])

export const customField = z.object({
  id,
  rowVersion: z.number().int(),
  key: z.string(),
  recordKind: z.enum(customKinds),
  type: z.enum(customTypes),
  label: z.string(),
  choices: z.array(z.object({ value: z.string(), label: z.string(), retired: z.boolean() })),
  help: z.string().nullable(),
  example: z.string().nullable(),
  why: z.string().nullable(),
  required: z.boolean(),
  sensitive: z.boolean(),
  critical: z.boolean(),
  searchable: z.boolean(),
  transferable: z.boolean(),
  inList: z.boolean(),
  position: z.number().int(),
  retired: z.boolean(),
})
export type CustomField = z.infer<typeof customField>

export const definitionRefusals = {
  label_must_be_plain: '項目名に改行・制御文字、先頭の「= + - @」は使えません。',
  label_must_be_unique: '同じ名前の項目が既にあります（標準の項目を含みます）。',
  choices_must_be_given: '選択肢を1つ以上入力してください。',
  choices_must_be_unique: '同じ名前の選択肢があります。',
  choices_must_belong_to_choices: '選択肢は「選択」「複数選択」の項目だけに付けられます。',
  choices_in_use_must_stay: '使われている選択肢は削除できません。「今後は使わない」にしてください。',
  secrets_must_not_be_searched: '秘匿の項目は検索・一覧・取込出力の対象にできません。',
  files_must_not_be_moved_in: 'ファイルの項目は検索・取込出力の対象にできません。',
  fields_must_not_be_too_many: `使用中の項目は記録の種類ごとに${MOST_FIELDS}件までです。`,
  field_must_be_in_use: 'この項目は既に廃止されています。',
  field_must_be_retired: 'この項目は使用中です。',
  field_must_be_loosened_first:
    '「必須」または「承認」の項目です。先に項目の定義で両方を外してください（もう一人の承認が必要です）。その後に廃止できます。',
  order_must_name_every_field: '並び順に不足または余分な項目があります。画面を読み込み直してください。',
} as const

export const listCustomFields = query({
  name: 'customization.listFields',
  path: '/api/custom-fields',
  summary: 'Fields the company has defined for a kind of record, in their order; retired ones last.',
  permission: 'customization.read',
  sight: null,
  input: z.object({ recordKind: z.enum(customKinds).optional() }),
  output: z.object({ fields: z.array(customField) }),
})

export const findColleagues = query({
  name: 'customization.findColleagues',
  path: '/api/custom-fields/colleagues',
  summary: 'People of our own who may be chosen in a custom field, by name.',
  permission: 'customization.read',
  sight: null,
  input: z.object({ text: z.string().trim().max(50).optional() }),
  output: z.object({ rows: z.array(z.object({ id, name: z.string() })) }),
})

export const defineField = command({
  name: 'customization.defineField',
  path: '/api/custom-fields/define',
  summary:
    'Defines a field for a kind of record. Its type and whether it is sensitive stay for ever; its key names it in inputs and answers.',
  permission: 'customization.manage',
  input: z.object({
    recordKind: z.enum(customKinds),
    type: z.enum(customTypes),
    /** Encrypted, masked in every answer, shown for a recorded reason. */
    sensitive: z.boolean().default(false),
    ...wording,
    choices,
  }),
  output: z.object({ id, key: z.string() }),
  refusals: definitionRefusals,
})

export const changeField = command({
  name: 'customization.changeField',
  path: '/api/custom-fields/:fieldId/change',
  summary:
    'Changes what a field is called, its choices and how it behaves; values stay as they are. That it need not be given any more, or not be approved any more, waits for a second person, with a reason.',
  permission: 'customization.manage',
  critical: 'sometimes',
  input: z.object({
    fieldId: id,
    rowVersion: z.number().int(),
    ...wording,
    choices,
    /** Asked for only where a second person decides. */
    change: changeReason.nullish(),
  }),
  output: z.object({ id, rowVersion: z.number().int() }),
  refusals: definitionRefusals,
})

export const retireField = command({
  name: 'customization.retireField',
  path: '/api/custom-fields/:fieldId/retire',
  summary: 'Takes a field out of forms and lists. Its values and their history stay.',
  permission: 'customization.manage',
  input: z.object({ fieldId: id, rowVersion: z.number().int(), reason: z.string().trim().min(5).max(500) }),
  output: z.object({ id }),
  refusals: definitionRefusals,
})

export const restoreField = command({
  name: 'customization.restoreField',
  path: '/api/custom-fields/:fieldId/restore',
  summary: 'Puts a retired field into use again, with the values it had.',
  permission: 'customization.manage',
  input: z.object({ fieldId: id, rowVersion: z.number().int() }),
  output: z.object({ id }),
  refusals: definitionRefusals,
})

export const orderFields = command({
  name: 'customization.orderFields',
  path: '/api/custom-fields/order',
  summary: 'Sets the order in which the fields of a kind of record are shown.',
  permission: 'customization.manage',
  input: z.object({ recordKind: z.enum(customKinds), fieldIds: z.array(id).max(MOST_FIELDS) }),
  output: z.object({ recordKind: z.enum(customKinds) }),
  refusals: definitionRefusals,
})
