import type { Json } from '../../platform/trail/canonical.ts'
import {
  applicationOrderLabels,
  feeBaseLabels,
  feeMethodLabels,
  legalKindLabels,
  payoutAfterLabels,
  penaltyTriggerLabels,
  receivableKindLabels,
  recourseLabels,
  retentionLabels,
  routeLabels,
  transactionKindLabels,
} from './labels.ts'
import type { ContractTerms } from './terms.ts'

const percent = (value: number) => `${value / 10_000}%`
const yenWords = (value: number) => `${value.toLocaleString('ja-JP')}円`
const rollWords = { following: '翌営業日', preceding: '前営業日', none: '調整なし' } as const
const dayWords = (day: number) => (day === 31 ? '末日' : `${day}日`)
const monthWords = (offset: number) => ['当月', '翌月', '翌々月'][offset] ?? `${offset}か月後`

/** Every term in words, in the order in which a contract is read. */
const termWords: { [T in keyof ContractTerms]?: [string, (terms: ContractTerms) => string] } = {
  transactionKind: ['取引種別', terms => transactionKindLabels[terms.transactionKind]],
  legalKind: ['契約形態', terms => legalKindLabels[terms.legalKind]],
  collectionRoute: ['回収経路', terms => routeLabels[terms.collectionRoute]],
  receivableKinds: [
    '対象債権',
    terms => terms.receivableKinds.map(kind => receivableKindLabels[kind]).join('、'),
  ],
  advancePpm: ['掛目', terms => percent(terms.advancePpm)],
  feePpm: [
    '手数料率',
    terms =>
      `${percent(terms.feePpm)}（${feeBaseLabels[terms.feeBase]}に対し${feeMethodLabels[terms.feeMethod]}${terms.feePeriodDays ? `、${terms.feePeriodDays}日ごと` : ''}）`,
  ],
  feeMinimumYen: ['最低手数料', terms => yenWords(terms.feeMinimumYen)],
  charges: [
    'その他の費用',
    terms => terms.charges.map(one => `${one.kind} ${yenWords(one.amountYen)}`).join('、') || 'なし',
  ],
  retentionAbsorbs: ['留保金の充当', terms => retentionLabels[terms.retentionAbsorbs]],
  paymentTerm: [
    '支払サイト',
    ({ paymentTerm: term }) =>
      `${dayWords(term.closeDay)}締め${monthWords(term.monthOffset)}${dayWords(term.payDay)}払い（休業日は${rollWords[term.holidayRoll]}）`,
  ],
  remitRule: ['送金期日', terms => remitWords(terms.remitRule)],
  graceDays: ['猶予日数', terms => `${terms.graceDays}日`],
  lateRatePpm: [
    '遅延損害金',
    terms => (terms.lateRatePpm === null ? '法定利率' : `年${percent(terms.lateRatePpm)}`),
  ],
  applicationOrder: ['充当の順序', terms => applicationOrderLabels[terms.applicationOrder]],
  penalties: [
    '違約金',
    terms =>
      terms.penalties
        .map(
          one =>
            `${penaltyTriggerLabels[one.trigger]} ${one.amountYen === null ? `代金の${percent(one.pricePpm ?? 0)}` : yenWords(one.amountYen)}（${one.clause}）`,
        )
        .join('、') || 'なし',
  ],
  recourse: ['償還請求権', terms => recourseLabels[terms.recourse]],
  payoutAfter: ['送金の条件', terms => payoutAfterLabels[terms.payoutAfter]],
  antisocialClause: ['反社会的勢力の排除条項', terms => (terms.antisocialClause ? 'あり' : 'なし')],
}

function remitWords(rule: ContractTerms['remitRule']): string {
  if (rule === null) return '定めなし'
  const roll = `（休業日は${rollWords[rule.holidayRoll]}）`
  if (rule.kind === 'days_after_due')
    return `支払期日の${rule.unit === 'business' ? `${rule.days}営業日後` : `${rule.days}日後`}${roll}`
  return `支払期日の${monthWords(rule.monthOffset)}${dayWords(rule.payDay)}${roll}`
}

/** The terms as lines of words for pages. */
export function termLines(terms: ContractTerms): { key: string; label: string; value: string }[] {
  return Object.entries(termWords).map(([key, [label, words]]) => ({ key, label, value: words(terms) }))
}

/** What a second person compares: every term of a new contract, only the changed ones of an amendment. */
export function termItems(before: ContractTerms | null, after: ContractTerms) {
  const old = new Map(before ? termLines(before).map(line => [line.key, line.value]) : [])
  return termLines(after)
    .filter(line => old.get(line.key) !== line.value)
    .map(line => ({ field: line.key, label: line.label, old: old.get(line.key) ?? null, new: line.value }))
}

/** The changed terms as values, for the trail. */
export function changedTerms(before: ContractTerms, after: ContractTerms) {
  const keys = (Object.keys(after) as (keyof ContractTerms)[]).filter(
    key => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  )
  const pick = (terms: ContractTerms) =>
    Object.fromEntries(keys.map(key => [key, (terms[key] ?? null) as Json]))
  return { before: pick(before), after: pick(after) }
}
