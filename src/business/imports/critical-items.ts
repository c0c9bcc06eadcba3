import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { RowProblem } from './tables.ts'

/** Changes of critical values shown one by one in a request; the rest is counted, and stands in the rehearsal's list of rows. */
const SHOWN = 40

/** What a batch replaces in fields of registered records that need a second person, as items of its request. */
export async function criticalItems({ tx }: Pick<CommandContext, 'tx'>, batchId: Id) {
  const { rows } = await sql<{
    line: number
    name: string
    problem: RowProblem
    total: number
  }>`select r.line, r.name, p.value as problem, (count(*) over ())::int as total
    from import_row r, jsonb_array_elements(r.problems) p
    where r.batch_id = ${batchId} and r.outcome not in ('refused', 'skipped') and p.value ? 'change'
    order by r.row_no limit ${SHOWN}`.execute(tx)
  const items = rows.map(({ line, name, problem }, at) => ({
    field: `critical.${at}`,
    label: `${line}行目　${name}　${problem.change!.label}`,
    old: problem.change!.old,
    new: problem.change!.new,
  }))
  const rest = (rows[0]?.total ?? 0) - rows.length
  return rest > 0
    ? [
        ...items,
        {
          field: 'critical.rest',
          label: 'そのほかの重要な項目の変更',
          old: null,
          new: `${rest.toLocaleString('ja-JP')}件（試し取込の行一覧で確認）`,
        },
      ]
    : items
}
