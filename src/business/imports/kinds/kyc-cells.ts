import type { KycToTakeOver } from '../../kyc/index.ts'
import {
  documentKindLabels,
  factorLabels,
  icReadLabels,
  livenessLabels,
  methodLabels,
  sideLabels,
} from '../../kyc/labels.ts'
import { type CellReader, choiceKey, choicesOf } from './read-cells.ts'

const wordsOf = <T extends string>(labels: Record<T, string>) =>
  Object.fromEntries(
    Object.entries<string>(labels).map(([value, label]) => [value, [label]]),
  ) as unknown as Record<T, string[]>

/** The words of a list, and what offices write for them. */
function known<T extends string>(labels: Record<T, string>, more: readonly (readonly [string, T])[]) {
  const words = choicesOf(wordsOf(labels))
  for (const [word, value] of more) words.set(choiceKey(word), value)
  return words
}

export const methods = known(methodLabels, [
  ['対面', 'corp_shown'],
  ['提示', 'corp_shown'],
  ['登記情報', 'corp_registry_online'],
  ['郵送', 'corp_mail'],
  ['公的個人認証', 'jpki'],
  ['JPKI', 'jpki'],
  ['ICチップ＋容貌', 'remote_ic_selfie'],
  ['eKYC（IC）', 'remote_ic_selfie'],
  ['ホ方式', 'remote_photo_selfie'],
  ['ヘ方式', 'remote_ic_selfie'],
  ['ト方式', 'remote_ic_bank'],
  ['ワ方式', 'jpki'],
])
export const documents = known(documentKindLabels, [
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
])
export const ratings = choicesOf({
  low: ['低', '低リスク', 'L', '1'],
  medium: ['中', '中リスク', 'M', '2', '通常'],
  high: ['高', '高リスク', 'H', '3', 'ハイリスク'],
})
const factors = known(factorLabels, [
  ['外国PEP', 'foreign_pep'],
  ['国内PEP', 'domestic_pep'],
  ['国内PEPs', 'domestic_pep'],
  ['なりすまし', 'impersonation_suspected'],
  ['虚偽申告', 'false_statement_suspected'],
  ['不芳情報', 'adverse_media'],
  ['ネガティブ情報', 'adverse_media'],
  ['非対面', 'not_face_to_face'],
  ['設立2年未満', 'newly_established'],
  ['新設法人', 'newly_established'],
  ['現金取引', 'cash_intensive'],
  ['特定国', 'listed_country'],
])
const sides = known(sideLabels, [
  ['表', 'front'],
  ['表のみ', 'front'],
  ['裏', 'back'],
  ['表裏', 'both'],
  ['表・裏', 'both'],
])
const icReads = known(icReadLabels, [
  ['一致', 'matched'],
  ['OK', 'matched'],
  ['○', 'matched'],
  ['成功', 'matched'],
  ['不一致', 'mismatch'],
  ['NG', 'mismatch'],
  ['×', 'mismatch'],
  ['読取不可', 'unreadable'],
  ['読取失敗', 'unreadable'],
  ['失敗', 'unreadable'],
])
const livenesses = known(livenessLabels, [
  ['OK', 'passed'],
  ['○', 'passed'],
  ['検知', 'passed'],
  ['NG', 'failed'],
  ['×', 'failed'],
])
const yesOrNo = (yes: readonly string[], no: readonly string[]) =>
  new Map<string, boolean>([
    ...['はい', '○', '〇', '有', '済', '1', 'true', 'yes', 'OK', ...yes].map(
      word => [choiceKey(word), true] as const,
    ),
    ...['いいえ', '×', '無', '未', '0', 'false', 'no', 'NG', ...no].map(
      word => [choiceKey(word), false] as const,
    ),
  ])
const validity = yesOrNo(['有効', '有効・一致', '一致', '確認済'], ['無効', '無効・不一致', '不一致'])
const done = yesOrNo(
  ['確認済', '実施済', '塗りつぶし済', 'マスキング済', 'マスク済'],
  ['未確認', '未実施', 'なし', '無し', '不要', '－', 'ー', '―'],
)

export function yes(cells: CellReader, field: string): boolean {
  return cells.choice(field, done) === true
}

