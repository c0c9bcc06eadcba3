import { BLOCK, type Block, bookBlock, bookClient, bookDebtor } from './book-block.ts'
import { blockDeposits, type DepositEntry } from './book-deposits.ts'
import type { Book, BookOptions, BookReceivable } from './book-types.ts'

/** A whole book in memory: clients, debtors, claims, purchases, deposits and what each deposit pays. */
export function generateBook(options: BookOptions): Book {
  const book: Book = {
    clients: Array.from({ length: options.clients }, (_, number) =>
      bookClient(options.seed, number, options.today),
    ),
    debtors: Array.from({ length: options.debtors }, (_, number) => bookDebtor(options.seed, number)),
    receivables: [],
    purchases: [],
    deposits: [],
    depositTruth: [],
  }
  for (const { block, deposits } of bookBlocks(options)) {
    for (const claim of block.claims) book.receivables.push(receivableOf(claim))
    if (block.purchase !== null) book.purchases.push(block.purchase)
    for (const { deposit, truth } of deposits) {
      book.deposits.push(deposit)
      book.depositTruth.push(truth)
    }
  }
  return book
}

/** Block by block (three claims each), for sizes which do not fit in memory. */
export function* bookBlocks(options: BookOptions): Generator<{ block: Block; deposits: DepositEntry[] }> {
  const blocks = Math.ceil(options.receivables / BLOCK)
  for (let at = 0; at < blocks; at++) {
    const block = bookBlock(options, at)
    yield { block, deposits: blockDeposits(options, block, at) }
  }
}

/** The claim as the ledger knows it, without what is going to happen. */
export function receivableOf(claim: Block['claims'][number]): BookReceivable {
  const { outcome: _outcome, paidOn: _paidOn, ...receivable } = claim
  return receivable
}
