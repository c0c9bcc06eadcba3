import type { Reason } from '../../../platform/commands/refusal.ts'
import { addMonths } from '../../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import { todayInTokyo } from '../../../platform/dates/today.ts'
import type { ClaimNature } from '../../access/contract.ts'

/** A registration of named debtors ends after fifty years at the latest (動産債権譲渡特例法8条3項, JR §6.1); a claim of ours always names its debtor. */
const LONGEST_YEARS = 50

export interface RegistrationFacts {
  /** The day it was filed; null: not told. */
  appliedOn: IsoDate | null
  registeredAt: string
  expiresOn: IsoDate
  claimTypeCode: string
  /** What somebody found the claim to be by its legal nature. */
  claimNature: ClaimNature
  /** The company's claim types; empty: it has entered none, and any four digits are taken. */
  offered: readonly { code: string; nature: ClaimNature }[]
  /** Whether somebody compared the claim type with the legal nature of the claim. */
  natureChecked: boolean
}

/** What speaks against the particulars of a registration (JR §6.1). */
export function registrationReasons(facts: RegistrationFacts, now: Date): Reason[] {
  const registeredOn = todayInTokyo(new Date(facts.registeredAt))
  return [
    ...(new Date(facts.registeredAt) > now
      ? [{ code: 'date_must_not_be_in_the_future', field: 'registeredAt' }]
      : []),
    ...(facts.appliedOn !== null && registeredOn < facts.appliedOn
      ? [{ code: 'registration_must_follow_its_filing', field: 'registeredAt' }]
      : []),
    ...(facts.expiresOn <= registeredOn ? [{ code: 'registration_must_end_later', field: 'expiresOn' }] : []),
    ...(facts.expiresOn > addMonths(registeredOn, LONGEST_YEARS * 12)
      ? [{ code: 'registration_must_end_within_50_years', field: 'expiresOn' }]
      : []),
    ...claimTypeReasons(facts),
    // 「売掛債権」 for a fee of work voids the effect (東京高判 2001-11-13).
    ...(facts.natureChecked ? [] : [{ code: 'claim_type_must_be_checked', field: 'natureChecked' }]),
  ]
}

/** A code that is not the company's, or that is registered for claims of another nature. */
function claimTypeReasons({ claimTypeCode, claimNature, offered }: RegistrationFacts): Reason[] {
  if (offered.length === 0) return []
  const type = offered.find(one => one.code === claimTypeCode)
  if (!type) return [{ code: 'claim_type_must_be_listed', field: 'claimTypeCode' }]
  return type.nature === claimNature
    ? []
    : [{ code: 'claim_type_must_suit_the_nature', field: 'claimTypeCode' }]
}

/**
 * Against the debtor counts a notice by the assignor; one by the assignee only together with a registration and its certificate
 * (民法467条1項, 動産債権譲渡特例法4条2項). Null: nobody said from whom it came.
 */
export function mayNotify(notice: { byAssignor: boolean | null; isRegistered: boolean }): boolean {
  return notice.byAssignor !== false || notice.isRegistered
}
