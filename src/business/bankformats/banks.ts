import { createRequire } from 'node:module'
import { enlargeKana, toHalfWidth, toKatakana } from '../names/index.ts'

/** One bank or branch of the code table. Names are without 「銀行」 and 「支店」. Source: npm `zengin-code`, JR §2.7. */
export interface BankEntry {
  code: string
  name: string
  /** Full-width kana, small kana already large, long mark `－`, at most 15 characters. */
  kana: string
  /** The kana as a bank file writes it. */
  fileKana: string
}

interface TableEntry {
  code: string
  name: string
  kana: string
  hira: string
}

interface TableBank extends TableEntry {
  branches: Record<string, TableEntry>
}

/** About 5 MB: loaded when first asked for, on the server only. */
let loaded: Record<string, TableBank> | null = null
let sorted: TableBank[] | null = null

/** The bank with that four-digit code; null when the table has none. */
export function findBank(bankCode: string): BankEntry | null {
  const bank = bankOf(bankCode)
  return bank ? entry(bank) : null
}

/** The branch with that three-digit code; null when the bank or the branch is not in the table. */
export function findBranch(bankCode: string, branchCode: string): BankEntry | null {
  const branch = ownValue(bankOf(bankCode)?.branches ?? {}, branchCode)
  return branch ? entry(branch) : null
}

/** Banks whose code, name or kana begins with what was typed (kanji, either kana, half width, with or without 銀行), by code. */
export function searchBanks(typed: string, limit = 20): BankEntry[] {
  return search(allBanks(), typed.replace(/銀行$/u, ''), limit)
}

/** Branches of a bank, found the same way. */
export function searchBranches(bankCode: string, typed: string, limit = 20): BankEntry[] {
  const branches = Object.values(bankOf(bankCode)?.branches ?? {}).sort(byCode)
  return search(branches, typed.replace(/(?:支店|出張所)$/u, ''), limit)
}

/** Every bank with its branches, by code: what a dated table of our own is loaded from. */
export function* bankTable(): Generator<{ bank: BankEntry; branches: BankEntry[] }> {
  for (const bank of allBanks())
    yield { bank: entry(bank), branches: Object.values(bank.branches).sort(byCode).map(entry) }
}

/** The version of the table in use, e.g. `1.0.0-p20260824`. */
export function bankTableVersion(): string {
  const require = createRequire(import.meta.url)
  return (require('zengin-code/package.json') as { version: string }).version
}

function search(entries: readonly TableEntry[], typed: string, limit: number): BankEntry[] {
  const text = typed.normalize('NFKC').trim()
  if (text === '') return []
  const kana = searchKana(text)
  const found: BankEntry[] = []
  for (const candidate of entries) {
    if (found.length >= limit) break
    const hit =
      candidate.code.startsWith(text) ||
      candidate.name.normalize('NFKC').startsWith(text) ||
      searchKana(candidate.kana).startsWith(kana)
    if (hit) found.push(entry(candidate))
  }
  return found
}

function searchKana(text: string): string {
  return enlargeKana(toKatakana(text))
    .replace(/[ー‐−–—]/gu, '-')
    .toUpperCase()
}

/** A dot inside a foreign bank's name becomes a space: bank-name fields take no dot (JR §2.1). */
function entry(row: TableEntry): BankEntry {
  const fileKana = toHalfWidth(row.kana).replaceAll('.', ' ')
  return { code: row.code, name: row.name, kana: row.kana, fileKana }
}

/** Integer-like keys iterate first in JavaScript, so the table's own order is of no use. */
function allBanks(): TableBank[] {
  sorted ??= Object.values(table()).sort(byCode)
  return sorted
}

function bankOf(bankCode: string): TableBank | undefined {
  return ownValue(table(), bankCode)
}

function ownValue<T>(record: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

function byCode(a: TableEntry, b: TableEntry): number {
  return a.code < b.code ? -1 : 1
}

function table(): Record<string, TableBank> {
  loaded ??= createRequire(import.meta.url)('zengin-code') as Record<string, TableBank>
  return loaded
}
