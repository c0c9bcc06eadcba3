/**
 * Legal forms of Japan: how they are written in kanji, read in kana and abbreviated in bank files. Plain data; safe in
 * the browser. Source: JR §1.3 (kind codes), §2.3 (abbreviations).
 */

export type LegalForm = {
  code: string
  /** Official word, e.g. 株式会社. */
  label: string
  /** Further words of the same form; the label itself is included by the readers. */
  words: readonly string[]
  /** Single characters used in brackets: (株), ㈱. */
  short: string
  /** Readings in large katakana, as bank files write them. */
  readings: readonly string[]
  /** Abbreviation in bank files without bracket, or '' when none exists. */
  bank: string
}

export type LegalFormPosition = 'before' | 'after' | 'middle'

const form = (
  code: string,
  label: string,
  short: string,
  bank: string,
  readings: string[],
  words: string[] = [],
): LegalForm => ({ code, label, words, short, readings, bank })

/** Every form which is cut off a company name, most specific words included. */
export const LEGAL_FORMS: readonly LegalForm[] = [
  form(
    'kabushiki',
    '株式会社',
    '株',
    'カ',
    ['カブシキガイシヤ', 'カブシキカイシヤ', 'ガブシキカイシヤ', 'ガブシキガイシヤ'],
    ['株式會社'],
  ),
  form('yugen', '有限会社', '有', 'ユ', ['ユウゲンガイシヤ', 'ユウゲンカイシヤ'], ['有限會社']),
  form('gomei', '合名会社', '名', 'メ', ['ゴウメイガイシヤ', 'ゴウメイカイシヤ'], ['合名會社']),
  form('goshi', '合資会社', '資', 'シ', ['ゴウシガイシヤ', 'ゴウシカイシヤ'], ['合資會社']),
  form('godo', '合同会社', '同', 'ド', ['ゴウドウガイシヤ', 'ゴウドウカイシヤ'], ['合同會社']),
  form('tokutei_mokuteki', '特定目的会社', '特', '', [
    'トクテイモクテキガイシヤ',
    'トクテイモクテキカイシヤ',
  ]),
  form('toshi_hojin', '投資法人', '', '', ['トウシホウジン']),
  form('yugen_sekinin_kumiai', '有限責任事業組合', '', 'ユウクミ', ['ユウゲンセキニンジギヨウクミアイ']),
  form('toshi_kumiai', '投資事業有限責任組合', '', '', ['トウシジギヨウユウゲンセキニンクミアイ']),
  form(
    'iryo_shakai',
    '社会医療法人',
    '',
    'イ',
    ['シヤカイイリヨウホウジン'],
    ['社会医療法人社団', '社会医療法人財団'],
  ),
  form(
    'iryo',
    '医療法人',
    '医',
    'イ',
    ['イリヨウホウジン', 'イリヨウホウジンシヤダン', 'イリヨウホウジンザイダン'],
    ['医療法人社団', '医療法人財団'],
  ),
  form('ippan_zaidan', '一般財団法人', '一財', 'ザイ', ['イツパンザイダンホウジン']),
  form('koeki_zaidan', '公益財団法人', '公財', 'ザイ', ['コウエキザイダンホウジン']),
  form('zaidan', '財団法人', '財', 'ザイ', ['ザイダンホウジン']),
  form('ippan_shadan', '一般社団法人', '一社', 'シヤ', ['イツパンシヤダンホウジン']),
  form('koeki_shadan', '公益社団法人', '公社', 'シヤ', ['コウエキシヤダンホウジン']),
  form('shadan', '社団法人', '社', 'シヤ', ['シヤダンホウジン']),
  form('shukyo', '宗教法人', '宗', 'シユウ', ['シユウキヨウホウジン']),
  form('gakko', '学校法人', '学', 'ガク', ['ガツコウホウジン']),
  form('shakai_fukushi', '社会福祉法人', '福', 'フク', ['シヤカイフクシホウジン']),
  form('kosei_hogo', '更生保護法人', '', 'ホゴ', ['コウセイホゴホウジン']),
  form('sogo', '相互会社', '相', 'ソ', ['ソウゴガイシヤ', 'ソウゴカイシヤ']),
  form(
    'npo',
    '特定非営利活動法人',
    '特非',
    'トクヒ',
    ['トクテイヒエイリカツドウホウジン'],
    ['ＮＰＯ法人', 'NPO法人'],
  ),
  form('dokuritsu_gyosei', '独立行政法人', '独', 'ドク', ['ドクリツギヨウセイホウジン']),
  form('chiho_dokuritsu_gyosei', '地方独立行政法人', '地独', 'チドク', ['チホウドクリツギヨウセイホウジン']),
  form('chuki_mokuhyo', '中期目標管理法人', '', 'モク', ['チユウキモクヒヨウカンリホウジン']),
  form('kokuritsu_kenkyu', '国立研究開発法人', '', 'ケン', ['コクリツケンキユウカイハツホウジン']),
  form('gyosei_shikko', '行政執行法人', '', 'シツ', ['ギヨウセイシツコウホウジン']),
  form('bengoshi', '弁護士法人', '弁', 'ベン', ['ベンゴシホウジン']),
  form('gyosei_shoshi', '行政書士法人', '', 'ギヨ', ['ギヨウセイシヨシホウジン']),
  form('shiho_shoshi', '司法書士法人', '', 'シホウ', ['シホウシヨシホウジン']),
  form('zeirishi', '税理士法人', '', 'ゼイ', ['ゼイリシホウジン']),
  form('sharoshi', '社会保険労務士法人', '', 'ロウム', ['シヤカイホケンロウムシホウジン']),
  form('kansa', '監査法人', '', '', ['カンサホウジン'], ['有限責任監査法人']),
  form('daigaku', '国立大学法人', '大', 'ダイ', ['コクリツダイガクホウジン']),
  form('koritsu_daigaku', '公立大学法人', '', 'ダイ', ['コウリツダイガクホウジン']),
  form('noji_kumiai', '農事組合法人', '農', 'ノウ', ['ノウジクミアイホウジン']),
  form('kanri_kumiai', '管理組合法人', '', 'カンリ', ['カンリクミアイホウジン']),
  form('yugen_chukan', '有限責任中間法人', '', 'チユウ', ['ユウゲンセキニンチユウカンホウジン']),
  form('mugen_chukan', '無限責任中間法人', '', 'チユウ', ['ムゲンセキニンチユウカンホウジン']),
]

