import { parseInvoiceRegNo } from '../../names/index.ts'
import { particularsFields } from '../../receivables/fields.ts'
import { noParticulars, type Particulars, particularsRefusals } from '../../receivables/index.ts'
import type { ImportField } from './import-kind.ts'
import { type CellReader, choicesOf } from './read-cells.ts'

/** What invoice and delivery say of a claim, as columns of its file. */
export const claimParticularsFields: readonly ImportField[] = Object.values(particularsFields).map(
  ({ name, label, type, columns, help }) => ({
    name,
    label: label.ja,
    type,
    columns,
    help,
    // 「なし」 answers whether the act applies.
    ...(name === 'toritekiFlag' ? { emptyWords: true as const } : {}),
  }),
)

const applies = choicesOf({
  yes: ['対象', '該当', '有', 'あり', '○'],
  no: ['対象外', '非該当', '無', 'なし', '×'],
})

/** The particulars of a row; null where none of the columns says anything. */
export function particularsIn(cells: CellReader): Particulars | null {
  if (claimParticularsFields.every(field => cells.text(field.name) === null)) return null
  const flag = cells.choice('toritekiFlag', applies)
  return {
    ...noParticulars,
    transactionFrom: cells.date('transactionFrom'),
    transactionTo: cells.date('transactionTo'),
    acceptedOn: cells.date('acceptedOn'),
    receivedOn: cells.date('receivedOn'),
    issuerRegNo: issuerIn(cells),
    toritekiFlag: flag === null ? null : flag === 'yes',
    disputeYen: cells.whole('disputeYen'),
  }
}

function issuerIn(cells: CellReader): string | null {
  const typed = cells.text('issuerRegNo')
  if (typed === null) return null
  const { value } = parseInvoiceRegNo(typed)
  if (value === null)
    cells.complain(
      'issuerRegNo',
      'issuer_number_must_be_valid',
      particularsRefusals.issuer_number_must_be_valid,
    )
  return value
}
