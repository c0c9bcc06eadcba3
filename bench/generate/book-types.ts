import type { IsoDate } from '../../src/platform/dates/iso-date.ts'
import type { Yen } from '../../src/platform/money/yen.ts'
import type { ClientTerms, PaymentTerm } from './book-terms.ts'
import type { CompanyBankAccount } from './company.ts'
import type { CompanyCore } from './company-core.ts'

export type BookOptions = {
  seed: number
  clients: number
  debtors: number
  receivables: number
  /** The day the book is looked at; nothing happens after it. */
  today: IsoDate
}

/** A client or debtor of the book; `number` counts from 0 within its side. */
export type BookParty = { number: number; company: CompanyCore; account: CompanyBankAccount }

export type BookClient = BookParty & { terms: ClientTerms; contractNo: string; executedOn: IsoDate }

export type BookDebtor = BookParty & { paymentTerm: PaymentTerm }

export type ReceivableState =
  | 'offered'
  | 'verifying'
  | 'verified'
  | 'approved'
  | 'rejected'
  | 'withdrawn'
  | 'purchased'
  | 'notified'
  | 'due'
  | 'collected'
  | 'settled'
  | 'overdue'
  | 'dunning'
  | 'legal'
  | 'written_off'

export type BookReceivable = {
  receivableNo: string
  /** Position in the book, 0 … */
  at: number
  client: number
  debtor: number
  purchaseNo: string | null
  receivableKind: 'invoice' | 'purchase_order' | 'medical' | 'care' | 'public'
  /** As printed on the invoice. */
  invoiceNo: string
  issuedOn: IsoDate
  dueOn: IsoDate
  dueOnRolled: IsoDate
  payableOn: IsoDate
  offeredOn: IsoDate
  netOfTaxYen: Yen
  taxRatePpm: number
  taxYen: Yen
  faceYen: Yen
  purchasedYen: Yen
  advanceYen: Yen
  reserveYen: Yen
  feeYen: Yen
  /** What came in by `today`, and what is still open of the purchased amount. */
  collectedYen: Yen
  openYen: Yen
  state: ReceivableState
  /** The same claim offered again: the receivable offered first. */
  reofferOf: string | null
}

/** One payout for the claims of one block; N + fee + C + T + R = P. */
export type BookPurchase = {
  purchaseNo: string
  client: number
  contractNo: string
  purchasedOn: IsoDate
  receivableNos: string[]
  purchasedYen: Yen
  advanceYen: Yen
  reserveYen: Yen
  feeYen: Yen
  /** Transfer fee charged to the client, without tax; its tax apart. */
  chargesYen: Yen
  consumptionTaxYen: Yen
  netYen: Yen
}

/** One line of money received, as the bank tells it. */
export type BookDeposit = {
  depositId: string
  depositedOn: IsoDate
  amountYen: Yen
  /** Half-width, at most 48 bytes, as in 入出金取引明細. */
  senderKana: string
  bankCode: string
  bankKana: string
  branchCode: string
  branchKana: string
  virtualAccount: string | null
  edi: string
}

/** Whose money a deposit really is. */
export type DepositTruth = {
  depositId: string
  kind: 'exact' | 'minus_fee' | 'lump' | 'part' | 'short' | 'unidentified'
  parts: { receivableNo: string; amountYen: Yen }[]
}

export type Book = {
  clients: BookClient[]
  debtors: BookDebtor[]
  receivables: BookReceivable[]
  purchases: BookPurchase[]
  deposits: BookDeposit[]
  depositTruth: DepositTruth[]
}
