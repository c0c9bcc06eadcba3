import type { FieldDescription } from '../../../platform/fields.ts'
import { watchLabels } from '../labels.ts'
import { choices, own } from './own.ts'

/** Fields of the watch status. */
export const watchFields = {
  watchState: {
    ...own,
    name: 'watchState',
    column: 'watch_status.watch_state',
    label: { ja: '監視区分', en: 'Watch status' },
    type: 'choice',
    section: 'watch',
    sources: ['staff'],
    choices: choices(watchLabels),
    help: '要注意・取引停止への引上げはすぐに有効になります。取引停止の解除は、別の担当者の承認後に有効になります。',
    example: '要注意',
    why: '取引停止の会社への買取と支払は、システムが断ります。',
    critical: true,
  },
  reviewOn: {
    ...own,
    name: 'reviewOn',
    column: 'watch_status.review_on',
    label: { ja: '区分を見直す日', en: 'Review on' },
    type: 'date',
    section: 'watch',
    sources: ['staff'],
    help: '要注意・取引停止を続けるかどうかを見直す日です。',
    example: '2027-02-28',
    why: '見直されないまま区分が残ることを防ぎます。',
  },
} as const satisfies Record<string, FieldDescription>