/** Words which banks abbreviate without a bracket (事業略語), longest word first. */
export const BUSINESS_ABBREVIATIONS: readonly (readonly [word: string, bank: string])[] = (
  [
    ['国民健康保険団体連合会', 'コクホレン'],
    ['社会保険診療報酬支払基金', 'シヤホ'],
    ['農業協同組合連合会', 'ノウキヨウレン'],
    ['国民健康保険組合', 'コクホ'],
    ['特別養護老人ホーム', 'トクヨウ'],
    ['有限責任事業組合', 'ユウクミ'],
    ['公共職業安定所', 'シヨクアン'],
    ['社会福祉協議会', 'シヤキヨウ'],
    ['生活協同組合', 'セイキヨウ'],
    ['漁業協同組合', 'ギヨキヨウ'],
    ['健康保険組合', 'ケンポ'],
    ['海上火災保険', 'カイジヨウ'],
    ['火災海上保険', 'カサイ'],
    ['厚生年金基金', 'コウネン'],
    ['従業員組合', 'ジユウクミ'],
    ['協同組合', 'キヨウクミ'],
    ['共済組合', 'キヨウサイ'],
    ['労働組合', 'ロウクミ'],
    ['生命保険', 'セイメイ'],
    ['連合会', 'レン'],
  ] as const
).toSorted((a, b) => b[0].length - a[0].length)

/** Place words (営業所略語); they follow the bracket rule of legal forms. */
export const OFFICE_ABBREVIATIONS: readonly (readonly [word: string, bank: string])[] = [
  ['営業所', 'エイ'],
  ['出張所', 'シユツ'],
]

/** All written words of a form with the form, longest first. */
export const FORM_WORDS: readonly (readonly [word: string, form: LegalForm])[] = LEGAL_FORMS.flatMap(entry =>
  [entry.label, ...entry.words].map(word => [word, entry] as const),
).toSorted((a, b) => b[0].length - a[0].length)

/** All readings of a form in large katakana, longest first. */
export const FORM_READINGS: readonly (readonly [reading: string, form: LegalForm])[] = LEGAL_FORMS.flatMap(
  entry => entry.readings.map(reading => [reading, entry] as const),
).toSorted((a, b) => b[0].length - a[0].length)

/** All bank abbreviations, longest first; the first form of an abbreviation stands for it. */
export const BANK_FORMS: readonly (readonly [bank: string, form: LegalForm])[] = LEGAL_FORMS.filter(
  (entry, i) => entry.bank !== '' && LEGAL_FORMS.findIndex(other => other.bank === entry.bank) === i,
)
  .map(entry => [entry.bank, entry] as const)
  .toSorted((a, b) => b[0].length - a[0].length)

/** Single characters in brackets, (株), with their form. */
export const SHORT_FORMS: ReadonlyMap<string, LegalForm> = new Map(
  LEGAL_FORMS.filter(entry => entry.short !== '').map(entry => [entry.short, entry]),
)

/** The form with this code, or undefined. */
export function legalFormOf(code: string): LegalForm | undefined {
  return LEGAL_FORMS.find(entry => entry.code === code)
}
