import { accountTypeDigit } from './account-type.ts'
import { payerKey } from './bank-kana.ts'
import type { StatementHeader, StatementLine } from './statement.ts'

/**
 * One key per line, the same whether the line came by 入出金取引明細, 振込入金通知 or CSV, so that a file loaded twice, or the same
 * deposit in two files, is posted once: account, 勘定日, direction, amount, payer kana, occurrence. Two equal deposits of one day are
 * told apart by their occurrence and never dropped. `account` is any fixed text for our account, e.g. `accountKey(header)`.
 * Source: DD group 9 `dedupe_key`, JR §2.6.
 */
export function dedupeKeys(account: string, lines: readonly StatementLine[]): string[] {
  return withOccurrence(
    lines.map(line => `${stem(account, line)}|${wayOf(line) === 'in' ? payerKey(line.payerKana) : ''}`),
  )
}

/**
 * The same keys without the payer. Some banks cut the name in a CSV: a line with a new dedupe key but a known loose key may be a
 * deposit that is already posted, and a person must look at it. Never drop a line by its loose key.
 */
export function looseKeys(account: string, lines: readonly StatementLine[]): string[] {
  return withOccurrence(lines.map(line => stem(account, line)))
}

function stem(account: string, line: StatementLine): string {
  return [account, line.bookedOn, wayOf(line), line.amountYen].join('|')
}

/** A cancellation is "out" in one format and a correction in another. */
function wayOf(line: StatementLine): 'in' | 'out' | 'cancel' {
  return line.cancelFlag ? 'cancel' : line.direction
}

function withOccurrence(keys: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return keys.map(key => {
    const occurrence = (seen.get(key) ?? 0) + 1
    seen.set(key, occurrence)
    return `${key}|${occurrence}`
  })
}

/** Bank, branch, type digit and number of the statement's account; null when the file does not tell all four. */
export function accountKey(header: StatementHeader): string | null {
  const { bankCode, branchCode, accountType, accountNo } = header
  if (bankCode === null || branchCode === null || accountType === null || accountNo === null) return null
  return [bankCode, branchCode, accountTypeDigit(accountType), accountNo].join('-')
}
