import { addDays } from '../../../platform/dates/calendar-date.ts'
import { cutBytes, normalizeAccountHolder } from '../../names/index.ts'
import type { DepositKind, LabelledBook, Payer } from './labelled-deposits.ts'
import { SYLLABLES, TRADES } from './labelled-names.ts'
import type { Random } from './seeded-random.ts'
import type { Allocation, OpenReceivable } from './types.ts'

const KINDS: [DepositKind, number][] = [
  ['exact', 44],
  ['quoted', 12],
  ['fee', 10],
  ['lump_of_one_day', 10],
  ['lump_of_any', 6],
  ['split', 6],
  ['part', 5],
  ['paid_twice', 2],
  ['stranger', 5],
]

const FEES = [110, 165, 220, 330, 385, 440, 495, 550, 605, 660, 715, 770, 880, 990]

/** One deposit about to be made, and what it really pays. */
type Payment = { allocations: Allocation[]; yen: number; dueOn: string; sender: string; quoted: string }

/** Payments made at once, and the claims nothing more will be paid on. */
type Act = { payments: Payment[]; done: OpenReceivable[] }

/**
 * Lets a payer pay, act after act, until most of its claims are paid. Two readings nobody could tell apart
 * are left out: a part that equals another claim of the same payer, and the same money sent twice where
 * another claim is as high.
 */
export function payClaims(payer: Payer, random: Random, book: LabelledBook): void {
  let open = [...payer.open].sort((a, b) => (a.dueOn! < b.dueOn! ? -1 : a.dueOn! > b.dueOn! ? 1 : 0))
  while (open.length > 0 && !random.oneIn(0.12)) {
    const kind = kindOf(random)
    const first = open[random.oneIn(0.85) ? 0 : random.upTo(open.length)]!
    const { payments, done } = ACTS[kind](payer, first, open, random)
    for (const payment of payments) record(book, kind, payer, payment, random)
    open = open.filter(claim => !done.includes(claim))
  }
}

const NOTHING: Act = { payments: [], done: [] }

const ACTS: Record<
  DepositKind,
  (payer: Payer, first: OpenReceivable, open: OpenReceivable[], random: Random) => Act
> = {
  exact: (payer, first, _, random) => whole(payer, [first], random, false),
  quoted: (payer, first, _, random) => {
    const { payments, done } = whole(payer, [first], random, false)
    return { payments: payments.map(payment => ({ ...payment, quoted: first.invoiceNumber })), done }
  },
  fee: (payer, first, _, random) => whole(payer, [first], random, true),
  lump_of_one_day: (payer, first, open, random) => {
    return whole(
      payer,
      open.filter(claim => claim.dueOn === first.dueOn),
      random,
      false,
    )
  },
  lump_of_any: (payer, first, open, random) => {
    return whole(
      payer,
      open.filter(claim => claim === first || random.oneIn(0.5)),
      random,
      false,
    )
  },
  split: (payer, first, _, random) => {
    const share = Math.floor(first.amount * (0.2 + random.next() * 0.6))
    const yen = random.oneIn(0.6) ? Math.max(1, Math.floor(share / 10_000) * 10_000) : share
    if (yen >= first.amount || isOwed(payer, yen) || isOwed(payer, first.amount - yen)) return NOTHING
    const sender = senderOf(payer, random)
    const payments = [yen, first.amount - yen].map(part => partOf(first, part, sender))
    return { payments, done: [first] }
  },
  part: (payer, first, _, random) => {
    const yen = Math.max(1_000, Math.floor(first.amount / (2 + random.upTo(3)) / 1_000) * 1_000)
    if (yen >= first.amount || isOwed(payer, yen)) return NOTHING
    return { payments: [partOf(first, yen, senderOf(payer, random))], done: [first] }
  },
  paid_twice: (payer, first, _, random) => {
    const { payments, done } = whole(payer, [first], random, false)
    const one = { ...payments[0]!, sender: payer.sender }
    if (payer.open.some(claim => claim !== first && claim.amount === first.amount))
      return { payments: [one], done }
    return { payments: [one, { ...one, allocations: [], dueOn: addDays(one.dueOn, 12) }], done }
  },
  stranger: (_payer, first, _open, random) => {
    const sender = normalizeAccountHolder(`${random.pick(TRADES)}${random.pick([...SYLLABLES])}`).value!
    const yen = 1_000 * (1 + random.upTo(2_000))
    return { payments: [{ allocations: [], yen, dueOn: first.dueOn!, sender, quoted: '' }], done: [] }
  },
}

/** All of these claims in one transfer; now and then, or always, less a fee. */
function whole(payer: Payer, claims: OpenReceivable[], random: Random, always: boolean): Act {
  const feeYen = always || random.oneIn(0.05) ? random.pick(FEES) : 0
  const allocations = claims.map(({ receivableId, amount }) => ({ receivableId, amount }))
  allocations.at(-1)!.amount -= feeYen
  const yen = allocations.reduce((sum, { amount }) => sum + amount, 0)
  const payment = {
    allocations,
    yen,
    dueOn: claims.at(-1)!.dueOn!,
    sender: senderOf(payer, random),
    quoted: '',
  }
  return { payments: [payment], done: claims }
}

function partOf(claim: OpenReceivable, yen: number, sender: string): Payment {
  return {
    allocations: [{ receivableId: claim.receivableId, amount: yen }],
    yen,
    dueOn: claim.dueOn!,
    sender,
    quoted: '',
  }
}

function isOwed(payer: Payer, yen: number): boolean {
  return payer.open.some(claim => Math.abs(claim.amount - yen) < 1_000)
}

function record(book: LabelledBook, kind: DepositKind, payer: Payer, payment: Payment, random: Random): void {
  const depositId = `D${book.deposits.length + 1}`
  const edi = payment.quoted === '' ? '' : ediOf(payment.quoted, random)
  const late = random.oneIn(0.2) ? random.upTo(12) : 0
  book.deposits.push({
    depositId,
    depositedOn: addDays(payment.dueOn, late),
    amount: payment.yen,
    senderKana: cutBytes(payment.sender, edi === '' ? 48 : random.pick([48, 37, 26])),
    bankCode: payer.bank,
    branchCode: payer.branch,
    virtualAccount: kind === 'stranger' ? '' : payer.virtual,
    edi,
  })
  book.labels.set(depositId, { allocations: payment.allocations, kind })
}

/** Mostly the usual name; now and then someone else's: an agent, a group company, a person. */
function senderOf(payer: Payer, random: Random): string {
  if (random.oneIn(0.03))
    return normalizeAccountHolder(`${random.pick(TRADES)}${random.pick([...SYLLABLES])}ダイコウ`).value!
  if (random.oneIn(0.02)) return `${payer.sender} ${normalizeAccountHolder(random.pick(TRADES)).value!}`
  return payer.sender
}

function ediOf(invoiceNumber: string, random: Random): string {
  const plain = invoiceNumber.replaceAll('-', '')
  const text = random.pick([
    invoiceNumber,
    invoiceNumber,
    plain,
    `NO.${invoiceNumber}`,
    `ｾｲｷﾕｳ ${plain}`,
    invoiceNumber.toLowerCase(),
  ])
  return text.slice(0, 20)
}

function kindOf(random: Random): DepositKind {
  let at = random.next() * KINDS.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [kind, weight] of KINDS) {
    at -= weight
    if (at < 0) return kind
  }
  return 'exact'
}
