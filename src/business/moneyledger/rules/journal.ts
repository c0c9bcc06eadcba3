import { assertYen, type Yen } from '../../../platform/money/yen.ts'
import { ACCOUNTS, type AccountName, type LedgerKind } from './accounts.ts'

/** Whom and what an entry speaks about. */
export type EntryRefs = { receivableId?: string; partyId?: string; contractId?: string }

/**
 * One side of a booking; `amountYen` > 0 (DD group 15). `reversedKind` only on reversals: what the reversed
 * entry was.
 */
export type LedgerEntry = EntryRefs & {
  side: 'debit' | 'credit'
  kind: LedgerKind
  accountCode: string
  amountYen: Yen
  taxCategory?: 'non_taxable' | 'taxable_10' | 'outside'
  reversedKind?: LedgerKind
}

/**
 * Books an amount from one account to another: a debit and a credit of the same amount, so every journal
 * balances by construction. Nothing for 0 yen.
 */
export function book(
  kind: LedgerKind,
  debit: AccountName,
  credit: AccountName,
  amountYen: Yen,
  refs: EntryRefs,
  taxCategory?: LedgerEntry['taxCategory'],
): LedgerEntry[] {
  assertYen(amountYen)
  if (amountYen < 0) throw new RangeError(`a ledger amount must not be negative (${kind}: ${amountYen})`)
  if (amountYen === 0) return []
  const entry = { kind, amountYen, ...refs, ...(taxCategory && { taxCategory }) }
  return [
    { side: 'debit', accountCode: ACCOUNTS[debit].code, ...entry },
    { side: 'credit', accountCode: ACCOUNTS[credit].code, ...entry },
  ]
}

/**
 * The journal that takes back another one: the same amounts on the other side, kind `reversal`; corrections
 * are only made so (DD group 9).
 */
export function reversalOf(entries: LedgerEntry[]): LedgerEntry[] {
  if (entries.some(entry => entry.kind === 'reversal')) {
    throw new RangeError('a reversal is not reversed: book the money event again')
  }
  return entries.map(entry => ({
    ...entry,
    side: entry.side === 'debit' ? 'credit' : 'debit',
    kind: 'reversal',
    reversedKind: entry.kind,
  }))
}

/** Σ debit − Σ credit of a journal; anything but 0 is a broken promise of ours. */
export function imbalanceYen(entries: LedgerEntry[]): Yen {
  return entries.reduce((sum, entry) => sum + signed(entry), 0)
}

/**
 * Balance of an account, positive on its own side (assets and expenses: debit; liabilities and income:
 * credit), optionally of one claim or party.
 */
export function balanceYen(entries: LedgerEntry[], account: AccountName, of: EntryRefs = {}): Yen {
  const { code, nature } = ACCOUNTS[account]
  const wanted = Object.entries(of) as [keyof EntryRefs, string][]
  const debit = entries
    .filter(entry => entry.accountCode === code && wanted.every(([ref, id]) => entry[ref] === id))
    .reduce((sum, entry) => sum + signed(entry), 0)
  return (nature === 'asset' || nature === 'expense' ? debit : -debit) + 0
}

function signed(entry: LedgerEntry): Yen {
  return entry.side === 'debit' ? entry.amountYen : -entry.amountYen
}
