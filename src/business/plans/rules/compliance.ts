import type { PlanParameters } from '../parameters.ts'

/** From this share of the face given up as fee on, the price counts as far below face (our default; FF §4.6 names no figure). */
export const FAR_BELOW_FACE_PPM = 200_000

/**
 * Why compliance must look at a version before it is activated, in words; empty when it need not: recourse beyond dilution and warranty, a
 * price which may lie far below face, or collateral or a guarantor (FF §4.6, lookalike-lending guard; §5). A fee without an upper bound may
 * lie anywhere. Pure.
 */
export function reasonsForCompliance(parameters: PlanParameters): string[] {
  const reasons: string[] = []
  if (parameters.recourse === 'full') reasons.push('償還請求権が、希薄化・表明保証違反を超えて定められている')
  if (parameters.feeMaxPpm === null) reasons.push('手数料の上限がない')
  else if (parameters.feeMaxPpm >= FAR_BELOW_FACE_PPM)
    reasons.push(`手数料の上限が${FAR_BELOW_FACE_PPM / 10_000}%以上で、代金が額面を大きく下回りうる`)
  if (parameters.collateralRequired !== 'none') reasons.push('担保を求める')
  if (parameters.guarantorRequired !== 'none') reasons.push('保証人を求める')
  return reasons
}
