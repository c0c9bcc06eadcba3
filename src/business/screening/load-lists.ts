import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { type CommandContext, defineCommand } from '../../platform/commands/command.ts'
import { Refusal, refuseUnless } from '../../platform/commands/refusal.ts'
import { newId } from '../../platform/ids/uuid.ts'
import { loadWatchLists } from './contract.ts'
import { ListFileError, type LoadedList, readListFolder } from './engine/index.ts'
import { changesWith } from './list-delta.ts'
import { packEntries } from './list-versions.ts'
import './tables.ts'

const SHIPPED = fileURLToPath(new URL('./data', import.meta.url))
const PROBLEMS_KEPT = 500
const LOAD_LOCK = 7_203_021

/**
 * Loads lists as new versions. A file that cannot be read stops the load and the old versions stay in force (JR §3.11); rows without a
 * primary entry are counted and reported, and the load goes on. Files equal to the version in force make no new version.
 */
export const load = defineCommand(loadWatchLists, {
  async run(context, { files, shipped }) {
    for (const { fileName } of files)
      refuseUnless(basename(fileName) === fileName && !fileName.startsWith('.'), 'file_name_must_be_plain', {
        kind: 'invalid',
        field: 'files',
      })
    const lists = await readFiles(files, shipped)
    await sql`select pg_advisory_xact_lock(${LOAD_LOCK})`.execute(context.tx)
    const loaded = []
    const unchanged = []
    for (const list of lists) {
      const version = await storeVersion(context, list)
      if (version) loaded.push(version)
      else unchanged.push(list.list)
    }
    refuseUnless(loaded.length > 0, 'list_must_be_new')
    return { loaded, unchanged }
  },
})

async function readFiles(
  files: readonly { fileName: string; contentBase64: string }[],
  shipped: boolean,
): Promise<LoadedList[]> {
  const folder = await mkdtemp(join(tmpdir(), 'daicho-lists-'))
  try {
    if (shipped)
      for (const name of await readdir(SHIPPED)) await copyFile(join(SHIPPED, name), join(folder, name))
    for (const { fileName, contentBase64 } of files)
      await writeFile(join(folder, fileName), Buffer.from(contentBase64, 'base64'))
    return await readListFolder(folder)
  } catch (error) {
    if (!(error instanceof ListFileError)) throw error
    throw new Refusal('invalid', [
      {
        code: 'list_file_must_be_readable',
        field: 'files',
        message: `リストファイルを読み取れません。${placeOf(error)}（${error.message}）`,
        facts: { file: error.file, line: error.line ?? null, column: error.column ?? null },
      },
    ])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function placeOf({ file, line, column }: ListFileError): string {
  const at = [line === undefined ? '' : `${line}行目`, column === undefined ? '' : `${column}列目`].join('')
  return file.includes('/') ? 'ファイルを選んでください。' : `「${file}」${at}`
}

async function storeVersion(context: CommandContext, list: LoadedList) {
  const { tx, actor, now } = context
  const before = await tx
    .selectFrom('watch_list_version')
    .select(['id', 'version_no', 'sha256'])
    .where('list_id', '=', list.list)
    .where('superseded_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (before?.sha256 === list.sha256) return null
  const at = now.toISOString()
  if (before)
    await tx
      .updateTable('watch_list_version')
      .set({ superseded_at: at, row_version: sql`row_version + 1` })
      .where('id', '=', before.id)
      .execute()
  const versionNo = (before?.version_no ?? 0) + 1
  const { added, changed, removed } = await changesWith(tx, list.list, versionNo, list.entries)
  const id = newId()
  await tx
    .insertInto('watch_list_version')
    .values({
      id,
      list_id: list.list,
      title: list.title,
      version_no: versionNo,
      published_on: list.publishedOn ?? null,
      sha256: list.sha256,
      files: JSON.stringify(list.files) as never,
      row_count: list.files.reduce((sum, file) => sum + file.rows, 0),
      entry_count: list.entries.length,
      added_count: added.length,
      changed_count: changed.length,
      removed_count: removed.length,
      problem_count: list.problems.length,
      problems: JSON.stringify(list.problems.slice(0, PROBLEMS_KEPT)) as never,
      entries_packed: packEntries(list.entries),
      loaded_by: actor.id,
      loaded_at: at,
      superseded_at: null,
      delta_done_at: null,
      delta_subjects: null,
      delta_hits: null,
    })
    .execute()
  await context.record({
    verb: 'watch_list_loaded',
    subjects: [{ kind: 'watch_list', id }, ...(before ? [{ kind: 'watch_list', id: before.id }] : [])],
    after: {
      list: list.list,
      versionNo,
      sha256: list.sha256,
      publishedOn: list.publishedOn ?? null,
      entries: list.entries.length,
      added: added.length,
      changed: changed.length,
      removed: removed.length,
      problems: list.problems.length,
    },
    facts: { summary: `${list.title} 第${versionNo}版　${list.entries.length}件` },
  })
  return { id, listId: list.list, versionNo, entries: list.entries.length, problems: list.problems.length }
}
