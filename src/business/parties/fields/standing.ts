import type { FieldDescription } from '../../../platform/fields.ts'
import { listingLabels } from '../labels.ts'

const company = { personal: 'none', retention: 'relation_end_7y' } as const

const options = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

/** Listing, licences, and who of us is in charge (data dictionary, group 1). */
export const standingFields = {
  listing: {
    ...company,
    name: 'listing',
    column: 'listing',
    label: { ja: '上場区分', en: 'Listing' },
    type: 'choice',
    section: 'standing',
    sources: ['ext'],
    choices: options(listingLabels),
    help: '自社が上場していれば「上場」、上場会社の子会社なら「上場会社の子会社」を選びます。',
    example: '未上場',
    why: '実質的支配者の確認の方法が、上場会社とその子会社では変わります。',
    columns: ['上場区分', 'listing'],
  },
  listingMarket: {
    ...company,
    name: 'listingMarket',
    column: 'listing_market',
    label: { ja: '上場市場', en: 'Market' },
    type: 'text',
    section: 'standing',
    sources: ['ext'],
    maxLength: 50,
    help: '上場している市場の名前を入力します。',
    example: '東証プライム',
    why: '上場区分の裏付けになります。',
    columns: ['上場市場', 'market', 'listing_market'],
  },
  securitiesCode: {
    ...company,
    name: 'securitiesCode',
    column: 'securities_code',
    label: { ja: '証券コード', en: 'Securities code' },
    type: 'text',
    section: 'standing',
    sources: ['ext'],
    maxLength: 4,
    help: '4桁の数字または英数字で入力します。',
    example: '7203',
    why: '上場区分の裏付けになり、開示資料を探す手がかりです。',
    columns: ['証券コード', 'securities_code'],
  },
  moneyLenderRegNo: {
    ...company,
    name: 'moneyLenderRegNo',
    column: 'money_lender_reg_no',
    label: { ja: '貸金業登録番号', en: 'Money lender registration' },
    type: 'text',
    section: 'standing',
    sources: ['ext', 'dec'],
    maxLength: 30,
    help: '相手が貸金業者や紹介業者のときだけ、登録証のとおりに入力します。',
    example: '東京都知事(3)第12345号',
    why: '無登録の業者と取引しないために確かめます。',
    columns: ['貸金業登録番号', 'money_lender_reg_no'],
  },
  ownerStaffId: {
    ...company,
    name: 'ownerStaffId',
    column: 'owner_staff_id',
    label: { ja: '当社の担当者', en: 'Owner' },
    type: 'staff',
    section: 'relation',
    sources: ['staff'],
    help: 'この顧客に責任を持つ社員を選びます。登録した人が最初の担当者です。',
    example: '営業 花子',
    why: '期限の知らせと承認の問い合わせがこの人に届きます。',
    requiredFrom: 'prospect',
    columns: [],
  },
} as const satisfies Record<string, FieldDescription>
