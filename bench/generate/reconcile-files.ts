import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import type { IsoDate } from '../../src/platform/dates/iso-date.ts'
import { bookBlocks } from './book.ts'
import { type Block, bookDebtor } from './book-block.ts'
import { type DepositEntry, payerSide, virtualAccountOf } from './book-deposits.ts'
import type { BookOptions, BookParty } from './book-types.ts'
import { addDays } from './calendar.ts'

export const RECEIVABLE_COLUMNS =
  'receivable_id,payer_id,payer_name_kana,payer_virtual_account,invoice_number,amount,issued_on,due_on'
export const PAYER_COLUMNS = 'payer_id,sender_kana,bank_code,branch_code,confirmed_count'
export const DEPOSIT_COLUMNS =
  'deposit_id,deposited_on,amount,sender_kana,bank_code,branch_code,virtual_account,edi'
export const TRUTH_COLUMNS = 'deposit_id,receivable_id,amount,kind'

/** The lines of the four files of one reconciliation, without headings. */
export type ReconcileSet = { receivables: string[]; payers: string[]; deposits: string[]; truth: string[] }

/**
 * The claims open at `fromOn` or bought since, the deposits from then to `today`, the sender names learned
 * before, and the truth. Amounts of truth are what the claim is settled by, a deducted transfer fee included.
 */
export function reconcileSet(options: BookOptions, fromOn: IsoDate): ReconcileSet {
  const set: ReconcileSet = { receivables: [], payers: [], deposits: [], truth: [] }
  const learned = new Map<string, number>()
  for (const { block, deposits } of bookBlocks(options)) {
    addReceivables(set, options, block, deposits, fromOn)
    for (const entry of deposits) addDeposit(set, learned, block, entry, fromOn)
  }
  for (const [alias, count] of learned) set.payers.push(`${alias},${count}`)
  return set
}

/** Writes receivables.csv, payers.csv, deposits.csv and truth.csv into a folder; answers the counts. */
export async function writeReconcileFiles(
  folder: string,
  options: BookOptions,
  days: number,
): Promise<Record<string, number>> {
  const set = reconcileSet(options, addDays(options.today, -days))
  await mkdir(folder, { recursive: true })
  await writeLines(join(folder, 'receivables.csv'), RECEIVABLE_COLUMNS, set.receivables)
  await writeLines(join(folder, 'payers.csv'), PAYER_COLUMNS, set.payers)
  await writeLines(join(folder, 'deposits.csv'), DEPOSIT_COLUMNS, set.deposits)
  await writeLines(join(folder, 'truth.csv'), TRUTH_COLUMNS, set.truth)
  return {
    receivables: set.receivables.length,
    payers: set.payers.length,
    deposits: set.deposits.length,
    truth: set.truth.length,
  }
}

function addReceivables(
  set: ReconcileSet,
  options: BookOptions,
  block: Block,
  deposits: DepositEntry[],
  fromOn: IsoDate,
): void {
  if (block.purchase === null) return
  for (const claim of block.claims.filter(one => one.purchaseNo !== null)) {
    const before = deposits
      .filter(entry => entry.deposit.depositedOn < fromOn)
      .flatMap(entry => entry.truth.parts.filter(part => part.receivableNo === claim.receivableNo))
      .reduce((sum, part) => sum + part.amountYen, 0)
    const open = claim.purchasedYen - before
    if (open <= 0 || claim.state === 'written_off') continue
    const payer = payerSide(block) === 'client' ? block.client : bookDebtor(options.seed, claim.debtor)
    set.receivables.push(
      [
        claim.receivableNo,
        payerId(payer, payerSide(block)),
        payer.company.legalNameKana,
        virtualAccountOf(payer, payerSide(block)) ?? '',
        claim.invoiceNo,
        open,
        claim.issuedOn,
        claim.payableOn,
      ].join(','),
    )
  }
}

function addDeposit(
  set: ReconcileSet,
  learned: Map<string, number>,
  block: Block,
  { deposit, truth }: DepositEntry,
  fromOn: IsoDate,
): void {
  if (deposit.depositedOn < fromOn) {
    const claim = block.claims.find(one => one.receivableNo === truth.parts[0]?.receivableNo)
    if (claim === undefined) return
    const side = payerSide(block)
    const number = side === 'client' ? claim.client : claim.debtor
    const alias = [
      `${side === 'client' ? 'C' : 'B'}${number}`,
      quoted(deposit.senderKana),
      deposit.bankCode,
      deposit.branchCode,
    ].join(',')
    learned.set(alias, (learned.get(alias) ?? 0) + 1)
    return
  }
  set.deposits.push(
    [
      deposit.depositId,
      deposit.depositedOn,
      deposit.amountYen,
      quoted(deposit.senderKana),
      deposit.bankCode,
      deposit.branchCode,
      deposit.virtualAccount ?? '',
      deposit.edi,
    ].join(','),
  )
  if (truth.parts.length === 0) set.truth.push(`${deposit.depositId},,,${truth.kind}`)
  for (const part of truth.parts)
    set.truth.push(`${deposit.depositId},${part.receivableNo},${part.amountYen},${truth.kind}`)
}

function payerId(payer: BookParty, side: 'client' | 'debtor'): string {
  return `${side === 'client' ? 'C' : 'B'}${payer.number}`
}

function quoted(cell: string): string {
  return cell.includes(',') ? `"${cell}"` : cell
}

async function writeLines(path: string, heading: string, lines: readonly string[]): Promise<void> {
  const stream = createWriteStream(path)
  stream.write(`${heading}\r\n`)
  for (let at = 0; at < lines.length; at += 10_000)
    stream.write(`${lines.slice(at, at + 10_000).join('\r\n')}\r\n`)
  stream.end()
  await finished(stream)
}
