import { floorDivide, type Ppm, type Yen } from '../../../platform/money/yen.ts'

/** Terms which make a sale look like a loan (FF §4.6, JR §6.6). Money in yen, rates in ppm. */
export type LendingLikeFacts = {
  faceYen: Yen
  priceYen: Yen
  annualisedPpm: Ppm | null
  recourse: 'none' | 'dilution_only' | 'full'
  clientGuarantee: boolean
  buyBackOutsideWarranty: boolean
  collateral: boolean
  receivableKind: string
}

/** Company settings: a price below this share of face, or a yearly cost above this rate, goes to compliance. */
export type LendingLikeSettings = { priceToFaceFloorPpm: Ppm; annualisedCeilingPpm: Ppm }

export type LendingLikeFinding = {
  rule: string
  outcome: 'refused' | 'to_compliance'
  sentence: string
  source: string
}

export type LendingLikeResult = {
  annualisedPpm: Ppm | null
  priceToFacePpm: Ppm
  findings: LendingLikeFinding[]
  toCompliance: boolean
  refused: boolean
}

/**
 * What a reviewer is shown before a plan is activated or a deal is quoted: yearly cost, price over face, and
 * each term that looks like lending.
 */
export function lookalikeLending(facts: LendingLikeFacts, settings: LendingLikeSettings): LendingLikeResult {
  const priceToFacePpm =
    facts.faceYen > 0 ? floorDivide(BigInt(facts.priceYen) * 1_000_000n, BigInt(facts.faceYen)) : 0
  const findings = lendingRules
    .filter(rule => rule.applies(facts, priceToFacePpm, settings))
    .map(({ rule, outcome, sentence, source }) => ({ rule, outcome, sentence, source }))
  return {
    annualisedPpm: facts.annualisedPpm,
    priceToFacePpm,
    findings,
    toCompliance: findings.some(finding => finding.outcome === 'to_compliance'),
    refused: findings.some(finding => finding.outcome === 'refused'),
  }
}

type LendingRule = LendingLikeFinding & {
  applies: (facts: LendingLikeFacts, priceToFacePpm: Ppm, settings: LendingLikeSettings) => boolean
}

const lendingRules: LendingRule[] = [
  {
    rule: 'wage_claims_are_lending',
    outcome: 'refused',
    sentence: '給与債権の買取りは貸付けにあたるため、取り扱いできません。',
    source: 'JR §6.7（最高裁 2023-02-20）',
    applies: facts => facts.receivableKind === 'wage',
  },
  {
    rule: 'full_recourse',
    outcome: 'to_compliance',
    sentence: '償還請求権が希薄化・表明保証の範囲を超えています。',
    source: 'FF §4.6、JR §6.6（貸金業法）',
    applies: facts => facts.recourse === 'full',
  },
  {
    rule: 'buy_back_outside_warranty',
    outcome: 'to_compliance',
    sentence: '表明保証違反・希薄化以外の買戻し条項があります。',
    source: 'FF §4.6、JR §6.6',
    applies: facts => facts.buyBackOutsideWarranty,
  },
  {
    rule: 'client_guarantee',
    outcome: 'to_compliance',
    sentence: '利用者側の保証が付いており、売買が貸付けに近くなります。',
    source: 'FF §4.6、DD 5',
    applies: facts => facts.clientGuarantee,
  },
  {
    rule: 'collateral_required',
    outcome: 'to_compliance',
    sentence: '担保を求める条件になっています。',
    source: 'FF §5',
    applies: facts => facts.collateral,
  },
  {
    rule: 'price_far_below_face',
    outcome: 'to_compliance',
    sentence: '買取代金が額面に比べて著しく低くなっています。',
    source: 'FF §4.6、JR §6.6',
    applies: (_facts, priceToFacePpm, settings) => priceToFacePpm < settings.priceToFaceFloorPpm,
  },
  {
    rule: 'annualised_cost_high',
    outcome: 'to_compliance',
    sentence: '手数料を年率に換算すると、会社が定めた水準を超えます。',
    source: 'FF §4.6、JR §6.5',
    applies: (facts, _price, settings) =>
      facts.annualisedPpm !== null && facts.annualisedPpm > settings.annualisedCeilingPpm,
  },
]
