import type pg from 'pg'
import { newId } from '../../src/platform/ids/uuid.ts'
import { bookBlocks } from '../generate/book.ts'
import type { Block } from '../generate/book-block.ts'
import { LOAD_SEED } from './companies.ts'
import { type Cell, copyRows, withoutIndexes } from './copy-rows.ts'

export interface ClaimsToLoad {
  /** Ids of the companies by index: even ones sell, odd ones owe. */
  partyIds: readonly string[]
  receivables: number
  staffId: string
  /** Company with index 0 gets so many more claims, as the largest client. */
  largest: number
}

const TODAY = '2026-11-20'

const RECEIVABLE =
  `id receivable_no client_id debtor_id contract_id receivable_kind invoice_no number_key number_tail issued_on due_on
  due_on_rolled payable_on face_yen assignment_restriction duplicate_result duplicate_checked_at state state_on purchase_id
  purchased_yen advance_yen reserve_yen fee_yen funded_on collected_yen registered_by registered_at`.split(
    /\s+/,
  )
const PURCHASE =
  `id client_id contract_id contract_version purchased_on purchased_yen advance_yen reserve_yen fee_yen price_yen
  charges charges_yen tax_yen net_yen journal_id purchased_by recorded_at`.split(/\s+/)

const BEFORE = ['offered', 'verifying', 'verified', 'approved', 'rejected', 'withdrawn'] as const
const AFTER = ['dunning', 'legal', 'written_off'] as const

/** Fills the book with claims and their purchases straight by COPY, triggers off. */
export async function loadClaims(client: pg.Client, wanted: ClaimsToLoad): Promise<void> {
  await client.query('set session_replication_role = replica')
  await withoutIndexes(client, ['receivable', 'purchase'], async () => {
    const purchases: Cell[][] = []
    await copyRows(client, 'receivable', RECEIVABLE, claimRows(wanted, purchases))
    await copyRows(client, 'purchase', PURCHASE, purchases)
  })
  await client.query('set session_replication_role = default')
  await client.query('vacuum analyze receivable')
  await client.query('vacuum analyze purchase')
}

function* claimRows(wanted: ClaimsToLoad, purchases: Cell[][]): Generator<Cell[]> {
  const { partyIds, receivables, largest } = wanted
  const half = Math.floor(partyIds.length / 2)
  const options = { seed: LOAD_SEED, clients: half, debtors: half, receivables, today: TODAY }
  let count = 0
  for (const { block } of bookBlocks(options)) {
    const purchase = purchaseCells(block, wanted)
    if (purchase) purchases.push(purchase)
    for (const claim of block.claims) {
      const isLargest = count < largest
      const clientId = isLargest ? partyIds[0]! : partyIds[claim.client * 2]!
      const debtorId = partyIds[claim.debtor * 2 + 1]!
      yield claimCells(claim, clientId, debtorId, purchase, wanted.staffId, ++count)
    }
  }
}

function purchaseCells(block: Block, { partyIds, staffId }: ClaimsToLoad): Cell[] | null {
  const bought = block.purchase
  if (!bought) return null
  return [
    newId(),
    partyIds[bought.client * 2]!,
    newId(),
    1,
    bought.purchasedOn,
    bought.purchasedYen,
    bought.advanceYen,
    bought.reserveYen,
    bought.feeYen,
    bought.purchasedYen - bought.feeYen,
    '[]',
    bought.chargesYen,
    bought.consumptionTaxYen,
    bought.netYen,
    newId(),
    staffId,
    `${bought.purchasedOn}T10:00:00+09:00`,
  ]
}

function claimCells(
  claim: Block['claims'][number],
  clientId: string,
  debtorId: string,
  purchase: Cell[] | null,
  staffId: string,
  count: number,
): Cell[] {
  const isBought = claim.purchaseNo !== null && purchase !== null
  const at = `${claim.offeredOn}T10:00:00+09:00`
  const key = `${claim.invoiceNo.normalize('NFKC').replace(/[^0-9A-Za-z]/g, '')}X${count}`
  return [
    newId(),
    `R-L-${count}`,
    clientId,
    debtorId,
    isBought ? purchase[2]! : null,
    claim.receivableKind,
    claim.invoiceNo.slice(0, 50),
    key,
    key.slice(-3),
    claim.issuedOn,
    claim.dueOn,
    claim.dueOnRolled,
    claim.payableOn,
    claim.faceYen,
    'none',
    'clear',
    at,
    stateOf(claim.state, isBought),
    claim.offeredOn,
    isBought ? purchase[0]! : null,
    isBought ? claim.purchasedYen : null,
    isBought ? claim.advanceYen : null,
    isBought ? claim.reserveYen : null,
    isBought ? claim.feeYen : null,
    isBought ? purchase[4]! : null,
    isBought ? claim.collectedYen : 0,
    staffId,
    at,
  ]
}

function stateOf(state: string, isBought: boolean): string {
  if (!isBought) return BEFORE.find(one => one === state) ?? 'approved'
  return AFTER.find(one => one === state) ?? (state === 'settled' ? 'closed' : 'purchased')
}
