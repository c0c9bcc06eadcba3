/** Which columns of a bank's CSV mean what. A heading is compared without width, spaces and brackets of width. */
export interface CsvProfile {
  code: string
  label: string
  /** True when the headings were seen in a file or manual of the bank; false when they are known by hearsay. */
  seen: boolean
  bookedOn: string
  valueOn?: string
  /** Two amount columns … */
  in?: string
  out?: string
  /** … or one signed column, minus for money going out. */
  signed?: string
  balance?: string
  /** Columns which make the 摘要, in this order. */
  summary: readonly string[]
  /** Column in which the payer of a credit stands. */
  payer?: string
  payerBank?: string
  payerBranch?: string
  inquiryNo?: string
  /** Column that tells the account, when one file holds several. */
  account?: string
}

/** The layouts known so far, data only. Source: JR §2.9; see data-files/SOURCES.md. */
export const CSV_PROFILES: readonly CsvProfile[] = [
  {
    // 日付,摘要,摘要内容,支払い金額,預かり金額,差引残高,メモ,未資金化区分,入払区分
    code: 'mufg',
    label: '三菱UFJ銀行',
    seen: true,
    bookedOn: '日付',
    out: '支払い金額',
    in: '預かり金額',
    balance: '差引残高',
    summary: ['摘要', '摘要内容', 'メモ'],
    payer: '摘要内容',
  },
  {
    // 照会口座,番号,勘定日,（起算日）,出金金額（円）,入金金額（円）,小切手区分,残高（円）,取引区分,明細区分,金融機関名,支店名,摘要
    code: 'anser',
    label: 'ANSER形式',
    seen: true,
    account: '照会口座',
    inquiryNo: '番号',
    bookedOn: '勘定日',
    valueOn: '（起算日）',
    out: '出金金額（円）',
    in: '入金金額（円）',
    balance: '残高（円）',
    summary: ['取引区分', '摘要'],
    payer: '摘要',
    payerBank: '金融機関名',
    payerBranch: '支店名',
  },
  {
    code: 'generic_two_columns',
    label: 'お引出し・お預入れ形式',
    seen: false,
    bookedOn: '年月日',
    out: 'お引出し',
    in: 'お預入れ',
    balance: '残高',
    summary: ['お取り扱い内容'],
    payer: 'お取り扱い内容',
  },
  {
    code: 'generic_signed',
    label: '入出金1列形式',
    seen: false,
    bookedOn: '取引日',
    signed: '入出金(円)',
    balance: '取引後残高(円)',
    summary: ['入出金内容'],
    payer: '入出金内容',
  },
]

/** Headings that mean the same at many banks, for files no profile knows; used only where a balance column proves the reading. */
export const COMMON_HEADINGS = {
  bookedOn: [
    '取引日',
    'お取引日',
    '取引日付',
    '日付',
    '年月日',
    '勘定日',
    '計上日',
    '入払日',
    '取引年月日',
    'お取引年月日',
  ],
  valueOn: ['起算日'],
  in: [
    '入金',
    '入金額',
    '入金金額',
    'お預入金額',
    '預入金額',
    'お預入れ',
    'お預入れ額',
    '預かり金額',
    'お預り金額',
    '受入金額',
  ],
  out: [
    '出金',
    '出金額',
    '出金金額',
    '支払金額',
    'お支払金額',
    '支払い金額',
    '引出金額',
    'お引出し',
    'お引出金額',
    'お引出し額',
    '払出金額',
  ],
  signed: ['入出金', '入出金額', '入出金金額'],
  balance: ['残高', '差引残高', '取引後残高', 'お取引後残高', '現在残高', '残高金額'],
  summary: [
    '摘要',
    '摘要内容',
    '内容',
    '取引内容',
    'お取引内容',
    'お取り扱い内容',
    '入出金内容',
    '備考',
    'メモ',
    '取引区分',
    '取引名',
  ],
} as const
