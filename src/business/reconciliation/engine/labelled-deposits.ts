import { endOfMonth } from '../../../platform/dates/calendar-date.ts'
import { normalizeAccountHolder } from '../../names/index.ts'
import { SYLLABLES, TRADES } from './labelled-names.ts'
import { payClaims } from './labelled-payments.ts'
import { type Random, seededRandom } from './seeded-random.ts'
import type { Allocation, Deposit, LearnedPayer, OpenReceivable } from './types.ts'

/**
 * A made-up book with deposits whose right answer is known: for tuning, tests and the bench. Same seed, same
 * book.
 */
export type LabelledBook = {
  receivables: OpenReceivable[]
  payers: LearnedPayer[]
  deposits: Deposit[]
  /** What each deposit really paid, by deposit id; empty = nothing in the book. */
  labels: Map<string, { allocations: Allocation[]; kind: DepositKind }>
}

export type DepositKind =
  | 'exact'
  | 'quoted'
  | 'fee'
  | 'lump_of_one_day'
  | 'lump_of_any'
  | 'split'
  | 'part'
  | 'paid_twice'
  | 'stranger'

const FORMS = [
  'カブシキガイシャ',
  'カブシキガイシャ',
  'カブシキガイシャ',
  'ユウゲンガイシャ',
  'ゴウドウガイシャ',
  '',
]
/** A payer with its habits. */
export type Payer = {
  id: string
  kana: string
  sender: string
  bank: string
  branch: string
  virtual: string
  open: OpenReceivable[]
}

/** Builds a book of about `claims` open claims and the deposits that pay most of them. */
export function labelledBook(seed: number, claims: number): LabelledBook {
  const random = seededRandom(seed)
  const book: LabelledBook = { receivables: [], payers: [], deposits: [], labels: new Map() }
  const payers: Payer[] = []
  while (book.receivables.length < claims) {
    const payer = makePayer(random, payers)
    payers.push(payer)
    if (random.oneIn(0.3)) book.payers.push(learnedOf(payer, random))
    book.receivables.push(...makeClaims(payer, random, claims - book.receivables.length))
  }
  for (const payer of payers) payClaims(payer, random, book)
  book.deposits.sort((a, b) =>
    a.depositedOn! < b.depositedOn! ? -1 : a.depositedOn! > b.depositedOn! ? 1 : 0,
  )
  return book
}

function makePayer(random: Random, payers: Payer[]): Payer {
  const word = () => Array.from({ length: 2 + random.upTo(3) }, () => random.pick([...SYLLABLES])).join('')
  const other = payers.length > 0 && random.oneIn(0.04) ? random.pick(payers) : null
  const long = random.oneIn(0.1) ? word() + word() + random.pick(TRADES) : ''
  const form = random.pick(FORMS)
  const kana = other ? other.kana : word() + long + random.pick(TRADES)
  const spoken = random.oneIn(0.7) ? `${form}${kana}` : `${kana}${form}`
  const sender = normalizeAccountHolder(spoken).value!
  const number = payers.length + 1
  return {
    id: `P${number}`,
    kana: random.oneIn(0.5) ? kana : spoken,
    sender: random.oneIn(0.04) ? `${1_000_000_000 + number} ${sender}` : sender,
    bank: String(random.pick([1, 5, 9, 10, 33, 9900])).padStart(4, '0'),
    branch: String(1 + random.upTo(300)).padStart(3, '0'),
    virtual: random.oneIn(0.12) ? `0001-${900 + random.upTo(9)}-${String(number).padStart(7, '0')}` : '',
    open: [],
  }
}

function learnedOf(payer: Payer, random: Random): LearnedPayer {
  const senderKana = random.oneIn(0.15)
    ? normalizeAccountHolder(`${payer.kana}グループ`).value!
    : payer.sender
  payer.sender = senderKana
  return {
    payerId: payer.id,
    senderKana,
    bankCode: payer.bank,
    branchCode: payer.branch,
    confirmedCount: 1 + random.upTo(9),
  }
}

function makeClaims(payer: Payer, random: Random, most: number): OpenReceivable[] {
  const count = Math.min(
    most,
    random.oneIn(0.03) ? 12 + random.upTo(18) : 1 + Math.floor(-Math.log(1 - random.next()) * 3),
  )
  const monthly = random.oneIn(0.1) ? amountOf(random) : 0
  const style = random.upTo(4)
  const claims: OpenReceivable[] = []
  for (let index = 0; index < count; index++) {
    const month = 6 + random.upTo(4)
    const twin = claims.length > 0 && random.oneIn(0.05) ? random.pick(claims) : null
    claims.push({
      receivableId: `${payer.id}-R${index + 1}`,
      payerId: payer.id,
      payerNameKana: payer.kana,
      payerVirtualAccount: payer.virtual,
      invoiceNumber: invoiceNumberOf(style, Number(payer.id.slice(1)), index),
      amount: twin?.amount ?? (monthly > 0 ? monthly : amountOf(random)),
      issuedOn: twin?.issuedOn ?? `2026-${pad(month)}-${pad(random.oneIn(0.7) ? 25 : 1 + random.upTo(25))}`,
      dueOn:
        twin?.dueOn ??
        (random.oneIn(0.8) ? monthEnd(month + 1) : `2026-${pad(month + 1)}-${pad(5 + 5 * random.upTo(4))}`),
    })
  }
  payer.open = [...claims]
  return claims
}

function invoiceNumberOf(style: number, payer: number, index: number): string {
  if (style === 0) return `INV-2026-${String(payer * 31 + index).padStart(6, '0')}`
  if (style === 1) return `2026${pad(7 + index)}-${payer}`
  if (style === 2) return String(100 + index)
  return `${String.fromCharCode(65 + (payer % 26))}${String(payer * 7 + index).padStart(5, '0')}`
}

function amountOf(random: Random): number {
  const kind = random.next()
  if (kind < 0.35) return 1_100 * (10 + random.upTo(1_500))
  if (kind < 0.6) return 11_000 * (3 + random.upTo(200))
  if (kind < 0.7) return 100_000 * (1 + random.upTo(30))
  return 10_000 + random.upTo(3_000_000)
}

function monthEnd(month: number): string {
  return endOfMonth(`2026-${pad(month)}-01`)
}

function pad(number: number): string {
  return String(number).padStart(2, '0')
}
