import type { Selectable } from 'kysely'
import type { Tables } from '../../platform/database/database.ts'
import { noParticulars, type Particulars } from './rules/particulars.ts'
import './tables.ts'

/** The stored row as the rules take it; nothing known where there is none. */
export function particularsOf(row: Selectable<Tables['receivable_particulars']> | undefined): Particulars {
  if (!row) return noParticulars
  return {
    transactionFrom: row.transaction_from,
    transactionTo: row.transaction_to,
    acceptedOn: row.accepted_on,
    receivedOn: row.received_on,
    issuerRegNo: row.issuer_reg_no,
    taxes: row.taxes.map(({ ratePpm, baseYen, basis, taxYen }) => ({ ratePpm, baseYen, basis, taxYen })),
    toritekiFlag: row.toriteki_flag,
    disputeYen: row.dispute_yen,
  }
}
