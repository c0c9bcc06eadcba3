import type { Reason } from '../../platform/commands/refusal.ts'
import { addMonths } from '../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { looksLikeMyNumber } from '../names/index.ts'
import { type DocumentKind, MUST_BE_MASKED, TWO_SIDED } from './rules.ts'
import type { DocumentSide } from './tables.ts'

/** 健康保険証 was taken out of use (JR §3.3). */
const HEALTH_CARD_UNTIL = '2025-12-01'
const RECENT_MONTHS = 6
/** Documents without a day of expiry must be young when they are seen. */
const MUST_BE_RECENT: readonly DocumentKind[] = [
  'registry',
  'seal_certificate',
  'official_corporate_document',
  'personal_seal_certificate',
  'residence_certificate',
]

/** Licence numbers have twelve digits too; one in eleven would be taken for a マイナンバー by its check digit. */
const TWELVE_DIGITS: readonly DocumentKind[] = ['drivers_licence', 'driving_record_certificate']

export interface TypedDocument {
  kind: DocumentKind
  side?: DocumentSide | null | undefined
  masked?: boolean | undefined
  documentId?: string | null | undefined
  number?: string | null | undefined
  issuer?: string | null | undefined
  issuedOn?: IsoDate | null | undefined
  expiresOn?: IsoDate | null | undefined
  seenOn: IsoDate
}

/** Every rule a document breaks; a マイナンバー is refused wherever it is typed, and so is the side of the card that shows it. */
export function documentReasons(document: TypedDocument, today: IsoDate): Reason[] {
  const reasons: Reason[] = []
  const { kind, number, issuer, issuedOn, expiresOn, seenOn, side, masked, documentId } = document
  if (kind === 'my_number_card_back') reasons.push({ code: 'card_back_must_not_be_stored', field: 'kind' })
  if (kind === 'my_number_card_front' && (side === 'back' || side === 'both'))
    reasons.push({ code: 'card_back_must_not_be_stored', field: 'side' })
  if (documentId && TWO_SIDED.includes(kind) && !side)
    reasons.push({ code: 'document_must_have_its_side', field: 'side' })
  if (documentId && MUST_BE_MASKED.includes(kind) && !masked)
    reasons.push({ code: 'document_must_be_masked', field: 'masked' })
  const mayBeMyNumber = !TWELVE_DIGITS.includes(kind) && looksLikeMyNumber(number ?? '')
  if (number && (mayBeMyNumber || kind === 'my_number_card_front'))
    reasons.push({ code: 'my_number_must_not_be_stored', field: 'number' })
  if (number && kind === 'qualification_certificate')
    reasons.push({ code: 'insurance_number_must_not_be_stored', field: 'number' })
  if (issuer && looksLikeMyNumber(issuer))
    reasons.push({ code: 'my_number_must_not_be_stored', field: 'issuer' })
  if (kind === 'health_insurance_card' && seenOn > HEALTH_CARD_UNTIL)
    reasons.push({ code: 'document_must_be_in_use', field: 'kind' })
  if (seenOn > today) reasons.push({ code: 'date_must_not_be_in_the_future', field: 'seenOn' })
  if (issuedOn && issuedOn > seenOn)
    reasons.push({ code: 'document_must_be_issued_before_it_is_seen', field: 'issuedOn' })
  if (expiresOn && expiresOn < seenOn)
    reasons.push({ code: 'document_must_not_be_expired', field: 'expiresOn' })
  if (
    MUST_BE_RECENT.includes(kind) &&
    !expiresOn &&
    (!issuedOn || addMonths(issuedOn, RECENT_MONTHS) < seenOn)
  )
    reasons.push({ code: 'document_must_be_recent', field: 'issuedOn' })
  return reasons
}
