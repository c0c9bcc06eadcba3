import type { DepositKind, LabelledBook } from './labelled-deposits.ts'
import type { Allocation, Match, OpenReceivable, ReconcileResult } from './types.ts'

/**
 * How good a result is against known answers. Interchangeable claims (payer, amount, due date) count as the
 * same.
 */
export type Quality = {
  /** Automatic deposits that are right as a whole ÷ all automatic ones. */
  autoPrecision: number
  /** Automatic deposits ÷ deposits that really paid something in the book. */
  autoShare: number
  /** Of the paying deposits not decided automatically: proposals which are right as a whole. */
  proposedRecall: number
  wrongAuto: { depositId: string; kind: DepositKind; got: Match; wanted: Allocation[] }[]
  byKind: Record<
    string,
    { deposits: number; auto: number; proposedRight: number; proposedWrong: number; unidentified: number }
  >
}

/** Measures a result on a labelled book. */
export function measure(book: LabelledBook, result: Pick<ReconcileResult, 'matches'>): Quality {
  const receivables = new Map(book.receivables.map(receivable => [receivable.receivableId, receivable]))
  const matches = new Map(result.matches.map(match => [match.depositId, match]))
  const byKind: Quality['byKind'] = {}
  const wrongAuto: Quality['wrongAuto'] = []
  let auto = 0
  let paying = 0
  let waiting = 0
  let proposedRight = 0
  for (const [depositId, { allocations, kind }] of book.labels) {
    byKind[kind] ??= { deposits: 0, auto: 0, proposedRight: 0, proposedWrong: 0, unidentified: 0 }
    const row = byKind[kind]
    const match = matches.get(depositId)
    const right =
      match !== undefined &&
      fingerprint(match.allocations, receivables) === fingerprint(allocations, receivables)
    row.deposits++
    if (allocations.length > 0) paying++
    if (match?.status === 'auto') {
      auto++
      row.auto++
      if (!right) wrongAuto.push({ depositId, kind, got: match, wanted: allocations })
      continue
    }
    if (allocations.length > 0) waiting++
    if (match === undefined) row.unidentified++
    else if (right) {
      row.proposedRight++
      proposedRight++
    } else row.proposedWrong++
  }
  return {
    autoPrecision: auto === 0 ? 1 : (auto - wrongAuto.length) / auto,
    autoShare: paying === 0 ? 0 : auto / paying,
    proposedRecall: waiting === 0 ? 1 : proposedRight / waiting,
    wrongAuto,
    byKind,
  }
}

/**
 * The claims paid and the yen given to them in all. Which of several claims bears a deducted fee is nobody's
 * knowledge, so single amounts are only compared when one claim is paid.
 */
function fingerprint(allocations: Allocation[], receivables: Map<string, OpenReceivable>): string {
  const claims = allocations.map(({ receivableId }) => {
    const { payerId, amount, dueOn } = receivables.get(receivableId)!
    return `${payerId}|${amount}|${dueOn}`
  })
  return [allocations.reduce((sum, { amount }) => sum + amount, 0), ...claims.sort()].join(';')
}
