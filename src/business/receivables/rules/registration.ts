import type { Reason } from '../../../platform/commands/refusal.ts'
import { addMonths } from '../../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import { todayInTokyo } from '../../../platform/dates/today.ts'

/** A registration of named debtors ends after fifty years at the latest (動産債権譲渡特例法8条3項, JR §6.1); a claim of ours always names its debtor. */
const LONGEST_YEARS = 50

export interface RegistrationFacts {
  /** The day it was filed; null: not told. */
  appliedOn: IsoDate | null
  registeredAt: string
  expiresOn: IsoDate
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
    // 「売掛債権」 for a fee of work voids the effect (東京高判 2001-11-13).
    ...(facts.natureChecked ? [] : [{ code: 'claim_type_must_be_checked', field: 'natureChecked' }]),
  ]
}

/**
 * Against the debtor counts a notice by the assignor; one by the assignee only together with a registration and its certificate
 * (民法467条1項, 動産債権譲渡特例法4条2項). Null: nobody said from whom it came.
 */
export function mayNotify(notice: { byAssignor: boolean | null; isRegistered: boolean }): boolean {
  return notice.byAssignor !== false || notice.isRegistered
}
