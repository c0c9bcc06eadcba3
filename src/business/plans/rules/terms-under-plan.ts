import type { Reason } from '../../../platform/commands/refusal.ts'
import type { Ppm, Yen } from '../../../platform/money/yen.ts'
import type { ContractTerms } from '../../contracts/contract.ts'
import {
  feeMethodLabels,
  legalKindLabels,
  payoutAfterLabels,
  penaltyTriggerLabels,
  recourseLabels,
  routeLabels,
} from '../../contracts/labels.ts'
import type { PlanParameters, PlanPenalty } from '../parameters.ts'

const yenWords = (value: Yen) => `${value.toLocaleString('ja-JP')}円`
const percent = (value: Ppm) => `${value / 10_000}%`
const recourseOrder = ['none', 'dilution_only', 'full'] as const

/**
 * What a plan has against the terms of a contract, all at once: legal kind, route, advance, recourse, payout condition, late rate, how
 * the fee is reckoned, fixed fees the client bears and penalties (FF §5). Pure.
 */
export function hindrancesToTerms(parameters: PlanParameters, terms: ContractTerms): Reason[] {
  const reasons: Reason[] = []
  const add = (message: string) => reasons.push({ code: 'contract_must_fit_the_plan', message })
  if (!parameters.legalKinds.includes(terms.legalKind))
    add(`この商品では${legalKindLabels[terms.legalKind]}の契約を使えません。`)
  if (!parameters.collectionRoutes.includes(terms.collectionRoute))
    add(`この商品では回収経路「${routeLabels[terms.collectionRoute]}」の契約を使えません。`)
  if (terms.advancePpm > parameters.advancePpm)
    add(
      `契約の掛目${percent(terms.advancePpm)}は、この商品の上限${percent(parameters.advancePpm)}を超えています。`,
    )
  if (recourseOrder.indexOf(terms.recourse) > recourseOrder.indexOf(parameters.recourse))
    add(
      `契約の償還請求権「${recourseLabels[terms.recourse]}」は、この商品の「${recourseLabels[parameters.recourse]}」を超えています。`,
    )
  if (parameters.payoutAfter !== 'contract' && terms.payoutAfter !== parameters.payoutAfter)
    add(
      `この商品の送金は「${payoutAfterLabels[parameters.payoutAfter]}」ですが、契約は「${payoutAfterLabels[terms.payoutAfter]}」です。`,
    )
  if (
    terms.lateRatePpm !== null &&
    (parameters.lateRatePpm === null || terms.lateRatePpm > parameters.lateRatePpm)
  )
    add(
      `契約の遅延損害金 年${percent(terms.lateRatePpm)}は、この商品の${parameters.lateRatePpm === null ? '法定利率' : `上限 年${percent(parameters.lateRatePpm)}`}を超えています。`,
    )
  if (!parameters.feeMethods.includes(terms.feeMethod))
    add(`契約の手数料の計算方法「${feeMethodLabels[terms.feeMethod]}」は、この商品では使えません。`)
  for (const charge of terms.charges) {
    const sentence = against(parameters.charges, charge)
    if (sentence) add(sentence)
  }
  for (const penalty of terms.penalties) {
    const sentence = againstPenalty(parameters.penalties, penalty)
    if (sentence) add(sentence)
  }
  return reasons
}

/** A fee that we bear ourselves is no matter of the plan. */
function against(
  charges: PlanParameters['charges'],
  { kind, amountYen, borneBy }: ContractTerms['charges'][number],
): string | null {
  if (charges === null || borneBy !== 'client') return null
  const bound = charges.find(one => one.kind === kind)
  const said = `契約の諸費用「${kind}」${yenWords(amountYen)}は、この商品の`
  if (!bound) return `${said}諸費用にありません。`
  return amountYen > bound.mostYen ? `${said}上限${yenWords(bound.mostYen)}を超えています。` : null
}

function againstPenalty(
  penalties: PlanParameters['penalties'],
  { trigger, amountYen, pricePpm }: ContractTerms['penalties'][number],
): string | null {
  if (penalties === null) return null
  const agreed = amountYen === null ? `代金の${percent(pricePpm ?? 0)}` : yenWords(amountYen)
  const said = `契約の違約金「${penaltyTriggerLabels[trigger]}」${agreed}は、この商品の`
  const bound = penalties.find(one => one.trigger === trigger)
  if (!bound) return `${said}違約金にありません。`
  if ((bound.mostYen === null) !== (amountYen === null))
    return `${said}定め方（${boundWords(bound)}）と異なります。`
  const beyond =
    amountYen === null ? (pricePpm ?? 0) > (bound.mostPpm ?? 0) : amountYen > (bound.mostYen ?? 0)
  return beyond ? `${said}上限（${boundWords(bound)}）を超えています。` : null
}

/** The bound of a penalty in words. */
export const boundWords = ({ mostYen, mostPpm }: PlanPenalty) =>
  mostYen === null ? `代金の${percent(mostPpm ?? 0)}まで` : `${yenWords(mostYen)}まで`
