import { matchLedger } from '../src/business/matching/engine/index.ts'
import { pairQuality } from '../src/business/matching/engine/testing/measure.ts'
import { generateLedger, type LedgerRow } from './generate/ledger.ts'
import { trapLedger } from './generate/trap-ledger.ts'

type Marked = { row: LedgerRow; entity: number; marks: readonly string[] }

/** Ledgers by other hands than the engine's own generator, with what was done to each row. */
export const MARKED_LEDGERS: Readonly<Record<string, (rows: number, seed: number) => Marked[]>> = {
  traps: (rows, seed) => trapLedger({ seed, rows }),
  'traps-no-number': (rows, seed) => trapLedger({ seed, rows, numbers: 'none' }),
  office: (rows, seed) => officeLedger(rows, seed, 'normal'),
  'office-heavy': (rows, seed) => officeLedger(rows, seed, 'heavy'),
}

function officeLedger(rows: number, seed: number, dirt: 'normal' | 'heavy'): Marked[] {
  const { rows: typed, truth } = generateLedger({ seed, rows, dirt, duplicateRate: 0.4 })
  return typed.map((row, k) => {
    const { entity, marks, number } = truth[k]!
    return { row, entity, marks: [...new Set([...marks, `number_${number}`])] }
  })
}

/** Quality of one marked ledger: all pairs, and for each kind of dirt the pairs of which a row carries it. */
export function matchByKind(ledger: string, rows: number, seed: number): Record<string, unknown> {
  const marked = MARKED_LEDGERS[ledger]!(rows, seed)
  const started = process.hrtime.bigint()
  const { clusters, report } = matchLedger(marked.map(each => each.row))
  const seconds = Number((Number(process.hrtime.bigint() - started) / 1e9).toFixed(2))
  const found = clusters.map(row => row.cluster)
  const truth = marked.map(each => each.entity)
  const { precision, recall, f1 } = pairQuality(found, truth)
  const kinds = qualityByKind(
    found,
    truth,
    marked.map(each => each.marks),
  )
  const figure = (value: number) => Number(value.toFixed(5))
  return {
    ledger,
    rows: marked.length,
    seconds,
    humanDecisions: report.reviewPairs,
    precision: figure(precision),
    recall: figure(recall),
    f1: figure(f1),
    kinds,
  }
}

type Count = { truePairs: number; foundPairs: number; correct: number }

function qualityByKind(
  found: readonly (string | number)[],
  truth: readonly (string | number)[],
  marks: readonly (readonly string[])[],
): Record<string, string> {
  const counts = new Map<string, Count>()
  const note = (groups: readonly (string | number)[], column: 'truePairs' | 'foundPairs') => {
    for (const [a, b] of pairsWithin(groups)) {
      const both = found[a] === found[b] && truth[a] === truth[b]
      for (const kind of new Set([...marks[a]!, ...marks[b]!])) {
        const count = counts.get(kind) ?? { truePairs: 0, foundPairs: 0, correct: 0 }
        count[column]++
        if (both && column === 'truePairs') count.correct++
        counts.set(kind, count)
      }
    }
  }
  note(truth, 'truePairs')
  note(found, 'foundPairs')
  const share = (part: number, whole: number) => (whole === 0 ? '–' : (part / whole).toFixed(3))
  return Object.fromEntries(
    [...counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([kind, { truePairs, foundPairs, correct }]) => [
        kind,
        `${truePairs} pairs, precision ${share(correct, foundPairs)}, recall ${share(correct, truePairs)}`,
      ]),
  )
}

function* pairsWithin(groups: readonly (string | number)[]): Generator<[number, number]> {
  const rows = new Map<string | number, number[]>()
  groups.forEach((group, row) => {
    const members = rows.get(group)
    if (members === undefined) rows.set(group, [row])
    else members.push(row)
  })
  for (const members of rows.values())
    for (let a = 1; a < members.length; a++) for (let b = 0; b < a; b++) yield [members[b]!, members[a]!]
}
