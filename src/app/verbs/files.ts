import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { isLineKind, LINE_KINDS, normalizeLine } from '../../business/names/index.ts'

/** `normalize KIND < lines > jsonl`. */
export async function normalize(args: string[]): Promise<void> {
  const kind = args[0] ?? ''
  if (!isLineKind(kind)) throw new Error(`usage: daicho normalize ${LINE_KINDS.join('|')} < lines > jsonl`)
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    const ready = process.stdout.write(`${JSON.stringify(normalizeLine(kind, line))}\n`)
    if (!ready) await new Promise(resume => process.stdout.once('drain', resume))
  }
}

/** `match LEDGER.csv --out clusters.csv [--pairs pairs.csv]`. */
export async function match(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { out: { type: 'string' }, pairs: { type: 'string' } },
  })
  const ledgerFile = positionals[0]
  if (!ledgerFile || !values.out)
    throw new Error('usage: daicho match LEDGER.csv --out clusters.csv [--pairs pairs.csv]')
  const { runMatch } = await import('../../business/matching/index.ts')
  const report = await runMatch({
    ledgerFile,
    outFile: values.out,
    ...(values.pairs ? { pairsFile: values.pairs } : {}),
    onProgress,
  })
  process.stdout.write(`${JSON.stringify(report)}\n`)
}

/** `screen --lists DIR --subjects subjects.csv --out hits.csv`. */
export async function screen(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { lists: { type: 'string' }, subjects: { type: 'string' }, out: { type: 'string' } },
  })
  if (!values.lists || !values.subjects || !values.out)
    throw new Error('usage: daicho screen --lists DIR --subjects subjects.csv --out hits.csv')
  const { runScreen } = await import('../../business/screening/engine/index.ts')
  const report = await runScreen({
    listsDir: values.lists,
    subjectsFile: values.subjects,
    outFile: values.out,
    onProgress,
  })
  process.stdout.write(`${JSON.stringify(report)}\n`)
}

/** `reconcile --receivables r.csv --payers p.csv --deposits d.csv --out matches.csv`. */
export async function reconcile(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      receivables: { type: 'string' },
      payers: { type: 'string' },
      deposits: { type: 'string' },
      out: { type: 'string' },
    },
  })
  const { receivables, payers, deposits, out } = values
  if (!receivables || !payers || !deposits || !out)
    throw new Error(
      'usage: daicho reconcile --receivables r.csv --payers p.csv --deposits d.csv --out matches.csv',
    )
  const { runReconcile } = await import('../../business/reconciliation/engine/index.ts')
  const report = await runReconcile({
    receivablesFile: receivables,
    payersFile: payers,
    depositsFile: deposits,
    outFile: out,
  })
  process.stdout.write(`${JSON.stringify(report)}\n`)
}

function onProgress(step: { done: number; total: number; what?: string } | string): void {
  if (!process.stderr.isTTY) return
  const text =
    typeof step === 'string'
      ? step
      : `${step.what ?? ''} ${step.done.toLocaleString('en')} / ${step.total.toLocaleString('en')}`
  process.stderr.write(`\r\u001b[K${text}`)
}
