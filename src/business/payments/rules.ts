import type { Yen } from '../../platform/money/yen.ts'

/** States of a deposit (FF §3). */
export const paymentStates = [
  'received',
  'duplicate',
  'matching',
  'auto_applied',
  'proposed',
  'unidentified',
  'applied',
  'partially_applied',
  'held',
  'refund_pending',
  'refunded',
  'reversed',
  'voided',
  'closed',
] as const
export type PaymentState = (typeof paymentStates)[number]

/** Every listed transition of a deposit (FF §3). */
export const PAYMENT_MACHINE: Readonly<Record<PaymentState, readonly PaymentState[]>> = {
  received: ['matching', 'duplicate'],
  matching: ['auto_applied', 'proposed', 'unidentified'],
  proposed: ['applied', 'partially_applied', 'matching'],
  unidentified: ['matching', 'held', 'refund_pending'],
  held: ['matching', 'refund_pending'],
  auto_applied: ['applied', 'reversed'],
  partially_applied: ['applied', 'refund_pending', 'reversed'],
  applied: ['reversed', 'closed'],
  refund_pending: ['refunded', 'held'],
  reversed: ['matching', 'voided'],
  duplicate: [],
  refunded: [],
  voided: [],
  closed: [],
}

/** A way a person goes in one act; each step of it is listed in the machine. */
export type PaymentAct =
  | 'hold'
  | 'release'
  | 'apply'
  | 'apply_in_part'
  | 'undo'
  | 'void'
  | 'refund'
  | 'take_refund_back'
  | 'book'
  | 'drop'

const WAYS: Readonly<Record<PaymentAct, readonly (readonly PaymentState[])[]>> = {
  book: [['received', 'matching']],
  drop: [['received', 'duplicate']],
  hold: [
    ['unidentified', 'held'],
    ['matching', 'unidentified', 'held'],
    ['proposed', 'matching', 'unidentified', 'held'],
  ],
  release: [['held', 'matching']],
  apply: [
    ['proposed', 'applied'],
    ['matching', 'proposed', 'applied'],
    ['unidentified', 'matching', 'proposed', 'applied'],
    ['held', 'matching', 'proposed', 'applied'],
  ],
  apply_in_part: [
    ['proposed', 'partially_applied'],
    ['matching', 'proposed', 'partially_applied'],
    ['unidentified', 'matching', 'proposed', 'partially_applied'],
    ['held', 'matching', 'proposed', 'partially_applied'],
  ],
  undo: [
    ['applied', 'reversed', 'matching'],
    ['partially_applied', 'reversed', 'matching'],
  ],
  void: [
    ['applied', 'reversed', 'voided'],
    ['partially_applied', 'reversed', 'voided'],
  ],
  refund: [
    ['partially_applied', 'refund_pending'],
    ['held', 'refund_pending'],
    ['unidentified', 'refund_pending'],
  ],
  take_refund_back: [['refund_pending', 'held']],
}

/** Where an act leads from a state, through the steps FF §3 lists; null when it is not to be done there. */
export function afterAct(from: PaymentState, act: PaymentAct): PaymentState | null {
  return WAYS[act].find(way => way[0] === from)?.at(-1) ?? null
}

/**
 * Where a deposit stands once its decided refund is taken back: with a match over part of it, that match counts again (a reversal,
 * FF §3 "recomputed after a reversed entry, always allowed"); else it is put aside.
 */
export function afterRefundTakenBack(appliedYen: Yen): PaymentState {
  return appliedYen > 0 ? 'partially_applied' : 'held'
}

/** Every way an act may go, for the test that proves each of its steps against the machine. */
export const paymentWays = Object.values(WAYS).flat()

/** States in which the money still waits for somebody to say what it pays. */
export const WAITING: readonly PaymentState[] = ['matching', 'proposed', 'unidentified', 'held']
