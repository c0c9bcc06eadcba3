/** Bank formats, web door: what forms need while someone types; no code table and no file reader stands here. */

export { bankTextBytes, type CharacterClass, checkBankText } from './character-class.ts'
export {
  checkPaymentTerm,
  formatPaymentTerm,
  MONTH_END,
  type PaymentDue,
  type PaymentTerm,
  parsePaymentTerm,
  paymentDueOf,
} from './payment-term.ts'
export type { Checked, FormatProblem } from './problem.ts'
export { convertYucho, YUCHO_BANK_CODE, type YuchoAccount } from './yucho.ts'
