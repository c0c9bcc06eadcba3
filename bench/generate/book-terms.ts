import type { IsoDate } from '../../src/platform/dates/iso-date.ts'
import type { Ppm } from '../../src/platform/money/yen.ts'
import { addBankDays, addDays, monthDay, rollToBankDay } from './calendar.ts'
import { fullWidth } from './kana.ts'
import { type Random, stream } from './random.ts'

/** 締め・支払サイト: 31 = 末 (JR §7.2). */
export type PaymentTerm = {
  closeDay: number
  monthOffset: number
  payDay: number
  holidayRoll: 'following' | 'preceding'
}

/** What one client agreed in its master contract. */
export type ClientTerms = {
  legalKind: 'two_party' | 'three_party'
  collectionRoute: 'client_remits' | 'dedicated_account' | 'debtor_direct'
  feePpm: Ppm
  feeMinimumYen: number
  advancePpm: Ppm
  /** Bank days from the debtor's rolled due date to the remittance, in client_remits. */
  remitBankDays: number
  lateRatePpm: Ppm
  /** How the client numbers its invoices. */
  invoiceStyle: number
  /** Usual size of one invoice before tax. */
  usualYen: number
}

const TERMS: readonly (readonly [weight: number, term: PaymentTerm])[] = [
  [34, { closeDay: 31, monthOffset: 1, payDay: 31, holidayRoll: 'following' }],
  [14, { closeDay: 31, monthOffset: 2, payDay: 10, holidayRoll: 'following' }],
  [12, { closeDay: 31, monthOffset: 1, payDay: 31, holidayRoll: 'preceding' }],
  [12, { closeDay: 20, monthOffset: 1, payDay: 31, holidayRoll: 'following' }],
  [10, { closeDay: 20, monthOffset: 1, payDay: 10, holidayRoll: 'following' }],
  [8, { closeDay: 31, monthOffset: 2, payDay: 31, holidayRoll: 'preceding' }],
  [5, { closeDay: 15, monthOffset: 2, payDay: 5, holidayRoll: 'following' }],
  [5, { closeDay: 25, monthOffset: 1, payDay: 25, holidayRoll: 'preceding' }],
]

/** The contract terms of client `client`; sole proprietors are never `three_party` here. */
export function clientTerms(seed: number, client: number, isCorporation: boolean): ClientTerms {
  const random = stream(seed, 'client-terms', client)
  const twoParty = !isCorporation || random.chance(0.75)
  const dedicated = twoParty && random.chance(0.12)
  return {
    legalKind: twoParty ? 'two_party' : 'three_party',
    collectionRoute: twoParty ? (dedicated ? 'dedicated_account' : 'client_remits') : 'debtor_direct',
    feePpm: twoParty ? random.whole(10, 48) * 2500 : random.whole(4, 24) * 2500,
    feeMinimumYen: random.chance(0.3) ? 10_000 : 0,
    advancePpm: twoParty
      ? random.pick([1_000_000, 1_000_000, 1_000_000, 900_000])
      : random.pick([950_000, 900_000, 850_000, 800_000]),
    remitBankDays: random.whole(1, 3),
    lateRatePpm: 146_000,
    invoiceStyle: random.whole(0, INVOICE_STYLES.length - 1),
    usualYen: Math.round(80_000 * 60 ** random.next()),
  }
}

export function paymentTerm(seed: number, debtor: number): PaymentTerm {
  return stream(seed, 'payment-term', debtor).pickWeighted(TERMS)
}

/** The due date a term gives for a date, before any roll: 20日締翌月10日払 of 2026-11-21 is 2027-01-10. */
export function dueDate(date: IsoDate, term: PaymentTerm): IsoDate {
  const [year = 0, month = 0] = date.split('-').map(Number)
  const closesIn = monthDay(year, month, term.closeDay) >= date ? 0 : 1
  const at = year * 12 + month - 1 + closesIn + term.monthOffset
  return monthDay(Math.floor(at / 12), (at % 12) + 1, term.payDay)
}

/** The day the factor must be paid (回収期日): the remit date in client_remits, else the rolled due date. */
export function payableDate(dueOnRolled: IsoDate, terms: ClientTerms): IsoDate {
  return terms.collectionRoute === 'client_remits'
    ? addBankDays(dueOnRolled, terms.remitBankDays)
    : dueOnRolled
}

export function rolledDue(dueOn: IsoDate, term: PaymentTerm): IsoDate {
  return rollToBankDay(dueOn, term.holidayRoll)
}

type InvoiceStyle = (year: string, month: string, serial: number) => string

const padded = (value: number, digits: number) => String(value).padStart(digits, '0')

const INVOICE_STYLES: readonly InvoiceStyle[] = [
  (year, _month, serial) => `INV-${year}-${padded(serial, 5)}`,
  (year, month, serial) => `${year}${month}-${padded(serial, 3)}`,
  (_year, _month, serial) => `No.${padded(serial, 4)}`,
  (year, month, serial) => `${year.slice(2)}-${month}-${padded(serial, 2)}`,
  (_year, _month, serial) => `A${padded(serial, 6)}`,
  (year, month, serial) => `請${year}${month}${padded(serial, 3)}`,
  (year, _month, serial) => `${Number(year) - 2018}-${padded(serial, 4)}`,
  (_year, _month, serial) => padded(serial, 8),
]

/** The number printed on the invoice. */
export function invoiceNumber(style: number, issuedOn: IsoDate, serial: number): string {
  return INVOICE_STYLES[style]!(issuedOn.slice(0, 4), issuedOn.slice(5, 7), serial)
}

/** The same number as somebody else would write it; never the very same text. */
export function respelledInvoiceNumber(invoiceNo: string, random: Random): string {
  const spellings = [
    invoiceNo.replace(/[-.]/g, ''),
    fullWidth(invoiceNo),
    invoiceNo.toLowerCase(),
    invoiceNo.replaceAll('-', ' '),
    invoiceNo.replaceAll('-', '/'),
    `No.${invoiceNo}`,
    `請求書${invoiceNo}`,
    `#${invoiceNo}`,
  ].filter(spelling => spelling !== invoiceNo)
  return random.pick(spellings)
}

/** A day in the year before `today`; more of them in the last months. */
export function recentDay(random: Random, today: IsoDate, days = 400): IsoDate {
  return addDays(today, -Math.floor(days * random.next() ** 1.3) - 1)
}
