import type { Reason } from '../../../platform/commands/refusal.ts'
import { type Ppm, shareOf, type Yen } from '../../../platform/money/yen.ts'
import type { ContractTerms, ReceivableKind } from '../../contracts/contract.ts'
import {
  legalKindLabels,
  payoutAfterLabels,
  receivableKindLabels,
  recourseLabels,
  routeLabels,
} from '../../contracts/labels.ts'
import type { ClientType, PlanParameters } from '../parameters.ts'

const yenWords = (value: Yen) => `${value.toLocaleString('ja-JP')}円`
const percent = (value: Ppm) => `${value / 10_000}%`

/** Which kind of client a customer is to a plan; null: of none that a plan serves (FF §1, client). */
export function clientTypeOf(partyKind: string): ClientType | null {
  if (partyKind === 'corporation') return 'corp'
  return partyKind === 'sole_proprietor' ? 'sole' : null
}

/** The registration as it is offered to a client: never to one that is no corporation, whatever the plan says (FF §5). */
export function registrationFor(
  parameters: PlanParameters,
  client: ClientType,
): PlanParameters['registration'] {
  return client === 'corp' ? parameters.registration : 'none'
}

/** Why a client may not apply under a plan; empty when it may. The amount asked for is cash in hand, which is never more than what is bought. Pure. */
export function hindrancesToApply(
  parameters: PlanParameters,
  asked: { clientType: ClientType | null; requestedYen: Yen | null },
): Reason[] {
  const reasons: Reason[] = []
  if (asked.clientType === null || !parameters.clientTypes.includes(asked.clientType))
    reasons.push({
      code: 'plan_must_serve_the_client',
      field: 'planVersionId',
      message: `この商品は${parameters.clientTypes.map(type => (type === 'corp' ? '法人' : '個人事業主')).join('・')}だけが対象です。`,
    })
  if (asked.requestedYen !== null && parameters.maxYen !== null && asked.requestedYen > parameters.maxYen)
    reasons.push({
      code: 'plan_must_cover_the_amount',
      field: 'requestedYen',
      message: `希望額${yenWords(asked.requestedYen)}は、この商品の買取額の上限${yenWords(parameters.maxYen)}を超えています。`,
    })
  return reasons
}

export interface ClaimUnderPlan {
  receivableNo: string
  kind: ReceivableKind
  /** Days until the claim is due, or until it is payable to us where a contract says so. */
  days: number
}

/** Which claims do not fit a plan, each with its reasons (FF §3, in_review→quoted: receivable kind allowed; verified→approved: remaining days within plan). Pure. */
export function hindrancesToClaims(parameters: PlanParameters, claims: readonly ClaimUnderPlan[]): Reason[] {
  const reasons: Reason[] = []
  for (const claim of claims) {
    if (!parameters.receivableKinds.includes(claim.kind))
      reasons.push({
        code: 'plan_must_cover_the_kind',
        message: `${claim.receivableNo}：この商品は${receivableKindLabels[claim.kind]}の債権を買い取りません。`,
      })
    if (parameters.maxTenorDays !== null && claim.days > parameters.maxTenorDays)
      reasons.push({
        code: 'plan_must_cover_the_tenor',
        message: `${claim.receivableNo}：期日まで${claim.days}日あり、この商品の上限${parameters.maxTenorDays}日を超えています。`,
      })
  }
  return reasons
}

export interface PricedUnderPlan {
  purchasedYen: Yen
  lines: readonly (ClaimUnderPlan & { purchasedYen: Yen; advanceYen: Yen; feeYen: Yen })[]
}

const recourseOrder = ['none', 'dilution_only', 'full'] as const

/**
 * Everything a plan has against a price under a contract's terms, all at once: claims, amount, legal kind, route, advance, recourse, payout
 * condition, late rate, and the fee of each claim, whatever method it was reckoned by (FF §3, fee within plan range; §5). The lowest fee is
 * floored as a fee is; the highest gives way only to the plan's own minimum fee. Pure.
 */
