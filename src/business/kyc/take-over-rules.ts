import type { Reason } from '../../platform/commands/refusal.ts'
import { addDays } from '../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { documentReasons } from './document-rules.ts'
import { factorLabels, ratingLabels } from './labels.ts'
import { type ElectronicFacts, electronicInputReasons, electronicReasons } from './method-rules.ts'
import { type OfferedPurpose, purposeReasons } from './purposes.ts'
import {
  type DocumentKind,
  type MethodCode,
  methodIsValidOn,
  methods,
  type RatingFactor,
  riskRating,
} from './rules.ts'
import type { DocumentSide, RiskRating } from './tables.ts'

export const LONGEST_EXCEPTION_DAYS = 90

/** A check of identity that was completed before this system was there. */
export interface PastCheck {
  completedOn: IsoDate
  /** Null: follows from the risk and the document. */
  nextReviewOn: IsoDate | null
  methodCode: MethodCode
  /** Null: not told. */
  rating: RiskRating | null
  /** Null: not told; then the rating stands as it was given. */
  ratingFactors: readonly RatingFactor[] | null
  /** Null: not told, or told in words alone. */
  purposeCode: string | null
  purpose: string | null
  document: PastDocument | null
  electronic: ElectronicFacts | null
  exceptionUntil: IsoDate | null
  exceptionReason: string | null
}

export interface PastDocument {
  kind: DocumentKind
  issuer: string | null
  issuedOn: IsoDate | null
  expiresOn: IsoDate | null
  side: DocumentSide | null
  masked: boolean
}

/** The rating a past check is entered with: from its factors where they were told, as given otherwise, medium where nothing was. */
export function pastRating({
  rating,
  ratingFactors,
}: Pick<PastCheck, 'rating' | 'ratingFactors'>): RiskRating {
  return ratingFactors === null ? (rating ?? 'medium') : riskRating(ratingFactors)
}

/**
 * What speaks against entering a past check: the rules of the form, by method and day of completion. What the form asks for and an old record
 * does not tell is no reason (a copy on file, the day a paper was issued); what it tells must be right.
 */
export function pastCheckReasons(
  check: PastCheck,
  given: { ofPerson: boolean; purposes: readonly OfferedPurpose[]; today: IsoDate; now: Date },
): Reason[] {
  const { completedOn, methodCode, document, electronic } = check
  const { today } = given
  return [
    ...(completedOn > today ? [{ code: 'date_must_not_be_in_the_future', field: 'completedOn' }] : []),
    ...((methods[methodCode].of === 'person') === given.ofPerson
      ? []
      : [{ code: 'method_must_suit_the_party', field: 'methodCode' }]),
    ...(methodIsValidOn(methodCode, completedOn)
      ? []
      : [{ code: 'method_must_be_valid', field: 'methodCode' }]),
    ...(check.nextReviewOn !== null && check.nextReviewOn <= completedOn
      ? [{ code: 'review_must_follow_completion', field: 'nextReviewOn' }]
      : []),
    ...ratingReasons(check),
    ...(check.purposeCode === null
      ? []
      : purposeReasons({ purposeCode: check.purposeCode, purpose: check.purpose }, given.purposes)),
    ...(document === null ? [] : pastDocumentReasons(document, completedOn, today)),
    ...(electronic === null
      ? []
      : [
          ...electronicInputReasons(electronic, today, given.now).map(reason =>
            reason.field === 'checkedOn' ? { ...reason, field: 'electronicCheckedOn' } : reason,
          ),
          ...electronicReasons({ methodCode, electronic: [electronic] }, completedOn).map(reason => ({
            ...reason,
            field: placeOf(reason.code, electronic),
          })),
        ]),
    ...exceptionReasons(check, today),
  ]
}

/** Which item of the file a reason about the electronic check is about. */
function placeOf(code: string, check: ElectronicFacts): string {
  if (code === 'electronic_check_must_be_recorded') return 'methodCode'
  if (code === 'completion_must_follow_checks') return 'electronicCheckedOn'
  if (check.icReadResult !== null && check.icReadResult !== 'matched') return 'icReadResult'
  if (check.signatureValid === false) return 'signatureValid'
  if (check.faceMatchScore !== null && check.faceMatchScore < (check.faceThresholdPpm ?? 0))
    return 'faceMatchScore'
  return check.liveness === 'failed' ? 'liveness' : 'bankConfirmed'
}

function pastDocumentReasons(document: PastDocument, seenOn: IsoDate, today: IsoDate): Reason[] {
  const names: Readonly<Record<string, string>> = {
    kind: 'documentKind',
    side: 'documentSide',
    issuer: 'documentIssuer',
    issuedOn: 'documentIssuedOn',
    expiresOn: 'documentExpiresOn',
  }
  return documentReasons({ ...document, seenOn }, today)
    .filter(({ code }) => code !== 'document_must_be_recent' || document.issuedOn !== null)
    .map(reason => ({ ...reason, field: names[reason.field ?? ''] ?? reason.field }))
}

/** A rating is reproducible from its factors (data dictionary, group 3). */
function ratingReasons({ rating, ratingFactors }: PastCheck): Reason[] {
  if (rating === null || ratingFactors === null || riskRating(ratingFactors) === rating) return []
  const because = ratingFactors.map(factor => factorLabels[factor]).join('、') || 'なし'
  return [
    {
      code: 'rating_must_follow_from_factors',
      field: 'rating',
      message: `リスク評価「${ratingLabels[rating]}」が、リスク要因（${because}）から決まる「${ratingLabels[riskRating(ratingFactors)]}」と合いません。評価か要因を直してください。`,
    },
  ]
}

function exceptionReasons({ exceptionUntil: until, exceptionReason }: PastCheck, today: IsoDate): Reason[] {
  if (until === null)
    return exceptionReason === null ? [] : [{ code: 'exception_must_have_its_end', field: 'exceptionUntil' }]
  return [
    ...(until > today && until <= addDays(today, LONGEST_EXCEPTION_DAYS)
      ? []
      : [{ code: 'exception_must_end_in_time', field: 'exceptionUntil' }]),
    ...((exceptionReason ?? '').length >= 5
      ? []
      : [{ code: 'exception_must_have_its_reason', field: 'exceptionReason' }]),
  ]
}
