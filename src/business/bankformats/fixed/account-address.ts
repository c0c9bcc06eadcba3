import type { StatementHeader } from '../statement.ts'
import type { RecordPlace } from './record-groups.ts'
import type { RecordReader } from './record-reader.ts'

type AddressField = 'bankCode' | 'branchCode' | 'accountNo' | 'accountName'

/** Bank, branch, number and name of the account as both statement headers carry them. */
export function addressOf(
  reader: Pick<RecordReader<AddressField>, 'digits' | 'text'>,
): Pick<StatementHeader, AddressField> {
  return {
    bankCode: reader.digits('bankCode') || null,
    branchCode: reader.digits('branchCode') || null,
    accountNo: plainAccountNo(reader.digits('accountNo')),
    accountName: reader.text('accountName'),
  }
}

/** The bytes of a record, base64, as they are kept with the line. */
export function rawOf(bytes: Uint8Array, place: RecordPlace, length: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + place.start, length).toString('base64')
}

/** Statements give ten digits where notices give seven: leading zeros beyond seven digits go, so that both name the same account. */
function plainAccountNo(digits: string): string | null {
  if (digits === '') return null
  return digits.replace(/^0{1,3}(?=\d{7}$)/, '')
}
