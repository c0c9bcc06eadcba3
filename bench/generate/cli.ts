import { parseArgs } from 'node:util'
import { DIRT_LEVELS, type DirtLevel } from './dirt.ts'
import { ledgerEntries } from './ledger.ts'
import { writeLedgerCsv, writeLedgerXlsx } from './ledger-files.ts'

const USAGE = `usage: node bin/run.mjs bench/generate/cli.ts ledger --rows N --out FILE.csv|FILE.xlsx
         [--seed 7] [--truth truth.csv] [--duplicates 0.2] [--dirt ${Object.keys(DIRT_LEVELS).join('|')}]
         [--encoding utf8|utf8-bom|cp932] [--headings external|japanese] [--on-lost geta|refuse]`

/** Writes a dirty ledger of any size, and its truth beside it; prints one JSON line of what was written. */
async function main(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
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
    },
  })
  if (positionals[0] !== 'ledger' || values.rows === undefined || values.out === undefined)
    throw new Error(USAGE)
  const entries = ledgerEntries({
    seed: wholeNumber('--seed', values.seed, 0, 2 ** 31 - 1),
    rows: wholeNumber('--rows', values.rows, 1, 99_999_999),
    duplicateRate: share('--duplicates', values.duplicates),
    dirt: oneOf('--dirt', values.dirt, Object.keys(DIRT_LEVELS) as DirtLevel[]),
  })
  const headings = oneOf('--headings', values.headings, ['external', 'japanese'])
  const truth = values.truth === undefined ? {} : { truth: values.truth }
  const started = performance.now()
  const written = values.out.endsWith('.xlsx')
    ? await writeLedgerXlsx(values.out, entries, { headings, ...truth })
    : await writeLedgerCsv(values.out, entries, {
        encoding: oneOf('--encoding', values.encoding, ['utf8', 'utf8-bom', 'cp932']),
        headings,
        onLost: oneOf('--on-lost', values['on-lost'], ['geta', 'refuse']),
        ...truth,
      })
  const seconds = (performance.now() - started) / 1000
  const peakMiB = Math.round(process.resourceUsage().maxRSS / 1024)
  const { lost, ...counts } = written
  console.log(
    JSON.stringify({
      out: values.out,
      ...counts,
      firstLost: lost.slice(0, 3),
      seconds: Number(seconds.toFixed(2)),
      peakMiB,
    }),
  )
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
  await main(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 2
}
