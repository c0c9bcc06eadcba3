import { parseArgs } from 'node:util'
import { DIRT_LEVELS, type DirtLevel } from './dirt.ts'
import { ledgerEntries } from './ledger.ts'
import { writeLedgerCsv, writeLedgerXlsx } from './ledger-files.ts'
import { writeReconcileFiles } from './reconcile-files.ts'

const USAGE = `usage: node bin/run.mjs bench/generate/cli.ts ledger --rows N --out FILE.csv|FILE.xlsx
         [--seed 7] [--truth truth.csv] [--duplicates 0.2] [--dirt ${Object.keys(DIRT_LEVELS).join('|')}]
         [--encoding utf8|utf8-bom|cp932] [--headings external|japanese] [--on-lost geta|refuse]
       node bin/run.mjs bench/generate/cli.ts reconcile --receivables N --out FOLDER
         [--seed 7] [--clients N/10] [--debtors N/10] [--today 2026-11-24] [--days 31]`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: 'string' },
    seed: { type: 'string', default: '7' },
    out: { type: 'string' },
    truth: { type: 'string' },
    duplicates: { type: 'string', default: '0.2' },
    dirt: { type: 'string', default: 'normal' },
    encoding: { type: 'string', default: 'utf8' },
    headings: { type: 'string', default: 'external' },
    'on-lost': { type: 'string', default: 'geta' },
    receivables: { type: 'string' },
    clients: { type: 'string' },
    debtors: { type: 'string' },
    today: { type: 'string', default: '2026-11-24' },
    days: { type: 'string', default: '31' },
  },
})

/** Writes a dirty ledger of any size, and its truth beside it. */
async function ledger(out: string, rows: string) {
  const entries = ledgerEntries({
    seed: wholeNumber('--seed', values.seed, 0, 2 ** 31 - 1),
    rows: wholeNumber('--rows', rows, 1, 99_999_999),
    duplicateRate: share('--duplicates', values.duplicates),
    dirt: oneOf('--dirt', values.dirt, Object.keys(DIRT_LEVELS) as DirtLevel[]),
  })
  const headings = oneOf('--headings', values.headings, ['external', 'japanese'])
  const truth = values.truth === undefined ? {} : { truth: values.truth }
  if (out.endsWith('.xlsx')) return await writeLedgerXlsx(out, entries, { headings, ...truth })
  const encoding = oneOf('--encoding', values.encoding, ['utf8', 'utf8-bom', 'cp932'])
  const { lost, ...counts } = await writeLedgerCsv(out, entries, {
    encoding,
    headings,
    onLost: oneOf('--on-lost', values['on-lost'], ['geta', 'refuse']),
    ...truth,
  })
  return { ...counts, firstLost: lost.slice(0, 3) }
}

/** Writes the files of one reconciliation: open claims, learned names, deposits of the last days, truth. */
async function reconcile(out: string, receivables: string) {
  const count = wholeNumber('--receivables', receivables, 1, 10_000_000)
  const tenth = String(Math.max(1, Math.floor(count / 10)))
  const options = {
    seed: wholeNumber('--seed', values.seed, 0, 2 ** 31 - 1),
    clients: wholeNumber('--clients', values.clients ?? tenth, 1, 4_000_000),
    debtors: wholeNumber('--debtors', values.debtors ?? tenth, 1, 4_000_000),
    receivables: count,
    today: isoDay('--today', values.today),
  }
  return await writeReconcileFiles(out, options, wholeNumber('--days', values.days, 1, 400))
}

async function main() {
  if (values.out !== undefined && positionals[0] === 'ledger' && values.rows !== undefined)
    return await ledger(values.out, values.rows)
  if (values.out !== undefined && positionals[0] === 'reconcile' && values.receivables !== undefined)
    return await reconcile(values.out, values.receivables)
  throw new Error(USAGE)
}

function isoDay(option: string, text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new Error(`${option} ${text}: give a date YYYY-MM-DD`)
  return text
}

function wholeNumber(option: string, text: string, low: number, high: number): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < low || value > high)
    throw new Error(`${option} ${text}: give a whole number ${low}–${high}`)
  return value
}

function share(option: string, text: string): number {
  const value = Number(text)
  if (!(value >= 0 && value <= 0.9)) throw new Error(`${option} ${text}: give a share 0–0.9`)
  return value
}

function oneOf<const T extends string>(option: string, text: string, choices: readonly T[]): T {
  const found = choices.find(choice => choice === text)
  if (found === undefined) throw new Error(`${option} ${text}: choose one of ${choices.join(', ')}`)
  return found
}

try {
  const started = performance.now()
  const written = await main()
  const seconds = Number(((performance.now() - started) / 1000).toFixed(2))
  const peakMiB = Math.round(process.resourceUsage().maxRSS / 1024)
  console.log(JSON.stringify({ out: values.out, ...written, seconds, peakMiB }))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 2
}
