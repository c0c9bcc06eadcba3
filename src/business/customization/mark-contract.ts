import { z } from 'zod'
import { command, id, query } from '../../platform/http/contract.ts'
import { customKinds, markColours, markKinds } from './tables.ts'

export const MOST_MARKS = 100
const MOST_TAGS = 30

export const mark = z.object({
  id,
  rowVersion: z.number().int(),
  recordKind: z.enum(customKinds),
  markKind: z.enum(markKinds),
  label: z.string(),
  colour: z.enum(markColours),
  needsReason: z.boolean(),
  retired: z.boolean(),
})
export type Mark = z.infer<typeof mark>

/** A status or tag as it stands on a record. */
export const shownMark = mark.pick({ id: true, markKind: true, label: true, colour: true })
export type ShownMark = z.infer<typeof shownMark>

export const markRefusals = {
  mark_label_must_be_plain: '名前に改行・制御文字、先頭の「= + - @」は使えません。',
  mark_label_must_be_unique: '同じ名前の状態・タグが既にあります。',
  marks_must_not_be_too_many: `使用中の状態・タグは記録の種類ごとに${MOST_MARKS}件までです。`,
  mark_must_be_in_use: 'この状態・タグは廃止されています。',
  mark_must_be_retired: 'この状態・タグは使用中です。',
  order_must_name_every_mark: '並び順に不足または余分があります。画面を読み込み直してください。',
  mark_must_be_of_the_kind: '選ばれた状態・タグはこの記録には付けられません。',
  mark_needs_a_reason: 'この状態・タグを付けるときは、理由を5文字以上で入力してください。',
  something_must_change: '変更がありません。',
} as const

const wording = {
  label: z.string().trim().min(1).max(20),
  colour: z.enum(markColours),
  needsReason: z.boolean().default(false),
}

export const listMarks = query({
  name: 'customization.listMarks',
  path: '/api/marks',
  summary:
    'Statuses and tags the company has defined for a kind of record, in their order; retired ones last.',
  permission: 'customization.read',
  sight: null,
  input: z.object({ recordKind: z.enum(customKinds).optional() }),
  output: z.object({ marks: z.array(mark) }),
})

export const defineMark = command({
  name: 'customization.defineMark',
  path: '/api/marks/define',
  summary: 'Defines a status (a record has one at most) or a tag for a kind of record.',
  permission: 'customization.manage',
  input: z.object({ recordKind: z.enum(customKinds), markKind: z.enum(markKinds), ...wording }),
  output: z.object({ id }),
  refusals: markRefusals,
})

export const changeMark = command({
  name: 'customization.changeMark',
  path: '/api/marks/:markId/change',
  summary: 'Changes how a status or tag is called, its colour, and whether setting it asks for a reason.',
  permission: 'customization.manage',
  input: z.object({ markId: id, rowVersion: z.number().int(), ...wording }),
  output: z.object({ id, rowVersion: z.number().int() }),
  refusals: markRefusals,
})

export const retireMark = command({
  name: 'customization.retireMark',
  path: '/api/marks/:markId/retire',
  summary: 'A status or tag is not set any more; records keep it.',
  permission: 'customization.manage',
  input: z.object({ markId: id, rowVersion: z.number().int(), reason: z.string().trim().min(5).max(500) }),
  output: z.object({ id }),
  refusals: markRefusals,
})

export const restoreMark = command({
  name: 'customization.restoreMark',
  path: '/api/marks/:markId/restore',
  summary: 'Puts a retired status or tag into use again.',
  permission: 'customization.manage',
  input: z.object({ markId: id, rowVersion: z.number().int() }),
  output: z.object({ id }),
  refusals: markRefusals,
})

export const orderMarks = command({
  name: 'customization.orderMarks',
  path: '/api/marks/order',
  summary: 'Sets the order in which statuses or tags of a kind of record are offered.',
  permission: 'customization.manage',
  input: z.object({
    recordKind: z.enum(customKinds),
    markKind: z.enum(markKinds),
    markIds: z.array(id).max(MOST_MARKS),
  }),
  output: z.object({ recordKind: z.enum(customKinds) }),
  refusals: markRefusals,
})

export const setMarks = command({
  name: 'customization.setMarks',
  path: '/api/marks/of/:recordKind/:recordId/set',
  summary: 'Sets the status and the tags of a record; what is left out of the lists is taken off.',
  permission: 'customization.setMarks',
  input: z.object({
    recordKind: z.enum(customKinds),
    recordId: id,
    statusId: id.nullable(),
    tagIds: z.array(id).max(MOST_TAGS),
    reason: z.string().trim().max(500).nullish(),
  }),
  output: z.object({ recordId: id }),
  refusals: markRefusals,
})

export const marksOfRecord = query({
  name: 'customization.marksOfRecord',
  path: '/api/marks/of/:recordKind/:recordId',
  summary: 'The status and tags of one record.',
  permission: 'customization.read',
  sight: 'open',
  input: z.object({ recordKind: z.enum(customKinds), recordId: id }),
  output: z.object({ marks: z.array(shownMark) }),
})
