import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import type { Yen } from '../../../platform/money/yen.ts'

/**
 * An open claim as the books have it; `amount` is open yen (batch-files.md, receivables). Empty text or null
 * = unknown.
 */
export type OpenReceivable = {
  receivableId: string
  payerId: string
  payerNameKana: string
  payerVirtualAccount: string
  invoiceNumber: string
  amount: Yen
  issuedOn: IsoDate | null
  dueOn: IsoDate | null
}

/** A payer name learned from earlier confirmed manual matches (batch-files.md, payers). */
export type LearnedPayer = {
  payerId: string
  senderKana: string
  bankCode: string
  branchCode: string
  confirmedCount: number
}

/** One line of money in (batch-files.md, deposits). Two lines of the same amount and payer are two deposits. */
export type Deposit = {
  depositId: string
  depositedOn: IsoDate | null
  amount: Yen
  senderKana: string
  bankCode: string
  branchCode: string
  virtualAccount: string
  edi: string
}

export type ReconcileSettings = {
  /** Fees a payer may deduct (JR §8, company setting `transfer_fees_yen`); one fee per deposit. */
  transferFeesYen: Yen[]
  /** Largest difference that a rounding of consumption tax may explain; only ever a proposal. */
  taxToleranceYen: Yen
  /**
   * How many different open claims of one payer are searched through in all combinations; above it only
   * plausible sets are.
   */
  exhaustiveClaims: number
  /** A combination is only proposed when as many as this are to be expected to fit by accident, in ppm. */
  chancePpm: number
}

export type Reason = { rule: string; sentence: string; source: string }

export type Allocation = { receivableId: string; amount: Yen }

export type Match = {
  depositId: string
  status: 'auto' | 'proposed'
  /** 0–1: how good the explanation is among its kind; a rank, not a probability. */
  score: number
  allocations: Allocation[]
  /** What of the deposit no claim explains; belongs to the payer until somebody decides. */
  unallocatedYen: Yen
  reasons: Reason[]
  /** Other explanations, best first, for the person who decides. */
  alternatives: { receivableIds: string[]; rule: string; sentence: string }[]
}

export type Unidentified = { depositId: string; reasons: Reason[] }

export type ReconcileReport = {
  deposits: number
  auto: number
  proposed: number
  unidentified: number
  allocationsAuto: number
  depositedYen: Yen
  autoYen: Yen
  /** How often each rule spoke, by name. */
  rules: Record<string, number>
}

export type ReconcileResult = { matches: Match[]; unidentified: Unidentified[]; report: ReconcileReport }

export type ReconcileInput = {
  receivables: OpenReceivable[]
  payers: LearnedPayer[]
  deposits: Deposit[]
  settings?: Partial<ReconcileSettings>
}

/**
 * Fees banks take for a transfer, tax included: multiples of 55 from 110 to 990 and the odd ones in use; a
 * company setting (JR §8).
 */
export const DEFAULT_TRANSFER_FEES_YEN: Yen[] = [
  ...Array.from({ length: 17 }, (_, index) => 110 + index * 55),
  ...[145, 150, 160, 229, 270, 484, 490],
].sort((a, b) => a - b)

export const DEFAULT_SETTINGS: ReconcileSettings = {
  transferFeesYen: DEFAULT_TRANSFER_FEES_YEN,
  taxToleranceYen: 5,
  exhaustiveClaims: 16,
  chancePpm: 5_000,
}
