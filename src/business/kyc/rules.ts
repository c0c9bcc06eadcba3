import type { Reason } from '../../platform/commands/refusal.ts'
import { addDays, addMonths } from '../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Yen } from '../../platform/money/yen.ts'
import { type ElectronicFacts, methodReasons } from './method-rules.ts'
import type { KycTrigger, RiskRating } from './tables.ts'

/** 転送不要郵便, or 本人限定受取郵便. */
export type MailKind = 'not_forwarded' | 'restricted'
/** What an electronic check can say: chip read, signature checked, revocation looked up, face compared, a living person, bank or card. */
export type ElectronicPart = 'ic' | 'signature' | 'revocation' | 'face' | 'liveness' | 'bank'

interface Asked {
  part: ElectronicPart
  /** Asked of checks completed from this day on; null: always. */
  from: IsoDate | null
}

interface Method {
  of: 'person' | 'corporation'
  /** The letter of the rule it had until 2027-03-31; a label only. */
  letter: string
  validFrom: IsoDate | null
  validTo: IsoDate | null
  /** The mail that is part of the method. */
  mail: MailKind | null
  documents: DocumentClass | 'photo_or_two' | 'none'
  electronic: readonly Asked[]
}

const always = { validFrom: null, validTo: null }
const LETTERS_UNTIL = '2027-03-31'
const until2027 = { validFrom: null, validTo: LETTERS_UNTIL }
const from2027 = '2027-04-01'
const asked = (...parts: ElectronicPart[]): readonly Asked[] => parts.map(part => ({ part, from: null }))
const onPaper = { ...always, mail: null, electronic: asked() } as const
const ofPerson = { of: 'person', ...onPaper } as const
const ofCompany = { of: 'corporation', ...onPaper, documents: 'corporation' } as const
const byMail = { mail: 'not_forwarded', documents: 'photo_or_two' } as const
/** A signature under a certificate stands for documents: it is checked, and the certificate is looked up (JR §3.4 ヲ ワ). */
const signed = { documents: 'none', electronic: asked('signature', 'revocation') } as const

/** Our codes for the methods of JR §3.4 and §3.5: the days on which they may complete a check, and what each of them asks for. */
export const methods = {
  face_photo_id: {
    ...ofPerson,
    letter: 'イ',
    documents: 'photo',
    electronic: [{ part: 'ic', from: from2027 }],
  },
  face_nonphoto_mail: { ...ofPerson, letter: 'ロ', ...byMail, documents: 'no_photo' },
  remote_photo_selfie: {
    ...ofPerson,
    letter: 'ホ',
    ...until2027,
    documents: 'photo',
    electronic: asked('face', 'liveness'),
  },
  remote_ic_selfie: {
    ...ofPerson,
    letter: 'ヘ',
    documents: 'photo',
    electronic: asked('ic', 'face', 'liveness'),
  },
  remote_ic_bank: {
    ...ofPerson,
    letter: 'ト',
    documents: 'photo',
    electronic: [...asked('bank'), { part: 'ic', from: from2027 }],
  },
  mail_original: { ...ofPerson, letter: 'チ', ...byMail },
  mail_copy: { ...ofPerson, letter: 'リ', ...until2027, ...byMail },
  mail_restricted: { ...ofPerson, letter: 'ル', ...byMail, mail: 'restricted' },
  e_sign_accredited: { ...ofPerson, letter: 'ヲ', ...signed },
  jpki: { ...ofPerson, letter: 'ワ', ...signed },
  card_substitute_record: {
    ...ofPerson,
    letter: '',
    validFrom: '2025-06-24',
    documents: 'none',
    electronic: asked('signature'),
  },
  corp_shown: { ...ofCompany, letter: 'イ' },
  corp_registry_online: { ...ofCompany, letter: 'ロ' },
  corp_number_site: { ...ofCompany, letter: 'ハ', mail: 'not_forwarded' },
  corp_mail: { ...ofCompany, letter: 'ニ', mail: 'not_forwarded' },
  corp_e_cert: { ...ofCompany, letter: 'ホ', electronic: asked('signature', 'revocation') },
} as const satisfies Record<string, Method>
export type MethodCode = keyof typeof methods
export const methodCodes = Object.keys(methods) as [MethodCode, ...MethodCode[]]

