import type { Reason } from '../../platform/commands/refusal.ts'
import { addDays, addMonths } from '../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { RiskRating } from './tables.ts'

interface Method {
  of: 'person' | 'corporation'
  /** The letter of the rule it had until 2027-03-31; a label only. */
  letter: string
  validFrom: IsoDate | null
  validTo: IsoDate | null
  /** 転送不要郵便 or 本人限定受取郵便 is part of the method. */
  byMail: boolean
}

const always = { validFrom: null, validTo: null }
const until2027 = { validFrom: null, validTo: '2027-03-31' }

/** Our codes for the methods of JR §3.4 and §3.5, with the days on which they may complete a check. */
export const methods = {
  face_photo_id: { of: 'person', letter: 'イ', ...always, byMail: false },
  face_nonphoto_mail: { of: 'person', letter: 'ロ', ...always, byMail: true },
  remote_photo_selfie: { of: 'person', letter: 'ホ', ...until2027, byMail: false },
  remote_ic_selfie: { of: 'person', letter: 'ヘ', ...always, byMail: false },
  remote_ic_bank: { of: 'person', letter: 'ト', ...always, byMail: false },
  mail_original: { of: 'person', letter: 'チ', ...always, byMail: true },
  mail_copy: { of: 'person', letter: 'リ', ...until2027, byMail: true },
  mail_restricted: { of: 'person', letter: 'ル', ...always, byMail: true },
  e_sign_accredited: { of: 'person', letter: 'ヲ', ...always, byMail: false },
  jpki: { of: 'person', letter: 'ワ', ...always, byMail: false },
  card_substitute_record: { of: 'person', letter: '', validFrom: '2025-06-24', validTo: null, byMail: false },
  corp_shown: { of: 'corporation', letter: 'イ', ...always, byMail: false },
  corp_registry_online: { of: 'corporation', letter: 'ロ', ...always, byMail: false },
  corp_number_site: { of: 'corporation', letter: 'ハ', ...always, byMail: true },
  corp_mail: { of: 'corporation', letter: 'ニ', ...always, byMail: true },
  corp_e_cert: { of: 'corporation', letter: 'ホ', ...always, byMail: false },
} as const satisfies Record<string, Method>
export type MethodCode = keyof typeof methods
export const methodCodes = Object.keys(methods) as [MethodCode, ...MethodCode[]]

/** Whether a check may be completed by this method on this day (JR §3.4: the day of completion counts). */
export function methodIsValidOn(code: MethodCode, day: IsoDate): boolean {
  const { validFrom, validTo }: Method = methods[code]
  return (validFrom === null || validFrom <= day) && (validTo === null || day <= validTo)
}

type DocumentClass = 'photo' | 'no_photo' | 'corporation' | 'supplementary'

/** JR §3.3; one with a photo is enough, without one a second proof is needed. */
export const documentKinds = {
  drivers_licence: 'photo',
  driving_record_certificate: 'photo',
  my_number_card_front: 'photo',
  residence_card: 'photo',
  special_permanent_resident: 'photo',
  passport: 'photo',
  official_photo_id: 'photo',
  qualification_certificate: 'no_photo',
  pension_book: 'no_photo',
  maternal_handbook: 'no_photo',
  personal_seal_certificate: 'no_photo',
  residence_certificate: 'no_photo',
  registry: 'corporation',
  seal_certificate: 'corporation',
  official_corporate_document: 'corporation',
  address_proof: 'supplementary',
  power_of_attorney: 'supplementary',
  income_proof: 'supplementary',
  my_number_card_back: 'supplementary',
  health_insurance_card: 'no_photo',
} as const satisfies Record<string, DocumentClass>
export type DocumentKind = keyof typeof documentKinds
export const documentKindCodes = Object.keys(documentKinds) as [DocumentKind, ...DocumentKind[]]

/** What raises the risk of a customer; the rating is computed from these alone (JR §3.8 and the company's own). */
export const ratingFactors = {
  impersonation_suspected: 'high',
  false_statement_suspected: 'high',
  listed_country: 'high',
  foreign_pep: 'high',
  adverse_media: 'high',
  domestic_pep: 'medium',
  not_face_to_face: 'medium',
  newly_established: 'medium',
  complex_ownership: 'medium',
  cash_intensive: 'medium',
} as const satisfies Record<string, 'medium' | 'high'>
export type RatingFactor = keyof typeof ratingFactors
export const ratingFactorCodes = Object.keys(ratingFactors) as [RatingFactor, ...RatingFactor[]]

/** The rating that follows from the factors: the gravest of them; low without any. */
export function riskRating(factors: readonly RatingFactor[]): RiskRating {
  if (factors.some(factor => ratingFactors[factor] === 'high')) return 'high'
  return factors.length > 0 ? 'medium' : 'low'
}

