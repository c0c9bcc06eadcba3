/** A thread of `runMatch`: reads a chunk of the file into features, or scores slices of pairs. */
import { parentPort } from 'node:worker_threads'
import { type FeatureStore, packFeatures, type RowFeatures } from './feature-store.ts'
import { rowFeatures } from './features.ts'
import {
  decodeRecords,
  type Encoding,
  type Header,
  LedgerFileError,
  readRecords,
  rowFromCells,
} from './ledger-csv.ts'
import { type ScanInput, type ScoredPairs, scanPairs } from './pair-scan.ts'

export type ChunkTask = {
  kind: 'chunk'
  bytes: Uint8Array<ArrayBuffer>
  encoding: Encoding
  header: Header
  file: string
  firstLine: number
}
export type ScanTask = { kind: 'scan' } & ScanInput
export type WorkerTask = ChunkTask | ScanTask

export type ChunkResult = { store: FeatureStore; ids: string[]; lines: Uint32Array }
export type ScanResult = { pairs: ScoredPairs; compared: number }
export type WorkerAnswer =
  | { ok: true; result: ChunkResult | ScanResult }
  | { ok: false; file: string; line: number; column: number; message: string }

/** Features of one chunk of whole records. */
export function readChunk(task: ChunkTask): ChunkResult {
  const text = decodeRecords(task.bytes, task.encoding, task.file, task.firstLine)
  const features: RowFeatures[] = []
  const ids: string[] = []
  const lines: number[] = []
  readRecords(text, task.file, task.firstLine, (cells, line) => {
    const row = rowFromCells(cells, task.header, task.file, line)
    ids.push(row.id)
    lines.push(line)
    features.push(rowFeatures(row))
  })
  return { store: packFeatures(features), ids, lines: Uint32Array.from(lines) }
}

parentPort?.on('message', (task: WorkerTask) => parentPort?.postMessage(answer(task)))

function answer(task: WorkerTask): WorkerAnswer {
  try {
    return { ok: true, result: task.kind === 'chunk' ? readChunk(task) : scanPairs(task) }
  } catch (error) {
    if (!(error instanceof LedgerFileError)) throw error
    const { file, line, column, message } = error
    return { ok: false, file, line, column, message }
  }
}
