import { addDays, endOfMonth } from '../../../platform/dates/calendar-date.ts'
import { cutBytes, normalizeAccountHolder } from '../../names/index.ts'
import type { Allocation, Deposit, LearnedPayer, OpenReceivable } from './types.ts'

/** A made-up book with deposits whose right answer is known: for tuning, tests and the bench. Same seed, same book. */
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

const SYLLABLES =
  'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワガギグゴザジズダデドバビブベボ'
const TRADES = [
  'コウギョウ',
  'ショウジ',
  'サンギョウ',
  'コウムテン',
  'ケンセツ',
  'システム',
  'ウンユ',
  'ショウテン',
  'ホールディングス',
  'エンジニアリング',
  'フーズ',
  'デザイン',
  'セイサクショ',
  'メディカルサービス',
]
const FORMS = [
  'カブシキガイシャ',
  'カブシキガイシャ',
  'カブシキガイシャ',
  'ユウゲンガイシャ',
  'ゴウドウガイシャ',
  '',
]
const FEES = [110, 165, 220, 330, 385, 440, 495, 550, 605, 660, 715, 770, 880, 990]

type Payer = {
  id: string
  kana: string
  sender: string
  bank: string
  branch: string
  virtual: string
  open: OpenReceivable[]
}

type Random = {
  next: () => number
  upTo: (most: number) => number
  pick: <T>(list: readonly T[]) => T
  oneIn: (share: number) => boolean
}

/** Builds a book of about `claims` open claims and the deposits that pay most of them. */
export function labelledBook(seed: number, claims: number): LabelledBook {
  const random = randomOf(seed)
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

/**
 * Lets a payer pay, act after act, until most of its claims are paid. Two readings nobody could tell apart are left out: a part that equals
 * another claim of the same payer, and the same money sent twice where another claim is as high.
 */
function payClaims(payer: Payer, random: Random, book: LabelledBook): void {
  const open = payer.open.map(claim => ({ claim, left: claim.amount }))
  while (open.length > 0 && !random.oneIn(0.12)) {
    const kind = kindOf(random)
    open.sort((a, b) => (a.claim.dueOn! < b.claim.dueOn! ? -1 : a.claim.dueOn! > b.claim.dueOn! ? 1 : 0))
    const first = open[random.oneIn(0.85) ? 0 : random.upTo(open.length)]!
    const remove = (paid: { claim: OpenReceivable }[]) => {
      for (const one of paid)
        open.splice(
          open.findIndex(({ claim }) => claim === one.claim),
          1,
        )
    }
    if (kind === 'stranger') {
      pay(
        book,
        random,
        payer,
        kind,
        [],
        1_000 * (1 + random.upTo(2_000)),
        first.claim.dueOn!,
        `${random.pick(TRADES)}${random.pick([...SYLLABLES])}`,
      )
      continue
    }
    const together =
      kind === 'lump_of_one_day'
        ? open.filter(({ claim }) => claim.dueOn === first.claim.dueOn)
        : kind === 'lump_of_any'
          ? open.filter(one => one === first || random.oneIn(0.5))
          : [first]
    const last = together
      .map(({ claim }) => claim.dueOn!)
      .sort()
      .at(-1)!
    const allocations = together.map(({ claim, left }) => ({
      receivableId: claim.receivableId,
      amount: left,
    }))
    const sum = together.reduce((total, { left }) => total + left, 0)
    const feeYen = kind === 'fee' || random.oneIn(0.05) ? random.pick(FEES) : 0
    const isOwed = (amount: number) => payer.open.some(claim => Math.abs(claim.amount - amount) < 1_000)
    if (kind === 'part') {
      const amount = Math.max(1_000, Math.floor(sum / (2 + random.upTo(3)) / 1_000) * 1_000)
      if (amount >= sum || isOwed(amount)) continue
      pay(book, random, payer, kind, [{ ...allocations[0]!, amount }], amount, last)
      remove([first])
    } else if (kind === 'split') {
      const amount = Math.floor(sum * (0.2 + random.next() * 0.6))
      const round = random.oneIn(0.6) ? Math.max(1, Math.floor(amount / 10_000) * 10_000) : amount
      if (round >= sum || isOwed(round) || isOwed(sum - round)) continue
      pay(book, random, payer, kind, [{ ...allocations[0]!, amount: round }], round, last)
      pay(book, random, payer, kind, [{ ...allocations[0]!, amount: sum - round }], sum - round, last)
      remove([first])
    } else {
      allocations.at(-1)!.amount -= feeYen
      pay(
        book,
        random,
        payer,
        kind,
        allocations,
        sum - feeYen,
        last,
        '',
        kind === 'quoted' ? together[0]!.claim.invoiceNumber : '',
      )
      if (
        kind === 'paid_twice' &&
        payer.open.filter(claim => claim.amount === first.claim.amount).length === 1
      )
        pay(book, random, payer, kind, [], sum - feeYen, addDays(last, 12))
      remove(together)
    }
  }
}

function pay(
  book: LabelledBook,
  random: Random,
  payer: Payer,
  kind: DepositKind,
  allocations: Allocation[],
  amount: number,
  dueOn: string,
  stranger = '',
  quoted = '',
): void {
  if (amount <= 0) return
  const depositId = `D${book.deposits.length + 1}`
  const edi = quoted === '' ? '' : ediOf(quoted, random)
  const sender =
    kind === 'paid_twice'
      ? payer.sender
      : stranger === ''
        ? senderOf(payer, random)
        : normalizeAccountHolder(stranger).value!
  const late = random.oneIn(0.2) ? random.upTo(12) : 0
  book.deposits.push({
    depositId,
    depositedOn: addDays(dueOn, late),
    amount,
    senderKana: cutBytes(sender, edi === '' ? 48 : random.pick([48, 37, 26])),
    bankCode: payer.bank,
    branchCode: payer.branch,
    virtualAccount: stranger === '' ? payer.virtual : '',
    edi,
  })
  book.labels.set(depositId, { allocations: allocations.filter(({ amount: yen }) => yen > 0), kind })
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

function monthEnd(month: number): string {
  return endOfMonth(`2026-${pad(month)}-01`)
}

function pad(number: number): string {
  return String(number).padStart(2, '0')
}

/** A small seeded generator (mulberry32): the same on every machine. */
function randomOf(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const upTo = (most: number) => Math.floor(next() * most)
  return { next, upTo, pick: list => list[upTo(list.length)]!, oneIn: share => next() < share }
}
