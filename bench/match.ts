import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ENGLISH_PERSON_TABLE, matchRecords, runMatch } from '../src/business/matching/engine/index.ts'
import { febrlLikeRecords } from '../src/business/matching/engine/testing/febrl-like.ts'
import {
  dirtyLabelled,
  edinetLedger,
  type Labelled,
  readTwoColumns,
  writeLedger,
} from '../src/business/matching/engine/testing/ledger-files.ts'
import { pairQuality } from '../src/business/matching/engine/testing/measure.ts'
import { MARKED_LEDGERS, matchByKind } from './match-kinds.ts'

const THIS_FILE = fileURLToPath(import.meta.url)

const OPTIONS = {
  rows: { type: 'string', default: '1000000' },
  seed: { type: 'string', default: '7' },
  ledger: { type: 'string', default: 'dirty' },
  threads: { type: 'string', default: '2' },
} as const

/**
 * 名寄せ from file to file, in a process of its own: `--rows 1000000 --seed 7` (made-up dirty ledger; seeds 1–5, 101–103, 201
 * and 202 were used in tuning; also `--ledger dirty-no-number | dirty-copied-number`) or `--ledger edinet | edinet-plain |
 * edinet-number` (real corporations at two dates: with English names, names and addresses only, with the corporate number)
 * or `--ledger persons`, or ledgers by other hands with precision and recall per kind of dirt: `--ledger traps |
 * traps-no-number | office | office-heavy --rows 12000`. Seconds and memory are those of reading, matching and writing.
 */
export async function bench(args: string[]): Promise<Record<string, unknown>> {
  const { values } = parseArgs({ args, options: OPTIONS })
  if (values.ledger === 'persons') return persons(Number(values.seed))
  if (values.ledger in MARKED_LEDGERS)
    return matchByKind(values.ledger, Number(values.rows), Number(values.seed))
  const folder = await mkdtemp(join(tmpdir(), 'daicho-match-'))
  const ledgerFile = join(folder, 'ledger.csv')
  try {
    await child(['make', ledgerFile, values.ledger, values.rows, values.seed])
    const run = JSON.parse(await child(['run', ledgerFile, values.threads])) as Record<string, number>
    const clusters = readTwoColumns(`${ledgerFile}.clusters`)
    const truth = readTwoColumns(`${ledgerFile}.truth`)
    const ids = [...truth.keys()]
    const quality = pairQuality(
      ids.map(id => clusters.get(id)!),
      ids.map(id => truth.get(id)!),
    )
    return { ledger: values.ledger, ...run, ...rounded(quality) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function rounded(figures: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Number(value.toFixed(5))]))
}

function ledgerOf(kind: string, rows: number, seed: number): Labelled[] {
  if (kind === 'edinet') return edinetLedger()
  if (kind === 'edinet-plain') return edinetLedger({ english: false })
  if (kind === 'edinet-number') return edinetLedger({ number: true })
  if (kind === 'dirty-no-number') return dirtyLabelled(rows, seed, 'none')
  if (kind === 'dirty-copied-number') return dirtyLabelled(rows, seed, 'copied')
  return dirtyLabelled(rows, seed)
}

/** People by the field table: `--ledger persons --seed 41`. */
function persons(seed: number): Record<string, unknown> {
  const people = febrlLikeRecords(2000, 3000, seed)
  const started = process.hrtime.bigint()
  const records = people.map(each => each.record)
  const { root, comparedPairs } = matchRecords(records, ENGLISH_PERSON_TABLE)
  const seconds = Number((Number(process.hrtime.bigint() - started) / 1e9).toFixed(2))
  const truth = people.map(each => each.person)
  return {
    ledger: 'persons',
    rows: people.length,
    seconds,
    comparedPairs,
    ...rounded(pairQuality(root, truth)),
  }
}

async function run(ledgerFile: string, threads: number): Promise<Record<string, number>> {
  const started = process.hrtime.bigint()
  const report = await runMatch({
    ledgerFile,
    outFile: `${ledgerFile}.clusters`,
    pairsFile: `${ledgerFile}.pairs`,
    threads,
  })
  const seconds = Number(process.hrtime.bigint() - started) / 1e9
  const cpu = process.cpuUsage()
  return {
    rows: report.rows,
    seconds: Number(seconds.toFixed(2)),
    cpuSeconds: Number(((cpu.user + cpu.system) / 1e6).toFixed(2)),
    rowsPerSecond: Math.round(report.rows / seconds),
    peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
    comparedPairs: report.comparedPairs,
    notCheckedPairs: report.keys.reduce((sum, key) => sum + key.notChecked, 0),
    humanDecisions: report.reviewPairs,
  }
}

function child(args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const started = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', THIS_FILE, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let text = ''
    started.stdout.on('data', piece => {
      text += piece
    })
    started.on('error', reject)
    started.on('exit', code =>
      code === 0 ? resolve(text) : reject(new Error(`${args[0]} ended with code ${code}`)),
    )
  })
}

if (process.argv[1] === THIS_FILE) {
  const [task, file, ...rest] = process.argv.slice(2)
  if (task === 'make') await writeLedger(file!, ledgerOf(rest[0]!, Number(rest[1]), Number(rest[2])))
  else process.stdout.write(JSON.stringify(await run(file!, Number(rest[0]))))
}
