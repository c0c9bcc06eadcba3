/** Bank formats slice: payment terms, bank facts and the files banks send and take. Pure; server door. */

export {
  type BankEntry,
  bankTable,
  bankTableVersion,
  findBank,
  findBranch,
  searchBanks,
  searchBranches,
} from './banks.ts'
export { bankTextBytes, type CharacterClass, checkBankText } from './character-class.ts'
export {
  checkPaymentTerm,
  closingOf,
  formatPaymentTerm,
  MONTH_END,
  type PaymentDue,
  type PaymentTerm,
  parsePaymentTerm,
  paymentDueOf,
} from './payment-term.ts'
export type { Checked, FormatProblem, ProblemPlace } from './problem.ts'
export { convertYucho, YUCHO_BANK_CODE, type YuchoAccount } from './yucho.ts'
