import type { FieldDescription } from '../../platform/fields.ts'
import { callbackResultLabels, numberOfLabels } from './labels.ts'

const stored = { retention: 'transaction_7y', columns: [] } as const
const choices = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

export const accountSections = { callback: '折り返し確認', virtual: 'バーチャル口座' } as const

/** The call to a known number after a payout account was changed (data dictionary, group 6). */
export const callbackFields = {
  personId: {
    ...stored,
    personal: 'personal',
    name: 'personId',
    column: 'account_callback.person_id',
    label: { ja: '話した相手', en: 'Person called' },
    type: 'text',
    sources: ['staff'],
    help: 'この顧客の関係者から選びます。口座変更の依頼書に書かれた人ではなく、登録済みの人です。',
    why: '依頼した人と別の人に確かめることで、なりすましの依頼を見抜けます。',
  },
  numberOf: {
    ...stored,
    personal: 'none',
    name: 'numberOf',
    column: 'account_callback.number_of',
    label: { ja: 'かけた番号', en: 'Number called' },
    type: 'choice',
    choices: choices(numberOfLabels),
    sources: ['staff'],
    help: '口座の変更より前から登録されている番号だけが選べます。依頼書や依頼メールの番号にはかけません。',
    why: 'なりすましの依頼には、偽の連絡先が添えられます。',
  },
  calledOn: {
    ...stored,
    personal: 'none',
    name: 'calledAt',
    column: 'account_callback.called_at',
    label: { ja: 'かけた日時', en: 'Called at' },
    type: 'date',
    sources: ['staff'],
    help: '口座を変更した後に電話した日と時刻です。',
  },
  result: {
    ...stored,
    personal: 'none',
    name: 'result',
    column: 'account_callback.result',
    label: { ja: '結果', en: 'Result' },
    type: 'choice',
    choices: choices(callbackResultLabels),
    sources: ['staff'],
    help: '「変更していない」を記録すると、口座は直ちに使用停止になります。',
    why: '「変更に間違いない」が記録されるまで、変更した口座には支払えません。',
  },
  note: {
    ...stored,
    personal: 'none',
    name: 'note',
    column: 'account_callback.note',
    label: { ja: '話した内容', en: 'Note' },
    type: 'longText',
    maxLength: 500,
    sources: ['staff'],
    example: '銀行名・支店名・名義を先方から聞き取り、登録と一致した。',
    help: '口座番号の全桁は書きません。',
  },
} as const satisfies Record<string, FieldDescription>

export const virtualFields = {
  virtualOf: {
    ...stored,
    personal: 'none',
    name: 'virtualOf',
    column: 'bank_account.party_id',
    label: { ja: '割当先', en: 'Set up for' },
    type: 'text',
    sources: ['bank'],
    help: 'この口座番号に振り込む会社です。口座は、その会社の「口座」タブで用途「バーチャル口座」として登録します。',
    why: '入金の振込人を、名義にかかわらず特定できます。',
  },
  releasedOn: {
    ...stored,
    personal: 'none',
    name: 'releasedOn',
    column: 'bank_account.released_on',
    label: { ja: '返却日', en: 'Released on' },
    type: 'date',
    sources: ['bank'],
    help: '割当をやめた日です。会社設定の月数（初期値24か月）は、別の会社に割り当てられません。',
    why: '前の割当先が誤って振り込んだ入金を、別の会社の入金と取り違えないためです。',
  },
} as const satisfies Record<string, FieldDescription>
