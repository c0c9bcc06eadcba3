import { settingsInForce } from '../../access/index.ts'
import {
  type KycToTakeOver,
  kycTakeOverRefusals,
  type TakenOverKyc,
  takeBackKyc,
  takeOverKyc,
} from '../../kyc/index.ts'
import { kycRefusals } from '../../kyc/labels.ts'
import type { RowProblem } from '../tables.ts'
import type { ImportField } from './import-kind.ts'
import { documentIn, electronicIn, factorsIn, methods, purposeIn, ratings, yes } from './kyc-cells.ts'
import { recordKind } from './record-kind.ts'
import { PARTY_HEADINGS, referenceFields } from './references.ts'

type Purposes = readonly { code: string; label: string }[]

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
  {
    name: 'ratingFactors',
    label: 'リスク要因',
    type: 'text',
    emptyWords: true,
    columns: ['リスク要因', '該当する要因', 'リスク要素', 'リスク評価の要因', '評価要因'],
    help: '「、」で区切ります（例：外国PEPs、非対面の取引）。リスク評価はここから決まり、違う評価は受け付けません。',
  },
  {
    name: 'purposeCode',
    label: '取引の目的',
    type: 'choice',
    columns: ['取引の目的', '取引目的', '目的'],
    help: '会社設定の「取引の目的の一覧」の名称。ないときは「その他：内容」と書きます。',
  },
  {
    name: 'purpose',
    label: '取引の目的の補足',
    type: 'text',
    columns: ['取引の目的の補足', '取引の目的の内容', '目的の内容', '目的（詳細）', '目的詳細'],
  },
  {
    name: 'expectedYen',
    label: '1回の取引の最大額',
    type: 'yen',
    columns: ['1回の取引の最大額', '取引の最大額', '想定取引額', '予定取引額'],
  },
  {
    name: 'assetIncomeChecked',
    label: '資産・収入の確認',
    type: 'choice',
    emptyWords: true,
    columns: ['資産・収入の確認', '資産収入の確認', '資産確認', '資産・収入確認'],
    help: '高リスクの顧客は、確認済でないと基準額を超える買取が止まります。',
  },
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
  {
    name: 'documentIssuedOn',
    label: '書類の発行日',
    type: 'date',
    columns: ['書類の発行日', '書類発行日', '発行日', '発行年月日'],
  },
  {
    name: 'documentSide',
    label: '写しを取った面',
    type: 'choice',
    columns: ['写しを取った面', '確認した面', '書類の面', '面', '表裏'],
    help: '表面・裏面・両面。マイナンバーカードは表面だけです。',
  },
  {
    name: 'documentMasked',
    label: '塗りつぶし',
    type: 'choice',
    emptyWords: true,
    columns: ['塗りつぶし', 'マスキング', 'マスク', '番号の塗りつぶし'],
    help: '保存してはならない番号を塗りつぶした写しなら「済」。',
  },
  {
    name: 'icReadResult',
    label: 'ICチップの読取',
    type: 'choice',
    columns: ['ICチップの読取', 'IC読取結果', 'ICチップ読取', 'IC読取', 'ICチップ'],
    help: '一致・不一致・読取不可。',
  },
  {
    name: 'signatureValid',
    label: '電子署名の検証',
    type: 'choice',
    columns: ['電子署名の検証', '電子署名', '署名検証', '署名の検証'],
    help: '有効・無効。',
  },
  {
    name: 'revocationCheckedAt',
    label: '電子証明書の失効確認',
    type: 'date',
    columns: ['電子証明書の失効確認', '失効確認', '失効確認日時', '失効確認日'],
    help: '確認した日（時刻もあれば 2026/4/1 14:30）。',
  },
  {
    name: 'faceMatchScore',
    label: '顔照合スコア',
    type: 'ppm',
    columns: ['顔照合スコア', '顔照合', '顔認証スコア', '顔一致率', '容貌照合'],
    help: '会社設定の合格基準に満たないものは受け付けません。',
  },
  {
    name: 'liveness',
    label: '生体検知',
    type: 'choice',
    columns: ['生体検知', 'ライブネス', 'なりすまし検知'],
    help: '合格・不合格。',
  },
  {
    name: 'bankConfirmed',
    label: '金融機関等の確認',
    type: 'choice',
    columns: ['金融機関等の確認', '銀行確認', '銀行等の確認', '金融機関確認'],
  },
  {
    name: 'electronicCheckedOn',
    label: '電子的な確認の日',
    type: 'date',
    columns: ['電子的な確認の日', '電子確認日', 'eKYC実施日', 'ekyc日'],
    help: '空欄なら確認日と同じ日にします。',
  },
  {
    name: 'electronicProvider',
    label: '確認サービス',
    type: 'text',
    columns: ['確認サービス', 'eKYCサービス', 'eKYC事業者'],
  },
  {
    name: 'exceptionUntil',
    label: '例外の期限',
    type: 'date',
    columns: ['例外の期限', '例外期限', '期限の例外', '猶予期限'],
    help: '承認済みの例外の終わり。明日から90日以内。この列があると、法務・コンプライアンスの承認になります。',
  },
  {
    name: 'exceptionReason',
    label: '例外の理由',
    type: 'text',
    columns: ['例外の理由', '例外理由', '猶予の理由'],
  },
]

