import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import {
  type LabelledBook,
  labelledBook,
  type Match,
  measure,
  runReconcile,
} from '../src/business/reconciliation/engine/index.ts'

const THIS_FILE = fileURLToPath(import.meta.url)

export type ReconcileBench = {
  claims: number
  /** Deposits. */
  rows: number
  seconds: number
  rowsPerSecond: number
  peakMiB: number
  autoPrecision: number
  autoShare: number
  proposedRecall: number
}

/**
 * 消込 from files to file in a process of its own: `--claims 200000 --seed 7`. The book is made up and labelled
 * (seed not used in tuning: 1–5); seconds and memory are those of reading, matching and writing. Quality
 * counts interchangeable claims as one.
 */
export async function bench(args: string[]): Promise<ReconcileBench> {
  const { values } = parseArgs({
    args,
    options: { claims: { type: 'string', default: '200000' }, seed: { type: 'string', default: '7' } },
  })
  const book = labelledBook(Number(values.seed), Number(values.claims))
  const folder = await mkdtemp(join(tmpdir(), 'daicho-reconcile-'))
  try {
    await writeBook(book, folder)
    const { seconds, peakMiB } = await runInChild(folder)
    const matches = readMatches(await readFile(join(folder, 'matches.csv'), 'utf8'))
    const { autoPrecision, autoShare, proposedRecall } = measure(book, matches)
    const rows = book.deposits.length
    return {
      claims: book.receivables.length,
      rows,
      seconds: round(seconds, 2),
      rowsPerSecond: Math.round(rows / seconds),
      peakMiB: Math.round(peakMiB),
      autoPrecision: round(autoPrecision, 6),
      autoShare: round(autoShare, 4),
      proposedRecall: round(proposedRecall, 4),
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function writeBook(book: LabelledBook, folder: string): Promise<void> {
  const receivables = book.receivables.map(row =>
    [
      row.receivableId,
      row.payerId,
      row.payerNameKana,
      row.payerVirtualAccount,
      row.invoiceNumber,
      row.amount,
      row.issuedOn,
      row.dueOn,
    ].join(),
  )
  const payers = book.payers.map(row =>
    [row.payerId, row.senderKana, row.bankCode, row.branchCode, row.confirmedCount].join(),
  )
  const deposits = book.deposits.map(row =>
    [
      row.depositId,
      row.depositedOn,
      row.amount,
      row.senderKana,
      row.bankCode,
      row.branchCode,
      row.virtualAccount,
      row.edi,
    ].join(),
  )
  const heading = {
    receivables:
      'receivable_id,payer_id,payer_name_kana,payer_virtual_account,invoice_number,amount,issued_on,due_on',
    payers: 'payer_id,sender_kana,bank_code,branch_code,confirmed_count',
    deposits: 'deposit_id,deposited_on,amount,sender_kana,bank_code,branch_code,virtual_account,edi',
  }
  await writeFile(join(folder, 'receivables.csv'), [heading.receivables, ...receivables, ''].join('\n'))
  await writeFile(join(folder, 'payers.csv'), [heading.payers, ...payers, ''].join('\n'))
  await writeFile(join(folder, 'deposits.csv'), [heading.deposits, ...deposits, ''].join('\n'))
}

function readMatches(text: string): { matches: Match[] } {
  const matches = new Map<string, Match>()
  for (const line of text.trim().split('\n').slice(1)) {
    const [depositId, receivableId, amount, status, score] = line.split(',') as [
      string,
      string,
      string,
      Match['status'],
      string,
    ]
    const known = matches.get(depositId)
    const allocation = { receivableId, amount: Number(amount) }
    if (known) known.allocations.push(allocation)
    else {
      const empty = { unallocatedYen: 0, reasons: [], alternatives: [] }
      matches.set(depositId, { depositId, status, score: Number(score), allocations: [allocation], ...empty })
    }
  }
  return { matches: [...matches.values()] }
}

/** A fresh process, so that neither the generator's memory nor its warm code counts. */
async function runInChild(folder: string): Promise<{ seconds: number; peakMiB: number }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', THIS_FILE, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  child.stdout.on('data', chunk => {
    printed += chunk
  })
  const code = await new Promise(resolve => child.on('close', resolve))
  if (code !== 0) throw new Error(`the reconciling process ended with ${code}`)
  return JSON.parse(printed)
}

async function runHere(folder: string): Promise<void> {
  const started = performance.now()
  await runReconcile({
    receivablesFile: join(folder, 'receivables.csv'),
    payersFile: join(folder, 'payers.csv'),
    depositsFile: join(folder, 'deposits.csv'),
    outFile: join(folder, 'matches.csv'),
  })
  const seconds = (performance.now() - started) / 1000
  process.stdout.write(JSON.stringify({ seconds, peakMiB: process.resourceUsage().maxRSS / 1024 }))
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}

if (process.argv[1] === THIS_FILE && process.argv[2]) await runHere(process.argv[2])
