import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { ListFileError, type LoadedList } from '../lists/list-entry.ts'
import { readListFolder } from '../lists/read-list-folder.ts'
import { POLICY } from './policy.ts'
import { type SubjectMatches, screenAll } from './screen-all.ts'
import { readSubjects } from './subjects-file.ts'

export interface ScreenRun {
  listsDir: string
  subjectsFile: string
  outFile: string
  /** Called while working: bytes of the subjects file read so far and in all, and what was found. */
  onProgress?: (progress: { done: number; total: number; what: string }) => void
  threads?: number
}

export interface ScreenSummary {
  subjects: number
  subjectsWithAlert: number
  hits: number
  reviews: number
  lists: {
    list: string
    publishedOn?: string
    sha256: string
    entries: number
    problems: Record<string, number>
  }[]
  unknownColumns: string[]
}

const HEADING = 'subject_id,list,entry_id,entry_name,score,decision,reasons'
/** Worker threads pay for their own index only beyond this many bytes of subjects. */
const THREADS_FROM_BYTES = 2_000_000

/**
 * The batch verb `screen`: lists folder and subjects in, hits out (batch-files.md). Best first within each subject, subjects in the
 * order of the file; a subject without a row is clear. The output appears whole or not at all.
 * @throws ListFileError naming file, line and column of bad input.
 */
export async function runScreen(run: ScreenRun): Promise<ScreenSummary> {
  if (!existsSync(run.subjectsFile))
    throw new ListFileError(run.subjectsFile, 'does not exist; name the CSV file of subjects')
  const total = statSync(run.subjectsFile).size
  const lists = await readListFolder(run.listsDir)
  const source = { entries: lists.flatMap(list => list.entries), policy: POLICY }
  const unknownColumns: string[] = []
  const summary: ScreenSummary = {
    subjects: 0,
    subjectsWithAlert: 0,
    hits: 0,
    reviews: 0,
    lists: lists.map(summarise),
    unknownColumns,
  }
  let done = 0
  const subjects = readSubjects(run.subjectsFile, {
    onUnknownColumn: heading => unknownColumns.push(heading),
    onBytes: read => {
      done = read
    },
  })
  const threads = run.threads ?? (total < THREADS_FROM_BYTES ? 1 : availableParallelism())
  await writeAtomically(run.outFile, async write => {
    write(`${HEADING}\n`)
    for await (const batch of screenAll(source, subjects, { threads })) {
      write(batch.map(found => rowsFor(found, summary)).join(''))
      run.onProgress?.({
        done,
        total,
        what: `${summary.subjects} subjects, ${summary.hits} hits, ${summary.reviews} reviews;`,
      })
    }
  })
  return summary
}

function summarise(list: LoadedList): ScreenSummary['lists'][number] {
  const problems: Record<string, number> = {}
  for (const problem of list.problems) problems[problem.code] = (problems[problem.code] ?? 0) + 1
  return {
    list: list.list,
    ...(list.publishedOn && { publishedOn: list.publishedOn }),
    sha256: list.sha256,
    entries: list.entries.length,
    problems,
  }
}

function rowsFor(found: SubjectMatches, summary: ScreenSummary): string {
  summary.subjects += 1
  if (found.matches.length > 0) summary.subjectsWithAlert += 1
  let rows = ''
  for (const match of found.matches) {
    if (match.decision === 'hit') summary.hits += 1
    else summary.reviews += 1
    const reasons = match.reasons.map(reason => `${reason.rule}=${reason.contribution.toFixed(3)}`).join(';')
    const cells = [
      found.subject.id,
      match.listEntry.list,
      match.listEntry.entryId,
      match.matchedName,
      match.score.toFixed(3),
      match.decision,
      reasons,
    ]
    rows += `${cells.map(quoted).join(',')}\n`
  }
  return rows
}

/** RFC 4180, and never a formula for a spreadsheet: names come from other people's lists. Such a text gets an apostrophe in front. */
function quoted(cell: string): string {
  const safe = /^(?:[=+@\t\r]|-(?!\d))/u.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Writes beside the target, flushes to disk and renames, so that a reader sees the old file or the whole new one. */
async function writeAtomically(
  path: string,
  fill: (write: (text: string) => void) => Promise<void>,
): Promise<void> {
  const beside = `${path}.${randomBytes(4).toString('hex')}.part`
  const handle = openSync(beside, 'wx')
  let whole = false
  try {
    await fill(text => {
      const bytes = Buffer.from(text, 'utf8')
      for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at)
    })
    fsyncSync(handle)
    whole = true
  } finally {
    closeSync(handle)
    if (!whole) rmSync(beside, { force: true })
  }
  renameSync(beside, path)
}
