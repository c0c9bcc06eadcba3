import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import {
  alteredSubjects,
  heldOutAliases,
  scoresOfAltered,
  scoresOfOrdinary,
  shareFrom,
} from '../src/business/screening/engine/evaluation/evaluate.ts'
import { ordinarySubjects } from '../src/business/screening/engine/evaluation/ordinary-names.ts'
import {
  buildIndex,
  type ListEntry,
  type ListIndex,
  POLICY,
  readListFolder,
  runScreen,
  type ScreeningSubject,
  screenDelta,
  screenSubject,
} from '../src/business/screening/engine/index.ts'
import { companyCore } from './generate/company-core.ts'
import { fullKana, fullName } from './generate/people.ts'

/** Seeds of the measured set; thresholds were chosen with others, on the other half of the entries (docs/screening.md). */
const EVALUATION_SEEDS = [11, 12, 13]
const LISTS = fileURLToPath(new URL('../src/business/screening/data', import.meta.url))

/**
 * `npm run bench -- screen [--lists DIR] [--subjects N] [--threads T]`: companies and their representatives against a folder of lists,
 * by way of the batch verb; one subject at a time; a delta of 31 entries, as large as a day of the Treasury's list is on average; and
 * recall with alerts on the labelled set.
 */
export async function bench(args: string[]): Promise<Record<string, unknown>> {
  const { values } = parseArgs({
    args,
    options: { lists: { type: 'string' }, subjects: { type: 'string' }, threads: { type: 'string' } },
  })
  const listsDir = values.lists ?? LISTS
  const rows = Number(values.subjects ?? 100_000)
  const threads = Number(values.threads ?? availableParallelism())
  const batch = await measureBatch(listsDir, rows, threads)
  const entries = (await readListFolder(listsDir)).flatMap(list => list.entries)
  const started = performance.now()
  const index = buildIndex([{ entries }])
  const indexSeconds = (performance.now() - started) / 1000
  return {
    rows,
    listedEntries: entries.length,
    listedNames: index.names.length,
    threads,
    ...batch,
    indexSeconds: rounded(indexSeconds),
    ...measureSingle(index),
    ...measureDelta(entries),
    ...measureQuality(index, entries),
    policy: POLICY.version,
  }
}

async function measureBatch(listsDir: string, rows: number, threads: number) {
  const dir = mkdtempSync(join(tmpdir(), 'bench-screen-'))
  try {
    const subjectsFile = join(dir, 'subjects.csv')
    writeSubjects(subjectsFile, rows)
    const started = performance.now()
    const worked = process.cpuUsage()
    const summary = await runScreen({ listsDir, subjectsFile, outFile: join(dir, 'hits.csv'), threads })
    const seconds = (performance.now() - started) / 1000
    return {
      seconds: rounded(seconds),
      rowsPerSecond: Math.round(rows / seconds),
      cpuSeconds: rounded(process.cpuUsage(worked).user / 1e6),
      peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
      batchAlertsPer10000: rounded((summary.subjectsWithAlert / rows) * 10_000),
    }
  } finally {
    rmSync(dir, { recursive: true })
  }
}

/** Fictional companies and their representatives in turn. */
function* subjects(count: number, seed: number): Generator<ScreeningSubject> {
  let made = 0
  for (let index = 0; made < count; index += 1) {
    const company = companyCore(seed, index)
    yield {
      id: `c${index}`,
      kind: 'company',
      name: company.legalName,
      nameKana: company.legalNameKana,
      nameEn: company.legalNameEn,
      country: 'JP',
      address: company.headOffice.original,
    }
    made += 1
    const person = company.representative
    if (!person || made >= count) continue
    yield {
      id: `p${index}`,
      kind: 'person',
      name: fullName(person),
      nameKana: fullKana(person),
      country: 'JP',
    }
    made += 1
  }
}

function writeSubjects(path: string, count: number): void {
  const file = openSync(path, 'w')
  const quoted = (cell: string) => (/[",\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
  let text = 'id,kind,name,name_kana,name_en,birth_date,country,address\n'
  for (const subject of subjects(count, 5)) {
    const cells = [
      subject.id,
      subject.kind,
      subject.name,
      subject.nameKana,
      subject.nameEn,
      '',
      subject.country,
      subject.address,
    ]
    text += `${cells.map(cell => quoted(cell ?? '')).join(',')}\n`
    if (text.length < 1_000_000) continue
    writeSync(file, text)
    text = ''
  }
  writeSync(file, text)
  closeSync(file)
}

/** One subject at a time on a warm index, each a name not asked before. */
function measureSingle(index: ListIndex) {
  const times: number[] = []
  for (const subject of [...subjects(1_000, 9), ...ordinarySubjects(1_000, 9).map(made => made.subject)]) {
    const started = performance.now()
    screenSubject(index, subject)
    times.push(performance.now() - started)
  }
  times.sort((a, b) => a - b)
  return {
    singleP50Ms: rounded(times[Math.floor(times.length * 0.5)]!),
    singleP95Ms: rounded(times[Math.floor(times.length * 0.95)]!),
  }
}

function measureDelta(entries: readonly ListEntry[]) {
  const changed = entries.filter((_, at) => at % Math.floor(entries.length / 31) === 0).slice(0, 31)
  const people = [...subjects(20_000, 5)]
  const started = performance.now()
  screenDelta(changed, people)
  return {
    deltaEntries: changed.length,
    deltaSubjects: people.length,
    deltaSeconds: rounded((performance.now() - started) / 1000),
  }
}

/** Recall on altered listed names and alerts on ordinary ones, at the review threshold in force. */
function measureQuality(index: ListIndex, entries: readonly ListEntry[]) {
  const altered = EVALUATION_SEEDS.flatMap(seed =>
    scoresOfAltered(index, alteredSubjects(entries, 2_000, seed, 'evaluation')),
  )
  const ordinary = EVALUATION_SEEDS.flatMap(seed => scoresOfOrdinary(index, ordinarySubjects(10_000, seed)))
  const held = heldOutAliases(entries, 1_000, EVALUATION_SEEDS[0]!)
  const without = buildIndex([held])
  const found = held.aliases.filter(({ entry, alias }) =>
    screenSubject(without, {
      id: '',
      kind: entry.kind === 'person' ? 'person' : 'company',
      name: alias,
    }).some(match => match.listEntry === entry),
  )
  return {
    recall: rounded(shareFrom(altered, POLICY.reviewFrom / 1000), 4),
    alertsPer10000: rounded(shareFrom(ordinary, POLICY.reviewFrom / 1000) * 10_000, 1),
    hitsPer10000: rounded(shareFrom(ordinary, POLICY.hitFrom / 1000) * 10_000, 1),
    heldOutAliasRecall: rounded(found.length / held.aliases.length, 4),
  }
}

function rounded(value: number, digits = 3): number {
  return Number(value.toFixed(digits))
}
