import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import type { Tx } from '../../platform/database/database.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { publishedRows } from './read-published.ts'
import { type CorporateEntry, readCorporateRow } from './rules/corporate-entry.ts'
import './tables.ts'

const BATCH = 2_000
const PROBLEMS_KEPT = 100

export interface LoadCounts {
  id: Id
  rows: number
  added: number
  changed: number
  past: number
  problems: number
}

/**
 * Reads one published file (全件 or 差分) into the reference table, in the caller's transaction: all of it or nothing. A row older
 * than what is known, or telling a past state, changes nothing. Rows that break the layout are counted and reported with
 * their line. Throws UnreadableFile.
 */
export async function loadRegisterFile(
  context: CommandContext,
  file: { path: string; name: string },
  onProgress: (rows: number) => void = () => {},
): Promise<LoadCounts> {
  const { tx, actor, now } = context
  const id = newId()
  const counts = { rows: 0, added: 0, changed: 0, past: 0, problems: 0 }
  const problemRows: { line: number; column: string; message: string }[] = []
  let newest: string | null = null
  await tx
    .insertInto('register_load')
    .values({
      id,
      file_name: file.name,
      file_hash: await hashOf(file.path),
      ...counts,
      newest_update_on: null,
      loaded_by: actor.id,
      loaded_at: now.toISOString(),
      compared_at: null,
    })
    .execute()
  let batch = new Map<string, CorporateEntry>()
  const flush = async () => {
    const { added, changed } = await upsert(tx, id, [...batch.values()])
    counts.added += added
    counts.changed += changed
    batch = new Map()
    onProgress(counts.rows)
  }
  for await (const { line, cells } of publishedRows(file.path, file.name)) {
    counts.rows++
    const { entry, problem } = readCorporateRow(cells)
    if (problem) {
      counts.problems++
      if (problemRows.length < PROBLEMS_KEPT) problemRows.push({ line, ...problem })
      continue
    }
    if (!entry.latest) {
      counts.past++
      continue
    }
    if (newest === null || entry.updatedOn > newest) newest = entry.updatedOn
    const earlier = batch.get(entry.corporateNumber)
    if (!earlier || entry.updatedOn >= earlier.updatedOn) batch.set(entry.corporateNumber, entry)
    if (batch.size >= BATCH) await flush()
  }
  if (batch.size > 0) await flush()
  await tx
    .updateTable('register_load')
    .set({ ...counts, problem_rows: JSON.stringify(problemRows) as never, newest_update_on: newest })
    .where('id', '=', id)
    .execute()
  await context.record({
    verb: 'register_loaded',
    subjects: [{ kind: 'register_load', id }],
    facts: {
      summary: `${file.name}　${counts.rows.toLocaleString('ja-JP')}行（追加${counts.added}・更新${counts.changed}・読取不可${counts.problems}）`,
    },
  })
  return { id, ...counts }
}

async function upsert(
  tx: Tx,
  loadId: Id,
  entries: readonly CorporateEntry[],
): Promise<{ added: number; changed: number }> {
  const { rows } = await sql<{ added: number; changed: number }>`
    with given as (
      select * from json_to_recordset(${JSON.stringify(entries)}::json) as g("corporateNumber" text, "sequenceNo" integer, process text,
        "updatedOn" date, "changedOn" date, name text, "nameCore" text, kana text, "nameEn" text, kind text, pref text, city text,
        street text, "postCode" text, abroad text, "closedOn" date, "closeCause" text, successor text, "changeCause" text,
        "nameHasImage" boolean, hidden boolean)),
    written as (
      insert into corporate_register as r (corporate_number, load_id, sequence_no, process, updated_on, changed_on, name, name_core, kana,
        name_en, kind, pref, city, street, post_code, abroad, closed_on, close_cause, successor, change_cause, name_has_image, hidden)
      select "corporateNumber", ${loadId}, "sequenceNo", process, "updatedOn", "changedOn", name, "nameCore", kana, "nameEn", kind, pref,
        city, street, "postCode", abroad, "closedOn", "closeCause", successor, "changeCause", "nameHasImage", hidden
      from given
      on conflict (corporate_number) do update set load_id = excluded.load_id, sequence_no = excluded.sequence_no,
        process = excluded.process, updated_on = excluded.updated_on, changed_on = excluded.changed_on, name = excluded.name,
        name_core = excluded.name_core, kana = excluded.kana, name_en = excluded.name_en, kind = excluded.kind, pref = excluded.pref,
        city = excluded.city, street = excluded.street, post_code = excluded.post_code, abroad = excluded.abroad,
        closed_on = excluded.closed_on, close_cause = excluded.close_cause, successor = excluded.successor,
        change_cause = excluded.change_cause, name_has_image = excluded.name_has_image, hidden = excluded.hidden
      where excluded.updated_on >= r.updated_on
        and (excluded.updated_on, excluded.process, excluded.name, excluded.kana, excluded.name_en, excluded.pref, excluded.city,
          excluded.street, excluded.post_code, excluded.abroad, excluded.closed_on, excluded.close_cause, excluded.successor)
          is distinct from (r.updated_on, r.process, r.name, r.kana, r.name_en, r.pref, r.city, r.street, r.post_code, r.abroad,
          r.closed_on, r.close_cause, r.successor)
      returning (xmax = 0) as added)
    select count(*) filter (where added)::int as added, count(*) filter (where not added)::int as changed from written`.execute(
    tx,
  )
  return rows[0] ?? { added: 0, changed: 0 }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
