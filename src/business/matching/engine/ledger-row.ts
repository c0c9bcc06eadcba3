/** One row of a ledger as people typed it; '' = unknown. Columns: batch-files.md, ledger. */
export type LedgerRow = {
  id: string
  name: string
  name_kana: string
  /** Not in every ledger: the English name of the register. */
  name_en: string
  corporate_number: string
  invoice_registration_number: string
  postal_code: string
  address: string
  phone: string
  representative: string
  established_on: string
}

export const LEDGER_COLUMNS = [
  'id',
  'name',
  'name_kana',
  'name_en',
  'corporate_number',
  'invoice_registration_number',
  'postal_code',
  'address',
  'phone',
  'representative',
  'established_on',
] as const satisfies readonly (keyof LedgerRow)[]

/** A full row from the columns at hand. */
export function ledgerRow(given: Partial<LedgerRow>): LedgerRow {
  const row = Object.fromEntries(LEDGER_COLUMNS.map(column => [column, ''])) as LedgerRow
  return { ...row, ...given }
}
