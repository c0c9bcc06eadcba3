import {
  type KycToTakeOver,
  kycTakeOverRefusals,
  type TakenOverKyc,
  takeBackKyc,
  takeOverKyc,
} from '../../kyc/index.ts'
import { documentKindLabels, kycRefusals, methodLabels } from '../../kyc/labels.ts'
import type { RowProblem } from '../tables.ts'
import type { ImportField } from './import-kind.ts'
import { choicesOf } from './read-cells.ts'
import { recordKind } from './record-kind.ts'
import { PARTY_HEADINGS, referenceFields } from './references.ts'

const fields: readonly ImportField[] = [
  ...referenceFields('party', PARTY_HEADINGS),
  {
    name: 'completedOn',
    label: '確認日',
    type: 'date',
    required: true,
    columns: ['確認日', '本人確認日', '取引時確認日', 'kyc実施日', '本人確認完了日', '実施日'],
  },
  {
    name: 'nextReviewOn',
    label: '次回期限',
    type: 'date',
    columns: ['次回期限', '更新期限', '次回確認日', '見直し期限', 'kyc期限', '次回更新日', '有効期限'],
  },
  { name: 'methodCode', label: '確認方法', type: 'choice', columns: ['確認方法', '本人確認方法', '方法'] },
  {
    name: 'rating',
    label: 'リスク評価',
    type: 'choice',
    columns: ['リスク評価', 'リスク', 'リスクランク', 'リスク区分', '顧客リスク'],
  },
  { name: 'purpose', label: '取引の目的', type: 'text', columns: ['取引の目的', '取引目的', '目的'] },
  {
    name: 'documentKind',
    label: '確認書類',
    type: 'choice',
    columns: ['確認書類', '本人確認書類', '書類', '書類種類', '書類の種類'],
  },
  {
    name: 'documentIssuer',
    label: '書類の発行者',
    type: 'text',
    columns: ['書類の発行者', '発行者', '発行機関'],
  },
  {
    name: 'documentExpiresOn',
    label: '書類の有効期限',
    type: 'date',
    columns: ['書類の有効期限', '書類有効期限', '書類期限'],
  },
]

const wordsOf = <T extends string>(labels: Record<T, string>) =>
  Object.fromEntries(
    Object.entries<string>(labels).map(([value, label]) => [value, [label]]),
  ) as unknown as Record<T, string[]>

const methods = choicesOf(wordsOf(methodLabels))
for (const [word, method] of [
  ['対面', 'corp_shown'],
  ['提示', 'corp_shown'],
  ['登記情報', 'corp_registry_online'],
  ['郵送', 'corp_mail'],
  ['公的個人認証', 'jpki'],
] as const)
  methods.set(word, method)
const documents = choicesOf(wordsOf(documentKindLabels))
for (const [word, kind] of [
  ['登記簿謄本', 'registry'],
  ['登記簿', 'registry'],
  ['謄本', 'registry'],
  ['履歴事項全部証明書', 'registry'],
  ['印鑑証明書', 'seal_certificate'],
  ['印鑑証明', 'seal_certificate'],
  ['免許証', 'drivers_licence'],
  ['運転免許', 'drivers_licence'],
  ['マイナンバーカード', 'my_number_card_front'],
  ['パスポート', 'passport'],
  ['住民票', 'residence_certificate'],
] as const)
  documents.set(word, kind)
const ratings = choicesOf({
  low: ['低', '低リスク', 'L', '1'],
  medium: ['中', '中リスク', 'M', '2', '通常'],
  high: ['高', '高リスク', 'H', '3', 'ハイリスク'],
})

/** 本人確認: when a customer was checked, how, and until when that counts. */
export const kyc = recordKind<KycToTakeOver>({
  name: 'kyc',
  fields,
  permission: 'kyc.check',
  approve: 'kyc.approve',
  parties: { party: null },
  refusals: { ...kycRefusals, ...kycTakeOverRefusals },
  fieldOf: { partyId: 'partyNumber' },
  read(cells, { parties }) {
    const party = parties.party!
    const completedOn = cells.required('completedOn') === null ? null : cells.date('completedOn')
    if (completedOn === null) return null
    return {
      input: {
        partyId: party.id,
        completedOn,
        nextReviewOn: cells.date('nextReviewOn'),
        methodCode: cells.choice('methodCode', methods),
        rating: cells.choice('rating', ratings) ?? 'medium',
        purpose: cells.text('purpose')?.slice(0, 200) ?? '旧システムでの確認を移行',
        documentKind: cells.choice('documentKind', documents),
        documentIssuer: cells.text('documentIssuer')?.slice(0, 100) ?? null,
        documentExpiresOn: cells.date('documentExpiresOn'),
      },
      label: party.legalName,
      key: party.id,
    }
  },
  async enter(context, input) {
    const taken = await takeOverKyc(context, input)
    const notes: RowProblem[] = []
    const say = (code: string, heading: string, message: string) =>
      notes.push({ code, column: null, heading, message, weight: 'note' })
    if (input.methodCode === null)
      say(
        'value_was_assumed',
        '確認方法',
        '確認方法がないため「対面・書類の提示」としました。記録を確認してください。',
      )
    if (taken.shortened)
      say(
        'review_was_shortened',
        '次回期限',
        `リスク評価と書類から認められる期限を超えるため、次回期限を${taken.nextReviewOn}としました。`,
      )
    if (taken.nextReviewOn < context.today)
      say(
        'review_is_overdue',
        '次回期限',
        `次回期限（${taken.nextReviewOn}）を過ぎています。買取は本人確認の更新まで停止されます。`,
      )
    return { recordId: taken.caseId, made: [taken.caseId], undo: { ...taken }, notes }
  },
  leave: (context, undo) => takeBackKyc(context, undo as unknown as TakenOverKyc),
})
