import type { FieldDescription } from '../../platform/fields.ts'
import { mediaScopeLabels } from './labels.ts'

const stored = { personal: 'none', retention: 'relation_end_7y', columns: [] } as const

export const screeningSections = { media: '報道・信用情報の検索' } as const

/** A search of news or credit events made by a person (data dictionary, group 4). */
export const mediaFields = {
  scope: {
    ...stored,
    name: 'scope',
    column: 'screening_media_search.scope',
    label: { ja: '検索の範囲', en: 'Scope' },
    type: 'multiChoice',
    choices: Object.entries(mediaScopeLabels).map(([value, label]) => ({ value, label })),
    sources: ['staff'],
    help: '1回の検索で両方を調べたときは、両方を選びます。',
  },
  provider: {
    ...stored,
    name: 'provider',
    column: 'screening_media_search.provider',
    label: { ja: '検索先', en: 'Provider' },
    type: 'text',
    maxLength: 100,
    sources: ['ext'],
    example: '新聞記事データベース',
    help: '検索したサービスやデータベースの名前です。',
    why: '同じ検索をやり直して、結果を確かめられます。',
  },
  queryId: {
    ...stored,
    name: 'queryId',
    column: 'screening_media_search.query_id',
    label: { ja: '検索の受付番号', en: 'Query id' },
    type: 'text',
    maxLength: 100,
    sources: ['ext'],
    help: '検索先が付けた番号です。なければ空欄にします。',
  },
  queryText: {
    ...stored,
    personal: 'personal',
    encrypted: true,
    name: 'queryText',
    column: 'screening_media_search.query_sealed',
    label: { ja: '検索した語句', en: 'Query text' },
    type: 'longText',
    maxLength: 1000,
    sources: ['staff'],
    example: '"株式会社みなと商事" AND (逮捕 OR 詐欺 OR 暴力団)',
    help: '検索欄に入力したとおりに書きます。',
    why: '何を調べて何が出なかったかの証拠になります。',
  },
  keywordSetVersion: {
    ...stored,
    name: 'keywordSetVersion',
    column: 'screening_media_search.keyword_set_version',
    label: { ja: '検索語セットの版', en: 'Keyword set version' },
    type: 'text',
    maxLength: 50,
    sources: ['staff'],
    example: '2026年4月版',
    help: '会社で決めた検索語（逮捕、詐欺、暴力団など）の版です。',
    why: '検索語を増やしたとき、古い版で調べた対象だけを調べ直せます。',
  },
  resultCount: {
    ...stored,
    name: 'resultCount',
    column: 'screening_media_search.result_count',
    label: { ja: '検索結果の件数', en: 'Result count' },
    type: 'number',
    sources: ['ext'],
    help: '検索先が示した件数です。0件のときは直ちに「該当なし」となり、1件以上のときは2人で判断します。',
  },
} as const satisfies Record<string, FieldDescription>
