import type { Insertable } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { dedupeKeys, looseKeys, type Statement, type StatementLine } from '../bankformats/index.ts'
import type { BankLineTable } from './tables.ts'

/** A line of the file that no earlier file held. */
export interface NewLine {
  row: Omit<Insertable<BankLineTable>, 'id'> & { id: Id }
  /** Money in that was not taken back inside the same file. */
  deposit: boolean
  /** A line kept earlier which may be the same deposit under a name the bank cut. */
  twinOf: Id | null
}

export interface SortedLines {
  lines: NewLine[]
  takenBack: { lineId: Id; byLineId: Id }[]
}

interface OneStatement {
  statement: Statement
  accountId: Id
}

/** Tells new lines from those already kept, and finds possible twins and cancellations (DD group 9 `dedupe_key`; JR §2.6). */
export async function linesToKeep(
  { tx, keys }: Pick<CommandContext, 'tx' | 'keys'>,
  fileId: Id,
  statements: readonly OneStatement[],
): Promise<SortedLines> {
  const result: SortedLines = { lines: [], takenBack: [] }
  const inThisFile = new Set<string>()
  for (const { statement, accountId } of statements) {
    const { lines } = statement
    const dedupe = dedupeKeys(accountId, lines).map(key => keys.keyedHash('bank-line', key))
    const loose = looseKeys(accountId, lines).map(key =>
      keys.keyedHash('bank-line-loose', key.slice(0, key.lastIndexOf('|'))),
    )
    const known = await keptLines(tx, dedupe, loose)
    const twins = twinsBySum(dedupe, loose, known)
    const idOfLine = new Map<number, Id>()
    for (const [at, line] of lines.entries()) {
      const kept = known.byDedupe.get(dedupe[at]!)
      if (kept) idOfLine.set(line.lineNo, kept)
      if (kept || inThisFile.has(dedupe[at]!)) continue
      inThisFile.add(dedupe[at]!)
      const id = newId()
      idOfLine.set(line.lineNo, id)
      const twinOf = twins.get(at) ?? null
      const row = rowOf(line, { id, fileId, accountId, dedupe: dedupe[at]!, loose: loose[at]!, twinOf })
      result.lines.push({ row, deposit: line.direction === 'in' && !line.cancelFlag, twinOf })
    }
    markTakenBack(lines, idOfLine, known, result)
  }
  return result
}

/** Cancelled inside this very file: no deposit at all. Cancelled here but kept before: that deposit is taken back. */
function markTakenBack(
  lines: readonly StatementLine[],
  idOfLine: ReadonlyMap<number, Id>,
  known: KeptLines,
  result: SortedLines,
): void {
  for (const line of lines) {
    if (!line.cancelFlag || line.cancelsLineNo === null) continue
    const lineId = idOfLine.get(line.cancelsLineNo)
    const byLineId = idOfLine.get(line.lineNo)
    if (!lineId || !byLineId) continue
    const fresh = result.lines.find(one => one.row.id === lineId)
    if (fresh) fresh.deposit = false
    else if (known.ids.has(lineId)) result.takenBack.push({ lineId, byLineId })
    const cancel = result.lines.find(one => one.row.id === byLineId)
    if (cancel) cancel.row.cancels_line_id = lineId
  }
}

interface KeptLines {
  byDedupe: Map<string, Id>
  byLoose: Map<string, Id[]>
  ids: Set<Id>
}

async function keptLines(
  tx: CommandContext['tx'],
  dedupe: readonly string[],
  loose: readonly string[],
): Promise<KeptLines> {
  if (dedupe.length === 0) return { byDedupe: new Map(), byLoose: new Map(), ids: new Set() }
  const rows = []
  for (let at = 0; at < dedupe.length; at += 5_000)
    rows.push(
      ...(await tx
        .selectFrom('bank_line')
        .select(['id', 'dedupe_hash', 'loose_hash'])
        .where(eb =>
          eb.or([
            eb('dedupe_hash', 'in', dedupe.slice(at, at + 5_000)),
            eb('loose_hash', 'in', [...new Set(loose.slice(at, at + 5_000))]),
          ]),
        )
        .orderBy('id')
        .execute()),
    )
  const byLoose = new Map<string, Id[]>()
  for (const row of new Map(rows.map(one => [one.id, one])).values())
    byLoose.set(row.loose_hash, [...(byLoose.get(row.loose_hash) ?? []), row.id])
  return {
    byDedupe: new Map(rows.map(row => [row.dedupe_hash, row.id])),
    byLoose,
    ids: new Set(rows.map(row => row.id)),
  }
}

/**
 * New lines, by place in the file, that may be a kept line under a cut name: same account, day, way and amount, and a kept line of
 * these is left over which no line of this file equals.
 */
function twinsBySum(dedupe: readonly string[], loose: readonly string[], known: KeptLines): Map<number, Id> {
  const met = new Set(dedupe.flatMap(key => known.byDedupe.get(key) ?? []))
  const left = new Map([...known.byLoose].map(([key, ids]) => [key, ids.filter(id => !met.has(id))]))
  const twins = new Map<number, Id>()
  for (const [at, key] of loose.entries()) {
    if (known.byDedupe.has(dedupe[at]!)) continue
    const twin = left.get(key)?.shift()
    if (twin) twins.set(at, twin)
  }
  return twins
}

function rowOf(
  line: StatementLine,
  of: { id: Id; fileId: Id; accountId: Id; dedupe: string; loose: string; twinOf: Id | null },
): NewLine['row'] {
  return {
    id: of.id,
    file_id: of.fileId,
    account_id: of.accountId,
    line_no: line.lineNo,
    booked_on: line.bookedOn,
    value_on: line.valueOn,
    direction: line.direction,
    amount_yen: line.amountYen,
    payer_kana: line.payerKana,
    payer_bank: line.payerBank,
    payer_branch: line.payerBranch,
    edi: line.edi,
    bank_summary: line.bankSummary,
    inquiry_no: line.inquiryNo,
    kind: line.kind,
    uncleared_yen: line.unclearedYen,
    balance_yen: line.balanceYen,
    cancel_flag: line.cancelFlag,
    cancels_line_id: null,
    dedupe_hash: of.dedupe,
    loose_hash: of.loose,
    twin_of: of.twinOf,
  }
}
