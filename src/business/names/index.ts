/** Names slice: how Japanese names, addresses, phones and numbers are written and compared. Server door. */

export {
  type AccountHolderOptions,
  type AccountHolderResult,
  type BankField,
  cutBytes,
  normalizeAccountHolder,
} from './account-holder.ts'
export { type SplitAddress, splitAddress } from './address.ts'
export { type CompanyName, coreKey, foldCore, type NameScript, normalizeCompanyName } from './company-name.ts'
export {
  type CorporateNumberResult,
  corporateCheckDigit,
  type InvoiceRegNoResult,
  isCorporateNumber,
  looksLikeMyNumber,
  parseCorporateNumber,
  parseInvoiceRegNo,
} from './identifiers.ts'
export type { InputIssue } from './issues.ts'
export {
  compatible,
  enlargeKana,
  isKanaOnly,
  NORM_VERSION,
  toHalfWidth,
  toHiragana,
  toKatakana,
  withoutVoicing,
} from './kana.ts'
export { LEGAL_FORMS, type LegalForm, type LegalFormPosition, legalFormOf } from './legal-forms.ts'
export { isLineKind, LINE_KINDS, type LineKind, normalizeLine } from './normalize-line.ts'
export { withoutOwner } from './owner.ts'
export { normalizePersonName, type PersonName } from './person-name.ts'
export {
  type PhoneKind,
  type PhoneResult,
  type PostalCodeResult,
  parsePhone,
  parsePostalCode,
} from './phone.ts'
export { normalizeReading, type ReadingResult, readingKey } from './reading.ts'
export { consonantKey, readingRomajiKey, romajiKey, romajiSearchKey, romanizeKana } from './romaji.ts'
export { type City, type Town, townTable } from './town-table.ts'
export { foldOldForms, foldVariants } from './variants.ts'
