import type { Id } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'

interface StoredLine {
  receivable_id: Id
  receivable_no: string
  debtor_name: string
  face_yen: Yen
  eligible_yen: Yen
  purchased_yen: Yen
  advance_yen: Yen
  reserve_yen: Yen
  fee_yen: Yen
}

/** A claim with its price as an offer says it, be it a quote of ours or a funder's answer. */
export function pricedLine(line: StoredLine) {
  return {
    receivableId: line.receivable_id,
    receivableNo: line.receivable_no,
    debtorName: line.debtor_name,
    faceYen: line.face_yen,
    eligibleYen: line.eligible_yen,
    purchasedYen: line.purchased_yen,
    advanceYen: line.advance_yen,
    reserveYen: line.reserve_yen,
    feeYen: line.fee_yen,
  }
}
