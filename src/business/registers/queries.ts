import type { z } from 'zod'
import { markOf, readMark } from '../../platform/database/paging.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import { staffNames } from '../access/index.ts'
import type { listLoads } from './contract.ts'

type Answer = z.input<typeof listLoads.output>

export async function loads(
  { db }: QueryContext,
  input: z.output<typeof listLoads.input>,
): Promise<Seen<Answer>> {
  let asked = db
    .selectFrom('register_load')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(input.limit + 1)
  if (input.after) asked = asked.where('id', '<', String(readMark(input.after, 1)[0]))
  const rows = await asked.execute()
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  const names = await staffNames(
    db,
    page.map(row => row.loaded_by),
  )
  return {
    body: {
      rows: page.map(row => ({
        id: row.id,
        fileName: row.file_name,
        rows: row.rows,
        added: row.added,
        changed: row.changed,
        past: row.past,
        problems: row.problems,
        problemRows: row.problem_rows,
        newestUpdateOn: row.newest_update_on,
        loadedAt: row.loaded_at,
        loadedBy: names.get(row.loaded_by) ?? '',
        compared: row.compared_at !== null,
      })),
      next: rows.length > input.limit && last ? markOf([last.id]) : null,
    },
    seen: page.map(row => row.seen_no),
  }
}