export function hindrancesToQuote(
  parameters: PlanParameters,
  terms: ContractTerms,
  priced: PricedUnderPlan,
): Reason[] {
  const reasons = hindrancesToClaims(parameters, priced.lines)
  const add = (code: string, message: string) => reasons.push({ code, message })
  const { minYen, maxYen } = parameters
  if (minYen !== null && priced.purchasedYen < minYen)
    add(
      'plan_must_cover_the_amount',
      `買取額${yenWords(priced.purchasedYen)}は、この商品の下限${yenWords(minYen)}に足りません。`,
    )
  if (maxYen !== null && priced.purchasedYen > maxYen)
    add(
      'plan_must_cover_the_amount',
      `買取額${yenWords(priced.purchasedYen)}は、この商品の上限${yenWords(maxYen)}を超えています。`,
    )
  for (const line of priced.lines) {
    const range = feeRange(parameters, line)
    if (line.feeYen < range.least || (range.most !== null && line.feeYen > range.most))
      add('fee_must_be_within_the_plan', feeSentence(parameters, line, range))
  }
  if (!parameters.legalKinds.includes(terms.legalKind))
    add('contract_must_fit_the_plan', `この商品では${legalKindLabels[terms.legalKind]}の契約を使えません。`)
  if (!parameters.collectionRoutes.includes(terms.collectionRoute))
    add(
      'contract_must_fit_the_plan',
      `この商品では回収経路「${routeLabels[terms.collectionRoute]}」の契約を使えません。`,
    )
  if (terms.advancePpm > parameters.advancePpm)
    add(
      'contract_must_fit_the_plan',
      `契約の掛目${percent(terms.advancePpm)}は、この商品の上限${percent(parameters.advancePpm)}を超えています。`,
    )
  if (recourseOrder.indexOf(terms.recourse) > recourseOrder.indexOf(parameters.recourse))
    add(
      'contract_must_fit_the_plan',
      `契約の償還請求権「${recourseLabels[terms.recourse]}」は、この商品の「${recourseLabels[parameters.recourse]}」を超えています。`,
    )
  if (parameters.payoutAfter !== 'contract' && terms.payoutAfter !== parameters.payoutAfter)
    add(
      'contract_must_fit_the_plan',
      `この商品の送金は「${payoutAfterLabels[parameters.payoutAfter]}」ですが、契約は「${payoutAfterLabels[terms.payoutAfter]}」です。`,
    )
  if (
    terms.lateRatePpm !== null &&
    (parameters.lateRatePpm === null || terms.lateRatePpm > parameters.lateRatePpm)
  )
    add(
      'contract_must_fit_the_plan',
      `契約の遅延損害金 年${percent(terms.lateRatePpm)}は、この商品の${parameters.lateRatePpm === null ? '法定利率' : `上限 年${percent(parameters.lateRatePpm)}`}を超えています。`,
    )
  return reasons
}

interface FeeRange {
  least: Yen
  most: Yen | null
}

type PricedLine = PricedUnderPlan['lines'][number]

function feeRange(parameters: PlanParameters, line: PricedLine): FeeRange {
  const { feeMinPpm, feeMaxPpm, feeMinimumYen } = parameters
  const base = parameters.feeBase === 'purchased' ? line.purchasedYen : line.advanceYen
  return {
    least: Math.max(shareOf(base, feeMinPpm), Math.min(feeMinimumYen, base)),
    most: feeMaxPpm === null ? null : Math.max(shareOf(base, feeMaxPpm), feeMinimumYen),
  }
}

function feeSentence(parameters: PlanParameters, line: PricedLine, { least, most }: FeeRange): string {
  const rates = `${percent(parameters.feeMinPpm)}〜${parameters.feeMaxPpm === null ? '' : percent(parameters.feeMaxPpm)}`
  const range = `${yenWords(least)}${most === null ? '以上' : `から${yenWords(most)}`}`
  return `${line.receivableNo}：手数料${yenWords(line.feeYen)}は、この商品の範囲（${rates}、${range}）の外です。`
}
