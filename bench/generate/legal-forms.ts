/** The forms the generator makes; codes as in the data dictionary, group 1. */
export type LegalFormCode =
  | 'kk'
  | 'yk'
  | 'gk'
  | 'gsk'
  | 'gmk'
  | 'iryo'
  | 'shadan'
  | 'npo'
  | 'shafuku'
  | 'none'

export type LegalForm = {
  code: LegalFormCode
  text: string
  kana: string
  /** Short written forms used by offices beside the full one. */
  shorts: readonly string[]
  /** The letters banks write (japan-rules §2.3); the bracket depends on the position. */
  bankLetter: string
  english: readonly string[]
  /** Digits 5–6 of the commercial register number. */
  registerKind: string
}

export const LEGAL_FORMS: Readonly<Record<Exclude<LegalFormCode, 'none'>, LegalForm>> = {
  kk: form(
    'kk',
    '株式会社',
    'カブシキガイシャ',
    ['㈱', '(株)', '（株）'],
    'カ',
    ['Co., Ltd.', 'Inc.', 'K.K.', 'Corporation'],
    '01',
  ),
  yk: form(
    'yk',
    '有限会社',
    'ユウゲンガイシャ',
    ['㈲', '(有)', '（有）'],
    'ユ',
    ['Ltd.', 'Y.K.', 'Co., Ltd.'],
    '02',
  ),
  gk: form('gk', '合同会社', 'ゴウドウガイシャ', ['(同)', '（同）', '(合)'], 'ド', ['LLC', 'G.K.'], '03'),
  gsk: form('gsk', '合資会社', 'ゴウシガイシャ', ['(資)', '（資）'], 'シ', ['Limited Partnership'], '03'),
  gmk: form('gmk', '合名会社', 'ゴウメイガイシャ', ['(名)', '（名）'], 'メ', ['General Partnership'], '03'),
  iryo: form('iryo', '医療法人', 'イリョウホウジン', ['(医)', '（医）'], 'イ', ['Medical Corporation'], '05'),
  shadan: form(
    'shadan',
    '一般社団法人',
    'イッパンシャダンホウジン',
    ['(一社)', '（一社）'],
    'シヤ',
    ['General Incorporated Association'],
    '05',
  ),
  npo: form(
    'npo',
    '特定非営利活動法人',
    'トクテイヒエイリカツドウホウジン',
    ['NPO法人', '(特非)'],
    'トクヒ',
    ['NPO'],
    '05',
  ),
  shafuku: form(
    'shafuku',
    '社会福祉法人',
    'シャカイフクシホウジン',
    ['(福)', '（福）'],
    'フク',
    ['Social Welfare Corporation'],
    '05',
  ),
}

/** The form a code stands for; sole proprietors and public bodies have none. */
export function legalForm(code: LegalFormCode): LegalForm | null {
  return code === 'none' ? null : LEGAL_FORMS[code]
}

function form(
  code: LegalFormCode,
  text: string,
  kana: string,
  shorts: readonly string[],
  bankLetter: string,
  english: readonly string[],
  registerKind: string,
): LegalForm {
  return { code, text, kana, shorts, bankLetter, english, registerKind }
}
