import type { Yen } from '../../../platform/money/yen.ts'
import { type ApplicationOrder, applyReceipt, type OpenItems } from './application-order.ts'

/** What one claim can still take, in yen; the client's part is what it kept of a partial purchase (FF §4.4). */
export interface ClaimRoom {
  open: OpenItems
  clientShareYen: Yen
  order: ApplicationOrder
}

export interface ReceiptPart {
  kind: 'cost' | 'late_damages' | 'penalty' | 'principal' | 'client_claim' | 'client_share'
  yen: Yen
}

/**
 * Divides what a deposit pays on one claim: costs, damages, penalty, principal and the claim on the client in the agreed order
 * (FF §4.5), then the client's unpurchased part. `excessYen` is more than the claim can take; it belongs to the payer and is never income.
 */
export function divideReceipt(yen: Yen, room: ClaimRoom): { parts: ReceiptPart[]; excessYen: Yen } {
  const parts: ReceiptPart[] = []
  let leftYen = 0
  for (const part of applyReceipt(yen, room.open, room.order)) {
    if (part.kind === 'excess') leftYen = part.yen
    else parts.push({ kind: part.kind, yen: part.yen })
  }
  const shareYen = Math.min(leftYen, room.clientShareYen)
  if (shareYen > 0) parts.push({ kind: 'client_share', yen: shareYen })
  return { parts, excessYen: leftYen - shareYen }
}
