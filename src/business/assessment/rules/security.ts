import type { Reason } from '../../../platform/commands/refusal.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import type { Yen } from '../../../platform/money/yen.ts'
import type { GuaranteeKind } from '../tables.ts'

/** What security counts for: its value times the share it is lent against, rounded down (DD group 5, ltv_ppm). */
export function securedYen(valueYen: Yen, ltvPpm: number): Yen {
  return Number((BigInt(valueYen) * BigInt(ltvPpm)) / 1_000_000n)
}

/** Whether it still counts on a day: begun, not ended, not past its last day. */
export function standsOn(
  row: { validFrom: IsoDate; validTo: IsoDate | null; expiresOn: IsoDate | null },
  day: IsoDate,
): boolean {
  return (
    row.validFrom <= day &&
    (row.validTo === null || row.validTo > day) &&
    (row.expiresOn === null || row.expiresOn >= day)
  )
}

export const isRoot = (kind: GuaranteeKind): boolean => kind === 'root' || kind === 'joint_root'

export interface GuaranteeFacts {
  kind: GuaranteeKind
  personal: boolean
  amountYen: Yen | null
  capYen: Yen | null
  validFrom: IsoDate
  expiresOn: IsoDate | null
  notarisedOn: IsoDate | null
}

/** Every rule a guarantee breaks. A personal root guarantee without 極度額 is void (Civil Code 465-2). */
export function reasonsAgainstGuarantee(facts: GuaranteeFacts, today: IsoDate): Reason[] {
  const reasons: Reason[] = []
  if (facts.personal && isRoot(facts.kind) && facts.capYen === null)
    reasons.push({ code: 'personal_root_guarantee_must_have_a_cap', field: 'guaranteeCapYen' })
  if (!isRoot(facts.kind) && facts.amountYen === null)
    reasons.push({ code: 'guaranteed_amount_must_be_given', field: 'amountYen' })
  if (facts.expiresOn !== null && facts.expiresOn <= facts.validFrom)
    reasons.push({ code: 'period_must_be_forward', field: 'expiresOn' })
  if (facts.notarisedOn !== null && facts.notarisedOn > today)
    reasons.push({ code: 'date_must_not_be_in_the_future', field: 'notarisedOn' })
  return reasons
}

/** The most a guarantor answers for: the cap of a root guarantee, else the amount; null where a company's root guarantee has neither. */
export function guaranteedYen(facts: Pick<GuaranteeFacts, 'kind' | 'amountYen' | 'capYen'>): Yen | null {
  return isRoot(facts.kind) ? (facts.capYen ?? facts.amountYen) : facts.amountYen
}

/**
 * A client for whom a living person answers has not simply sold its claims: the deal looks like lending, and compliance must look at
 * it (JR §6.6 "guarantee by the client", DD group 5, guarantee).
 */
export function looksLikeLending(personal: boolean, rolesOfPrincipal: readonly string[]): boolean {
  return personal && rolesOfPrincipal.includes('client')
}
