import type { Reason } from '../../../platform/commands/refusal.ts'
import { type Ppm, shareOf, type Yen } from '../../../platform/money/yen.ts'
import type { ContractTerms, ReceivableKind } from '../../contracts/contract.ts'
import { receivableKindLabels } from '../../contracts/labels.ts'
import { industryLetter, industryMajorLabels, kindLabels } from '../../parties/labels.ts'
import type { PartyKind } from '../../parties/tables.ts'
import { applicationChannelLabels, applicationFormLabels } from '../labels.ts'
import type { ApplicationChannel, ApplicationForm, ClientType, PlanParameters } from '../parameters.ts'
import { hindrancesToTerms } from './terms-under-plan.ts'

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

/** Who applies, for how much and how; null where it is not said yet. */
export interface AskedUnderPlan {
  clientType: ClientType | null
  industryCode: string | null
  requestedYen: Yen | null
  /** Not asked about where it is not known. */
  channel?: ApplicationChannel | null
  form?: ApplicationForm
}

/** Why a client may not apply under a plan; empty when it may. The amount asked for is cash in hand, which is never more than what is bought. Pure. */
export function hindrancesToApply(parameters: PlanParameters, asked: AskedUnderPlan): Reason[] {
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
  const letter = industryLetter(asked.industryCode)
  if (parameters.industries.length > 0 && (letter === null || !parameters.industries.includes(letter)))
    reasons.push({
      code: 'plan_must_serve_the_industry',
      field: 'planVersionId',
      message:
        letter === null
          ? 'この商品は対象の業種が決まっています。利用者の業種を先に登録してください。'
          : `この商品は「${industryMajorLabels[letter]}」の利用者を対象にしていません。`,
    })
  if (asked.channel && !parameters.channels.includes(asked.channel))
    reasons.push({
      code: 'plan_must_take_the_channel',
      field: 'channel',
      message: `この商品の申込は「${applicationChannelLabels[asked.channel]}」では受け付けません（${parameters.channels.map(one => applicationChannelLabels[one]).join('・')}）。`,
    })
  if (asked.form && !parameters.forms.includes(asked.form))
    reasons.push({
      code: 'plan_must_take_the_form',
      field: 'form',
      message: `この商品の申込書式は「${parameters.forms.map(one => applicationFormLabels[one]).join('・')}」だけです。`,
    })
  return reasons
}

export interface ClaimUnderPlan {
  receivableNo: string
  kind: ReceivableKind
  debtorKind: PartyKind
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
    if (!parameters.debtorTypes.includes(claim.debtorKind))
      reasons.push({
        code: 'plan_must_cover_the_debtor',
        message: `${claim.receivableNo}：この商品は、売掛先が${kindLabels[claim.debtorKind]}の債権を買い取りません。`,
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
  reasons.push(...hindrancesToTerms(parameters, terms))
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