/** Whether a check may be completed by this method on this day (JR §3.4: the day of completion counts). */
export function methodIsValidOn(code: MethodCode, day: IsoDate): boolean {
  const { validFrom, validTo }: Method = methods[code]
  return (validFrom === null || validFrom <= day) && (validTo === null || day <= validTo)
}

/** The letter of the rule on a day; from 2027-04-01 the letters of the amended rule are not published yet. */
export function letterOn(code: MethodCode, day: IsoDate): string {
  return day <= LETTERS_UNTIL ? methods[code].letter : ''
}

export type DocumentClass = 'photo' | 'no_photo' | 'corporation' | 'supplementary'

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

/** Cards with two sides: which one was kept is part of the record (JR §3.3). */
export const TWO_SIDED: readonly DocumentKind[] = [
  'drivers_licence',
  'driving_record_certificate',
  'my_number_card_front',
  'residence_card',
  'special_permanent_resident',
  'qualification_certificate',
]
/** Papers which carry a number that is never kept: a copy of them is masked before it is saved (JR §3.3). */
export const MUST_BE_MASKED: readonly DocumentKind[] = [
  'qualification_certificate',
  'pension_book',
  'residence_certificate',
  'health_insurance_card',
]

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

/** Until when the record of a check is kept: years from the end of the contract (JR §3.7); null while the relation lasts. */
export function retentionUntil(relationEndedOn: IsoDate | null, years: number): IsoDate | null {
  return relationEndedOn === null ? null : addMonths(relationEndedOn, 12 * years)
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
  trigger: KycTrigger
  /** The method of the completed check this one follows; null: it is the first. */
  previousMethod: MethodCode | null
  partyKind: 'corporation' | 'sole_proprietor' | 'public_body' | 'unincorporated'
  methodCode: MethodCode
  rating: RiskRating
  assetIncomeChecked: boolean
  /** How much one transaction moves at most; null: not declared. */
  expectedYen: Yen | null
  /** Above it assets or income of a high-risk customer are checked (company setting). */
  assetIncomeOverYen: Yen
  mailKind: MailKind | null
  mailResult: 'sent' | 'delivered' | 'returned' | null
  documents: readonly { kind: DocumentKind; seenOn: IsoDate; expiresOn: IsoDate | null; hasFile: boolean }[]
  electronic: readonly ElectronicFacts[]
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
  const { documents } = facts
  const reasons: Reason[] = []
  const no = (code: string) => reasons.push({ code })
  if (completedOn > today) no('date_must_not_be_in_the_future')
  if (!methodIsValidOn(facts.methodCode, completedOn)) no('method_must_be_valid')
  const suits = (methods[facts.methodCode].of === 'person') === (facts.partyKind === 'sole_proprietor')
  if (!suits) no('method_must_suit_the_party')
  const classes = documents.map(document => documentKinds[document.kind])
  if (suits) reasons.push(...methodReasons({ ...facts, documents: classes }, completedOn))
  if (documents.some(document => document.seenOn > completedOn)) no('completion_must_follow_documents')
  if (documents.some(document => document.expiresOn !== null && document.expiresOn < completedOn))
    no('document_must_not_be_expired')
  // JR §3.2: what raised the risk is checked again by another method.
  if (facts.trigger === 'high_risk' && facts.previousMethod === facts.methodCode)
    no('high_risk_needs_another_method')
  reasons.push(...assetReasons(facts))
  if (facts.partyKind === 'corporation') {
    if (facts.representatives === 0) no('representative_must_be_registered')
    const { undeclared = 0, unproven = 0, deemed = 0 } = facts.ownersCompared ?? {}
    if (facts.owners === 0 && deemed === 0) no('beneficial_owner_must_be_registered')
    if (undeclared > 0) no('computed_owner_must_be_declared')
    if (unproven > 0) no('declared_owner_must_follow_from_holdings')
  }
  return reasons
}

/** A high-risk customer's assets or income are checked, with the paper kept, where more than 2,000,000 yen moves (JR §3.2). */
function assetReasons({
  rating,
  expectedYen,
  assetIncomeOverYen,
  assetIncomeChecked,
  documents,
}: CompletionFacts): Reason[] {
  if (rating !== 'high' || (expectedYen !== null && expectedYen <= assetIncomeOverYen)) return []
  if (!assetIncomeChecked) return [{ code: 'asset_income_must_be_checked' }]
  const hasPaper = documents.some(({ kind, hasFile }) => kind === 'income_proof' && hasFile)
  return hasPaper ? [] : [{ code: 'asset_income_must_be_proven' }]
}