/** Factors in one cell, parted as offices part them; null where the cell is empty: not told. */
export function factorsIn(cells: CellReader): KycToTakeOver['ratingFactors'] {
  const typed = cells.text('ratingFactors')
  if (typed === null || /^[-－ー―]+$/.test(typed)) return null
  if (/^(?:なし|無し|無|該当なし)$/.test(typed.normalize('NFKC'))) return []
  const found = typed
    .normalize('NFKC')
    .split(/[、,;／/|\n]+/)
    .map(word => word.trim())
    .filter(Boolean)
    .map(word => ({ word, factor: factors.get(choiceKey(word)) }))
  const strange = found.filter(one => one.factor === undefined)
  if (strange.length > 0) {
    cells.complain(
      'ratingFactors',
      'factor_must_be_known',
      `${strange.map(one => `「${one.word.slice(0, 20)}」`).join('')}はリスク要因にありません。次の言葉を「、」で区切って書いてください：${Object.values(factorLabels).join('、')}。`,
      'error',
    )
    return null
  }
  return found.map(one => one.factor!)
}

const OTHER = /^その他\s*(?:[:：]\s*(.+)|[（(](.+)[)）])?$/su

/** 取引の目的 by the company's list; 「その他：…」 or a column of its own tells what is not on it. */
export function purposeIn(
  cells: CellReader,
  offered: readonly { code: string; label: string }[],
): Pick<KycToTakeOver, 'purposeCode' | 'purpose'> {
  const typed = cells.text('purposeCode')
  const text = cells.text('purpose')?.slice(0, 200) ?? null
  if (typed === null) return { purposeCode: text === null ? null : 'other', purpose: text }
  const other = OTHER.exec(typed)
  if (other) return { purposeCode: 'other', purpose: (other[1] ?? other[2])?.trim().slice(0, 200) ?? text }
  const key = choiceKey(typed)
  const found = offered.find(one => choiceKey(one.label) === key || one.code === typed)
  if (found) return { purposeCode: found.code, purpose: text }
  cells.complain(
    'purposeCode',
    'purpose_must_be_offered',
    `「${typed.slice(0, 30)}」は取引の目的の一覧にありません。「${offered.map(one => one.label).join('」「')}」のどれかにするか、「その他：${typed.slice(0, 30)}」と書くか、会社設定の「取引の目的の一覧」に加えてください。`,
    'error',
  )
  return { purposeCode: null, purpose: null }
}

export function documentIn(cells: CellReader): KycToTakeOver['document'] {
  const kind = cells.choice('documentKind', documents)
  const document = {
    issuer: cells.text('documentIssuer')?.slice(0, 100) ?? null,
    issuedOn: cells.date('documentIssuedOn'),
    expiresOn: cells.date('documentExpiresOn'),
    side: cells.choice('documentSide', sides),
    masked: yes(cells, 'documentMasked'),
  }
  if (kind !== null) return { kind, ...document }
  const told = (['documentIssuer', 'documentIssuedOn', 'documentExpiresOn', 'documentSide'] as const).find(
    field => cells.text(field) !== null,
  )
  if (told !== undefined && cells.text('documentKind') === null)
    cells.complain(
      told,
      'document_must_be_named',
      '書類の発行者・日付・面があるのに、確認書類がありません。確認書類の種類を入力してください。',
      'error',
    )
  return null
}

/** What a chip, a signature, a selfie or a bank said; null where the row tells none of it. */
export function electronicIn(cells: CellReader, completedOn: string): KycToTakeOver['electronic'] {
  const score = cells.rate('faceMatchScore')
  if (score !== null && score > 1_000_000)
    cells.complain(
      'faceMatchScore',
      'score_must_be_a_share',
      '顔照合スコアは100%までです（例：94.2%）。',
      'error',
    )
  const said = {
    icReadResult: cells.choice('icReadResult', icReads),
    signatureValid: cells.choice('signatureValid', validity),
    revocationCheckedAt: momentIn(cells, 'revocationCheckedAt'),
    faceMatchScore: score,
    liveness: cells.choice('liveness', livenesses),
    bankConfirmed: cells.choice('bankConfirmed', validity),
  }
  const checkedOn = cells.date('electronicCheckedOn')
  const provider = cells.text('electronicProvider')?.slice(0, 100) ?? null
  if (Object.values(said).some(value => value !== null))
    return { checkedOn: checkedOn ?? completedOn, provider, ...said }
  return null
}

const TIME_BEHIND = /[T\s](\d{1,2}):(\d{2})(?::\d{2})?$/u

/** A day, with its time where one stands behind it, as an instant in Tokyo. */
function momentIn(cells: CellReader, field: string): string | null {
  const day = cells.date(field)
  if (day === null) return null
  const [, hour = '0', minute = '0'] =
    TIME_BEHIND.exec((cells.text(field) ?? '').normalize('NFKC').trim()) ?? []
  const two = (text: string) => text.padStart(2, '0')
  if (Number(hour) < 24 && Number(minute) < 60) return `${day}T${two(hour)}:${two(minute)}:00+09:00`
  cells.complain(field, 'time_must_be_readable', '時刻として読めません（例：2026/4/1 14:30）。', 'error')
  return null
}
