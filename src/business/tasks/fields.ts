import type { FieldDescription } from '../../platform/fields.ts'
import { taskKindLabels } from './labels.ts'

const plain = { personal: 'none', sources: ['staff'], retention: 'audit_7y', section: 'task' } as const

/** What is typed of a task, once (data dictionary, group 13). */
export const taskFields = {
  kind: {
    ...plain,
    name: 'kind',
    column: 'kind',
    label: { ja: '種類', en: 'Kind' },
    type: 'choice',
    choices: Object.entries(taskKindLabels).map(([value, label]) => ({ value, label })),
    help: 'どの業務の仕事かを選びます。',
    example: '連絡',
    why: '一覧で業務ごとに絞り込めます。',
    requiredFrom: 'prospect',
    columns: ['種類'],
  },
  title: {
    ...plain,
    name: 'title',
    column: 'title',
    label: { ja: '件名', en: 'Title' },
    type: 'text',
    maxLength: 200,
    help: '何をすれば終わるかを、個人の氏名を入れずに書きます。',
    example: '決算書（2026年9月期）の受領',
    why: 'ホームと一覧に表示されます。',
    requiredFrom: 'prospect',
    columns: ['件名'],
  },
  note: {
    ...plain,
    name: 'note',
    column: 'note',
    label: { ja: '補足', en: 'Note' },
    type: 'longText',
    maxLength: 2000,
    help: '経緯や、引き継ぐ人が知っておくことを書きます。',
    example: '10月末に依頼済み。税理士の確認待ち。',
    why: '担当が替わっても続けられるようにします。',
    columns: ['補足'],
  },
  dueOn: {
    ...plain,
    name: 'dueOn',
    column: 'due_on',
    label: { ja: '期限', en: 'Due on' },
    type: 'date',
    help: 'この日までに終わらせます。過ぎると、期限超過として表示します。',
    example: '2026-12-04',
    why: 'ホームでは、期限の近い順に並びます。',
    requiredFrom: 'prospect',
    columns: ['期限'],
  },
  ownerId: {
    ...plain,
    name: 'ownerId',
    column: 'owner_staff_id',
    label: { ja: '担当者', en: 'Owner' },
    type: 'staff',
    help: '空欄なら、登録した人が担当します。',
    example: '鈴木 一郎',
    why: '担当者のホームに表示されます。',
    columns: ['担当者'],
  },
} as const satisfies Record<string, FieldDescription>