/** 本人確認: when a customer was checked, how, and until when that counts. */
export const kyc = recordKind<KycToTakeOver, Purposes>({
  name: 'kyc',
  fields,
  permission: 'kyc.check',
  approve: 'kyc.approve',
  // An exception lets purchases go on: compliance alone decides about one (JR §3.12).
  approveOf: batch => (batch.mapping.includes('exceptionUntil') ? 'kyc.approveException' : 'kyc.approve'),
  parties: { party: null },
  refusals: { ...kycRefusals, ...kycTakeOverRefusals },
  fieldOf: { partyId: 'partyNumber' },
  prepare: async ({ tx }) => (await settingsInForce(tx)).kycPurposes,
  read(cells, { parties, lookup }) {
    const party = parties.party!
    const completedOn = cells.required('completedOn') === null ? null : cells.date('completedOn')
    if (completedOn === null) return null
    return {
      input: {
        partyId: party.id,
        completedOn,
        nextReviewOn: cells.date('nextReviewOn'),
        methodCode: cells.choice('methodCode', methods),
        rating: cells.choice('rating', ratings),
        ratingFactors: factorsIn(cells),
        ...purposeIn(cells, lookup),
        expectedYen: cells.whole('expectedYen'),
        assetIncomeChecked: yes(cells, 'assetIncomeChecked'),
        document: documentIn(cells),
        electronic: electronicIn(cells, completedOn),
        exceptionUntil: cells.date('exceptionUntil'),
        exceptionReason: cells.text('exceptionReason')?.slice(0, 500) ?? null,
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
    if (taken.electronicMissing)
      say(
        'electronic_check_was_not_given',
        '確認方法',
        'この確認方法に必要な電子的な確認の記録が、ファイルにありません。原本の記録を確かめてください。',
      )
    if (taken.assetsUnchecked)
      say(
        'assets_are_unchecked',
        '資産・収入の確認',
        '高リスクですが、資産・収入の確認がありません。基準額を超える買取は、確認するまで停止されます。',
      )
    if (taken.shortened)
      say(
        'review_was_shortened',
        '次回期限',
        `リスク評価と書類から認められる期限を超えるため、次回期限を${taken.nextReviewOn}としました。`,
      )
    if (taken.nextReviewOn < context.today && input.exceptionUntil === null)
      say(
        'review_is_overdue',
        '次回期限',
        `次回期限（${taken.nextReviewOn}）を過ぎています。買取は本人確認の更新まで停止されます。`,
      )
    return { recordId: taken.caseId, made: [taken.caseId], undo: { ...taken }, notes }
  },
  leave: (context, undo) => takeBackKyc(context, undo as unknown as TakenOverKyc),
})
