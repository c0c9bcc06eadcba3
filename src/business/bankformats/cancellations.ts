import { type FormatProblem, MAX_PROBLEMS, type ProblemPlace, problem } from './problem.ts'
import type { StatementLine } from './statement.ts'

/**
 * Ties each cancelling line to the latest earlier line it takes back and writes the number into it; what finds no partner becomes
 * a notice, since its partner may stand in an earlier file. A cancelled notice has the same 照会番号, amount and payer; a correction
 * (取引区分 19) has the same amount in the other direction. Source: JR §2.5, §2.6.
 */
export function pairCancellations(
  lines: readonly StatementLine[],
  placeOf: (line: StatementLine) => ProblemPlace = line => ({ record: line.lineNo }),
): FormatProblem[] {
  const open = new Map<string, StatementLine[]>()
  const taken = new Set<StatementLine>()
  const notices: FormatProblem[] = []
  for (const line of lines) {
    if (!line.cancelFlag) {
      for (const key of keysOf(line, line.direction)) push(open, key, line)
      continue
    }
    const partner = findPartner(line, open, taken)
    line.cancelsLineNo = partner?.lineNo ?? null
    if (partner) taken.add(partner)
    else if (notices.length < MAX_PROBLEMS) notices.push(unpaired(line, placeOf(line)))
  }
  return notices
}

/** From the closest resemblance to the loosest one. */
function keysOf(line: StatementLine, direction: 'in' | 'out'): string[] {
  const amount = `${direction}/${line.amountYen}`
  return [`${amount}/${line.payerKana}/${line.inquiryNo}`, `${amount}/${line.payerKana}`, amount]
}

function findPartner(
  cancel: StatementLine,
  open: ReadonlyMap<string, StatementLine[]>,
  taken: ReadonlySet<StatementLine>,
): StatementLine | null {
  const keys = keysOf(cancel, cancel.direction === 'in' ? 'out' : 'in')
  // A notice must name the same payer; a correction often names nobody.
  for (const key of cancel.kind === 'correction' ? keys : keys.slice(0, 2)) {
    const lines = open.get(key) ?? []
    while (lines.length > 0 && taken.has(lines.at(-1)!)) lines.pop()
    const latest = lines.pop()
    if (latest) return latest
  }
  return null
}

function push(open: Map<string, StatementLine[]>, key: string, line: StatementLine): void {
  const lines = open.get(key)
  if (lines) lines.push(line)
  else open.set(key, [line])
}

function unpaired(line: StatementLine, place: ProblemPlace): FormatProblem {
  const amount = `${line.amountYen.toLocaleString('ja-JP')}円`
  const message = `${line.lineNo}件目の取消・訂正（${amount}）に対応する取引がこのファイルにありません。`
  const remedy = '以前に取り込んだ入出金を確認し、消込済みなら取り消してください。'
  return problem(place, '取消区分', 'cancellation_should_pair', message, remedy)
}