export const REVIEW_YEARS: Record<RiskRating, number> = { high: 1, medium: 2, low: 3 }

/** The last day on which a completed check counts: high 1, medium 2, low 3 years, or the first expiry of a document if earlier. */
export function nextReviewOn(
  completedOn: IsoDate,
  rating: RiskRating,
  expiries: readonly (IsoDate | null)[],
): IsoDate {
  const byRisk = addMonths(completedOn, 12 * REVIEW_YEARS[rating])
  const ends = expiries.filter(day => day !== null && day > completedOn)
  return [byRisk, ...ends].sort()[0] ?? byRisk
}

export type ReviewState = 'none' | 'in_progress' | 'current' | 'due_soon' | 'overdue' | 'excepted' | 'failed'
export const DUE_SOON_DAYS = 30

export interface ReviewFacts {
  nextReviewOn: IsoDate | null
  exceptionUntil: IsoDate | null
  /** A case is being worked on. */
  working: boolean
  failed: boolean
}

/** How a party stands today; derived, never stored, so that it cannot be out of date. */
export function reviewState(facts: ReviewFacts, today: IsoDate): ReviewState {
  const { nextReviewOn: due, exceptionUntil } = facts
  if (due === null) return facts.working ? 'in_progress' : facts.failed ? 'failed' : 'none'
  if (due < today) return exceptionUntil !== null && exceptionUntil >= today ? 'excepted' : 'overdue'
  return due <= addDays(today, DUE_SOON_DAYS) ? 'due_soon' : 'current'
}

export interface CompletionFacts {
  partyKind: 'corporation' | 'sole_proprietor' | 'public_body' | 'unincorporated'
  methodCode: MethodCode
  rating: RiskRating
  assetIncomeChecked: boolean
  mailResult: 'sent' | 'delivered' | 'returned' | null
  documents: readonly { kind: DocumentKind; seenOn: IsoDate; expiresOn: IsoDate | null }[]
  representatives: number
  owners: number
  /** What holdings say about owners; null where none are recorded. */
  ownersCompared: { undeclared: number; unproven: number; deemed: number } | null
}

/** How many owners stand on one side only, as the rules take it. */
export function numbersCompared(
  compared: { undeclared: readonly unknown[]; unproven: readonly unknown[]; deemed: number } | null,
): CompletionFacts['ownersCompared'] {
  if (!compared) return null
  const { undeclared, unproven, deemed } = compared
  return { undeclared: undeclared.length, unproven: unproven.length, deemed }
}

/** Everything that stands against completing a check on this day (JR §3.2–3.6, §3.8). */
export function completionReasons(facts: CompletionFacts, completedOn: IsoDate, today: IsoDate): Reason[] {
  const codes: string[] = []
  const ofPerson = facts.partyKind === 'sole_proprietor'
  const method: Method = methods[facts.methodCode]
  if (completedOn > today) codes.push('date_must_not_be_in_the_future')
  if (!methodIsValidOn(facts.methodCode, completedOn)) codes.push('method_must_be_valid')
  if ((method.of === 'person') !== ofPerson) codes.push('method_must_suit_the_party')
  if (method.byMail && facts.mailResult !== 'delivered') codes.push('mail_must_be_delivered')
  if (!documentsSuffice(facts)) codes.push('documents_must_be_sufficient')
  if (facts.documents.some(document => document.seenOn > completedOn))
    codes.push('completion_must_follow_documents')
  if (facts.documents.some(document => document.expiresOn !== null && document.expiresOn < completedOn))
    codes.push('document_must_not_be_expired')
  if (facts.rating === 'high' && !facts.assetIncomeChecked) codes.push('asset_income_must_be_checked')
  if (facts.partyKind === 'corporation') {
    if (facts.representatives === 0) codes.push('representative_must_be_registered')
    const { undeclared = 0, unproven = 0, deemed = 0 } = facts.ownersCompared ?? {}
    if (facts.owners === 0 && deemed === 0) codes.push('beneficial_owner_must_be_registered')
    if (undeclared > 0) codes.push('computed_owner_must_be_declared')
    if (unproven > 0) codes.push('declared_owner_must_follow_from_holdings')
  }
  return codes.map(code => ({ code }))
}

function documentsSuffice({ partyKind, documents }: CompletionFacts): boolean {
  const classes = documents.map(document => documentKinds[document.kind])
  if (partyKind !== 'sole_proprietor') return classes.includes('corporation')
  return classes.includes('photo') || classes.filter(one => one === 'no_photo').length >= 2
}
