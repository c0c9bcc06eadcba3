import { compareDates } from '../../../platform/dates/calendar-date.ts'
import { MAX_YEN, type Yen } from '../../../platform/money/yen.ts'
import { type FormatProblem, problem } from '../problem.ts'

/** What the balance proof needs of a row. `yen` is signed: plus in, minus out. */
export interface BalanceRow {
  lineNo: number
  bookedOn: string
  yen: Yen
  /** null where the bank prints none. */
  balanceYen: Yen | null
}

/** The rows oldest first, and the balances before and after them. */
export interface ProvenOrder<Row> {
  rows: Row[]
  openingYen: Yen | null
  closingYen: Yen | null
}

/**
 * Proves that each balance is the one before plus the row's amount. Files run oldest or newest first, and some sort days one way and
 * the rows of a day the other; an order in which every row holds proves that none is missing. Otherwise the row that breaks the
 * furthest-reaching order is named. Source: JR §2.9.
 */
export function proveBalance<Row extends BalanceRow>(
  rows: readonly Row[],
  column: number,
): { ok: true; value: ProvenOrder<Row> } | { ok: false; problems: FormatProblem[] } {
  let furthest = { reached: -1, found: null as FormatProblem | null }
  for (const order of orders(rows)) {
    const broken = firstBreak(order, column)
    if (broken === null) return inRange({ rows: order, ...ends(order) }, column)
    if (broken.reached > furthest.reached) furthest = broken
  }
  return { ok: false, problems: furthest.found === null ? [] : [furthest.found] }
}

/**
 * The orders a bank may have printed: as it stands or turned round, whichever runs forward in time, and both sorted by day for files
 * that sort days one way and the rows of a day the other.
 */
function orders<Row extends BalanceRow>(rows: readonly Row[]): Row[][] {
  const byDay = (list: readonly Row[]) => [...list].sort((a, b) => compareDates(a.bookedOn, b.bookedOn))
  const backward = [...rows].reverse()
  const newestFirst = rows.length > 1 && rows[0]!.bookedOn > rows.at(-1)!.bookedOn
  return newestFirst ? [backward, byDay(backward), byDay(rows)] : [[...rows], byDay(rows), byDay(backward)]
}

function firstBreak(
  rows: readonly BalanceRow[],
  column: number,
): { reached: number; found: FormatProblem } | null {
  let balance: Yen | null = null
  for (const [index, row] of rows.entries()) {
    if (balance !== null) balance += row.yen
    if (row.balanceYen === null) continue
    if (balance !== null && balance !== row.balanceYen) {
      const message =
        `${row.lineNo}行目（${row.bookedOn}、${shown(row.yen)}）: 前の残高から計算すると${shown(balance)}ですが、` +
        `残高は${shown(row.balanceYen)}です。`
      const remedy = '行が抜けているか、並べ替えや書き換えがあります。銀行からもう一度取得してください。'
      const place = { line: row.lineNo, column: column + 1 }
      return { reached: index, found: problem(place, '残高', 'running_balance_must_hold', message, remedy) }
    }
    balance = row.balanceYen
  }
  return null
}

/** Balances beyond what a yen amount may be are no bank's. */
function inRange<Row extends BalanceRow>(
  order: ProvenOrder<Row>,
  column: number,
): { ok: true; value: ProvenOrder<Row> } | { ok: false; problems: FormatProblem[] } {
  const largest = Math.max(Math.abs(order.openingYen ?? 0), Math.abs(order.closingYen ?? 0))
  if (largest <= MAX_YEN) return { ok: true, value: order }
  const place = { line: order.rows[0]!.lineNo, column: column + 1 }
  const message = '残高が扱える金額（9,000兆円）を超えます。'
  return {
    ok: false,
    problems: [problem(place, '残高', 'balance_must_be_in_range', message, '残高の列を確認してください。')],
  }
}

/** Opening: the first printed balance without everything booked up to it. Closing: the last one with everything booked after it. */
function ends(rows: readonly BalanceRow[]): { openingYen: Yen | null; closingYen: Yen | null } {
  const first = rows.findIndex(row => row.balanceYen !== null)
  if (first < 0) return { openingYen: null, closingYen: null }
  const sum = (list: readonly BalanceRow[]) => list.reduce((total, row) => total + row.yen, 0)
  const openingYen = rows[first]!.balanceYen! - sum(rows.slice(0, first + 1))
  return { openingYen, closingYen: openingYen + sum(rows) }
}

function shown(yen: Yen): string {
  return `${yen.toLocaleString('ja-JP')}円`
}
