/**
 * Names slice, web door: what the forms need while someone types. Only parts without data files stand here; company names
 * and addresses, which need the kanji and town tables, are normalised by the server.
 */

export { type AccountHolderResult, normalizeAccountHolder } from './account-holder.ts'
export {
  isCorporateNumber,
  looksLikeMyNumber,
  parseCorporateNumber,
  parseInvoiceRegNo,
} from './identifiers.ts'
export type { InputIssue } from './issues.ts'
export { toHalfWidth, toHiragana, toKatakana } from './kana.ts'
export { LEGAL_FORMS } from './legal-forms.ts'
export { parsePhone, parsePostalCode } from './phone.ts'
export { normalizeReading } from './reading.ts'
