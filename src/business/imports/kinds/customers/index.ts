import type { CommandContext } from '../../../../platform/commands/command.ts'
import { recordsBySourceNo, sourceNoKey } from '../../source-numbers.ts'
import type { ImportKind, PlannedRow } from '../import-kind.ts'
import { applyCustomers, type CustomerUndo } from './apply.ts'
import { customerFields } from './fields.ts'
import { noteOwn } from './own-rows.ts'
import { Planner, sameCore } from './plan.ts'
import { type ReadRow, readRow, rememberRead } from './read-row.ts'
import { revertCustomers } from './revert.ts'

const YIELD_EVERY = 25

/** 顧客・売掛先の台帳: parties, matched with the register and with each other, and their representatives. */
export const customers: ImportKind = {
  name: 'customers',
  fields: customerFields,
  rehearse(batch) {
    const planner = new Planner()
    const numbered = new Map<string, Numbered>()
    return {
      async plan(context, staged) {
        const reader = { ...batch, today: context.today }
        const rows: ReadRow[] = []
        for (const row of staged) {
          if (rows.length % YIELD_EVERY === 0) await new Promise(resume => setImmediate(resume))
          rows.push(readRow(row, reader))
        }
        const planned = await planner.plan(context.tx, rows)
        await noteTakenNumbers(context, batch.options.numbering, rows, planned, numbered)
        if (batch.options.existing === 'overwrite') await noteRenamed(context, planned)
        await noteOwn(context, batch, rows, planned)
        return planned
      },
    }
  },
  async readAhead(batch, today, rows) {
    for (const [at, row] of rows.entries()) {
      if (at % YIELD_EVERY === 0) await new Promise(resume => setImmediate(resume))
      rememberRead(row, { ...batch, today })
    }
  },
  apply: applyCustomers,
  revert: (context, batch, undo) => revertCustomers(context, batch, undo as CustomerUndo[]),
}

/** The first row with a number, and the row it went into. */
interface Numbered {
  line: number
  group: number
}

/** An old number leads to one record: the second row or file that claims it is taken, and the number stays with the first. */
async function noteTakenNumbers(
  { tx }: CommandContext,
  numbering: string,
  rows: readonly ReadRow[],
  planned: readonly PlannedRow[],
  numbered: Map<string, Numbered>,
): Promise<void> {
  const typed = rows.flatMap(row => row.sourceNo ?? [])
  const known = await recordsBySourceNo(tx, numbering, 'party', typed)
  for (const [at, row] of rows.entries()) {
    const plan = planned[at]!
    if (!row.sourceNo || plan.outcome === 'refused') continue
    const key = sourceNoKey(row.sourceNo)
    const earlier = numbered.get(key)
    const elsewhere = known.get(key)
    const group = plan.mergedIntoRow ?? row.rowNo
    if (earlier === undefined) numbered.set(key, { line: row.line, group })
    // Several rows of one company, one a branch, carry its number again.
    const again = earlier !== undefined && earlier.group !== group
    const taken = again || (elsewhere !== undefined && elsewhere !== plan.partyId)
    if (!taken) continue
    plan.problems.push({
      code: 'source_number_must_be_unique',
      column: null,
      heading: '元の管理番号',
      message: `管理番号「${row.sourceNo.slice(0, 20)}」は${again ? `${earlier.line}行目` : '登録済みの別の記録'}で使われています。この行では番号を保存しません。`,
      weight: 'note',
    })
  }
}

/** A rename is a critical change: it is counted, and the approver sees how many there are. */
async function noteRenamed({ tx }: CommandContext, planned: readonly PlannedRow[]): Promise<void> {
  const updates = planned.filter(row => row.outcome === 'update')
  if (updates.length === 0) return
  const rows = await tx
    .selectFrom('party')
    .select(['id', 'legal_name'])
    .where(
      'id',
      'in',
      updates.map(row => row.partyId!),
    )
    .execute()
  const names = new Map(rows.map(row => [row.id, row.legal_name]))
  for (const row of updates) {
    const standing = names.get(row.partyId!) ?? ''
    if (!sameCore(row.name, standing))
      row.problems.push({
        code: 'legal_name_will_change',
        column: null,
        heading: null,
        message: `商号が「${standing}」から変わります。`,
        weight: 'note',
      })
  }
}
