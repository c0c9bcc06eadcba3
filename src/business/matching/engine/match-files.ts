/** Writes clusters.csv and pairs.csv beside their targets and renames both at the end. Source: batch-files.md. */
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { ALONE, type Clusters, RENAMED } from './clusters.ts'
import { csvCell } from './csv-cell.ts'
import { ruleNames } from './explain.ts'
import { RENAMED_SCORE, smallestIds } from './match-ledger.ts'
import type { ScoredPairs } from './pair-scan.ts'
import { decide, type Frequencies, probability } from './score.ts'
import type { WeightTable } from './weights.ts'

export type MatchFilesInput = {
  outFile: string
  pairsFile?: string
  /** Ids in ledger order, and which ledger row each row of the store is. */
  ids: readonly string[]
  order: Uint32Array
  clusters: Clusters
  pairs: ScoredPairs
  frequencies: Frequencies
  weights: WeightTable
}

/** Writes the files; on any failure no target is touched. */
export async function writeMatchFiles(input: MatchFilesInput) {
  const suffix = `.${process.pid}.partial`
  const targets = [input.outFile, ...(input.pairsFile === undefined ? [] : [input.pairsFile])]
  try {
    const clusters = await writeLines(input.outFile + suffix, clusterLines(input))
    if (input.pairsFile !== undefined) await writeLines(input.pairsFile + suffix, pairLines(input))
    for (const target of targets) await rename(target + suffix, target)
    return { clusters, ...countDecisions(input.pairs) }
  } catch (error) {
    for (const target of targets) await rm(target + suffix, { force: true })
    throw error
  }
}

function countDecisions(pairs: ScoredPairs) {
  let samePairs = 0
  for (let k = 0; k < pairs.count; k++) if (decide(pairs.levels[k]!, pairs.bits[k]!) === 'same') samePairs++
  return { samePairs, reviewPairs: pairs.count - samePairs }
}

function* clusterLines(input: MatchFilesInput): Generator<string, number> {
  const { ids, order, clusters, pairs, frequencies, weights } = input
  const smallest = smallestIds(clusters.root, row => ids[order[row]!]!)
  const rowOf = new Uint32Array(order.length)
  for (let row = 0; row < order.length; row++) rowOf[order[row]!] = row
  yield 'id,cluster,score,reasons\n'
  for (let at = 0; at < ids.length; at++) {
    const row = rowOf[at]!
    const k = clusters.link[row]!
    const cluster = csvCell(smallest.get(clusters.root[row]!)!)
    const id = csvCell(ids[at]!)
    if (k === ALONE) yield `${id},${cluster},1,\n`
    else if (k === RENAMED) yield `${id},${cluster},${RENAMED_SCORE},renamed_at_the_same_address\n`
    else {
      const score = probability(pairs.levels[k]!, pairs.bits[k]!).toFixed(4)
      const reasons = ruleNames(pairs.levels[k]!, pairs.a[k]!, pairs.b[k]!, frequencies, weights).join(';')
      yield `${id},${cluster},${score},${reasons}\n`
    }
  }
  return smallest.size
}

function* pairLines(input: MatchFilesInput): Generator<string, number> {
  const { ids, order, pairs, frequencies, weights } = input
  yield 'id_a,id_b,score,decision,reasons\n'
  for (let k = 0; k < pairs.count; k++) {
    const [a, b, levels, bits] = [pairs.a[k]!, pairs.b[k]!, pairs.levels[k]!, pairs.bits[k]!]
    const score = probability(levels, bits).toFixed(4)
    const reasons = ruleNames(levels, a, b, frequencies, weights).join(';')
    const [first, second] = order[a]! < order[b]! ? [order[a]!, order[b]!] : [order[b]!, order[a]!]
    yield `${csvCell(ids[first]!)},${csvCell(ids[second]!)},${score},${decide(levels, bits)},${reasons}\n`
  }
  return pairs.count
}

const BUFFER_CHARACTERS = 1 << 20

async function writeLines(file: string, lines: Generator<string, number>): Promise<number> {
  let handle: FileHandle | null = null
  try {
    handle = await open(file, 'w')
    let buffer = ''
    for (;;) {
      const line = lines.next()
      if (line.done === true) {
        await handle.write(buffer)
        await handle.sync()
        return line.value
      }
      buffer += line.value
      if (buffer.length < BUFFER_CHARACTERS) continue
      await handle.write(buffer)
      buffer = ''
    }
  } finally {
    await handle?.close()
  }
}
