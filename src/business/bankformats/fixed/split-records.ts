import { type FormatProblem, MAX_PROBLEMS, problem } from '../problem.ts'
import { fieldAt, type Layout } from './layout.ts'
import { isUtf8WithKana } from './utf8-trace.ts'

const CR = 0x0d
const LF = 0x0a
const CTRL_Z = 0x1a

/** First bytes of the records, or why the file does not fall into records. */
export type SplitFile = { ok: true; starts: number[] } | { ok: false; problems: FormatProblem[] }

/**
 * Cuts a fixed-length file into records of `length` bytes, with CR, LF, CRLF or nothing between them; line ends and a Ctrl-Z at the
 * end of the file are dropped. `layoutOf` names the layout of a record by its first byte, so that a refusal can name the field.
 */
export function splitRecords(
  bytes: Uint8Array,
  length: number,
  layoutOf: (type: number) => Layout | null,
): SplitFile {
  const end = contentEnd(bytes)
  if (end === 0)
    return refuse([
      problem(
        {},
        'ファイル',
        'file_must_not_be_empty',
        'ファイルが空です。',
        '銀行からもう一度取得してください。',
      ),
    ])
  const separated = bytes.subarray(0, end).includes(LF) || bytes.subarray(0, end).includes(CR)
  const starts: number[] = []
  const problems: FormatProblem[] = []
  for (const [start, stop] of separated ? lines(bytes, end) : evenPieces(end, length)) {
    starts.push(start)
    if (stop - start === length) continue
    problems.push(
      lengthProblem(bytes, { start, size: stop - start, record: starts.length }, length, layoutOf),
    )
    // A hostile file of millions of short lines must not be taken apart to the end.
    if (problems.length >= MAX_PROBLEMS) break
  }
  return problems.length > 0 ? refuse(problems) : { ok: true, starts }
}

function lengthProblem(
  bytes: Uint8Array,
  piece: { start: number; size: number; record: number },
  length: number,
  layoutOf: (type: number) => Layout | null,
): FormatProblem {
  const at = Math.min(piece.size, length)
  const of = layoutOf(bytes[piece.start] ?? 0)
  const field = of === null ? 'レコード' : fieldAt(of, at).label
  const message = `${piece.record}件目のレコードは${piece.size}バイトです（${length}バイト必要）。`
  const remedy = isUtf8WithKana(bytes)
    ? 'ファイルがUTF-8で保存し直されています。銀行から取得したままのファイルを使ってください。'
    : '途中で切れているか、表計算やエディタで保存し直されています。銀行から取得したままのファイルを使ってください。'
  return problem({ record: piece.record, column: at + 1 }, field, 'record_length_must_match', message, remedy)
}

function contentEnd(bytes: Uint8Array): number {
  let end = bytes.length
  while (end > 0 && (bytes[end - 1] === LF || bytes[end - 1] === CR || bytes[end - 1] === CTRL_Z)) end--
  return end
}

function* evenPieces(end: number, length: number): Generator<[number, number]> {
  for (let start = 0; start < end; start += length) yield [start, Math.min(end, start + length)]
}

function* lines(bytes: Uint8Array, end: number): Generator<[number, number]> {
  let start = 0
  for (let i = 0; i < end; i++) {
    const byte = bytes[i]
    if (byte !== LF && byte !== CR) continue
    yield [start, i]
    if (byte === CR && bytes[i + 1] === LF) i++
    start = i + 1
  }
  yield [start, end]
}

function refuse(problems: FormatProblem[]): SplitFile {
  return { ok: false, problems }
}
