import {
  approveReceivableCommand,
  endOfferCommand,
  hindrancesToDeal,
  judgeDuplicateCommand,
  offerReceivableCommand,
  purchaseReceivablesCommand,
  recordNoticeCommand,
  recordNoticeOutcomeCommand,
  verifyReceivableCommand,
} from '../../business/receivables/index.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { DemoPurchase, DemoReceivable } from './data/demo-types.ts'
import type { Seeding } from './seed.ts'
import type { ExecutedContracts } from './seed-contracts.ts'
import { filePdf } from './seed-document.ts'
import { inParallel } from './seed-parties.ts'

const AT_ONCE = 10

export interface SeededDeals {
  /** Ids of claims and purchases by the demo's keys. */
  claims: Map<string, Id>
  purchases: Map<string, Id>
}

/**
 * The claims that are on the books or the desks today; what was settled long ago, withdrawn, or ended by steps of collection is left
 * out, so that the first start stays short.
 */
export function seededClaims(seeding: Pick<Seeding, 'demo'>): DemoReceivable[] {
  const past = ['settled', 'collected', 'withdrawn', 'written_off', 'repurchased']
  return seeding.demo.receivables.filter(claim => !past.includes(claim.state))
}

/** Offers, checks, approvals and purchases, client by client in the order of their days. */
export async function seedReceivables(seeding: Seeding, contracts: ExecutedContracts): Promise<SeededDeals> {
  const deals: SeededDeals = { claims: new Map(), purchases: new Map() }
  const claims = seededClaims(seeding).toSorted((a, b) => a.steps[0]!.on.localeCompare(b.steps[0]!.on))
  const first = claims.filter(claim => claim.sameClaimAs === null)
  await inParallel([...new Set(first.map(claim => claim.client))], AT_ONCE, async client => {
    const own = first.filter(claim => claim.client === client)
    for (const claim of own) await seedClaim(seeding, contracts, deals, claim)
    for (const purchase of seeding.demo.purchases.filter(one => one.client === client))
      await seedPurchase(seeding, deals, purchase, own)
  })
  return deals
}

/** Claims that are on our books already, offered once more under another spelling after the money had left. */
export async function seedRepeatedOffers(
  seeding: Seeding,
  contracts: ExecutedContracts,
  deals: SeededDeals,
): Promise<void> {
  for (const again of seededClaims(seeding).filter(claim => claim.sameClaimAs !== null))
    await offer(seeding, contracts, deals, again)
}

async function seedClaim(
  seeding: Seeding,
  contracts: ExecutedContracts,
  deals: SeededDeals,
  claim: DemoReceivable,
): Promise<void> {
  const offered = await offer(seeding, contracts, deals, claim)
  if (offered.duplicateResult !== 'clear') await judgedDifferent(seeding, claim, offered.id)
  for (const step of claim.steps) {
    const day = seeding.on(step.on)
    const input = { receivableId: offered.id }
    const key = `${step.to}-${claim.key}`
    if (step.to === 'verified')
      await day.run(
        'reviewer',
        verifyReceivableCommand,
        { ...input, assignmentRestriction: 'none', setOffRisk: 'low' },
        key,
      )
    if (step.to === 'approved')
      await day.runByTwo(
        'approver',
        'compliance',
        approveReceivableCommand,
        { ...input, change: { reasonCode: 'review', reasonText: '稟議のとおり承認' } },
        key,
      )
    if (step.to === 'rejected' || step.to === 'lapsed')
      await day.run('reviewer', endOfferCommand, { ...input, to: step.to, reason: step.reason }, key)
  }
}

async function offer(
  seeding: Seeding,
  contracts: ExecutedContracts,
  deals: SeededDeals,
  claim: DemoReceivable,
): Promise<{ id: Id; duplicateResult: string }> {
  const day = seeding.on(claim.steps[0]!.on)
  const clientId = seeding.parties.get(claim.client)!
  const debtor = seeding.demo.parties.find(party => party.key === claim.debtor)!
  // The same claim offered by the same client is refused outright; a branch number makes it the suspicion people must judge.
  const isRepeated = claim.sameClaimAs?.startsWith(claim.client) ?? false
  const invoiceNo = isRepeated ? `${claim.invoiceNo}-2` : claim.invoiceNo
  const invoice = await filePdf(day, 'sales', {
    key: `invoice-${claim.key}`,
    partyId: clientId,
    docKind: 'invoice',
    title: `請求書 ${invoiceNo}`,
    lines: [
      `${debtor.legalName}　御中`,
      `金額　${claim.faceYen.toLocaleString('ja-JP')}円（うち消費税 ${claim.taxYen.toLocaleString('ja-JP')}円）`,
      `発行日　${claim.issuedOn}　支払期日　${claim.dueOn}`,
    ],
    transactionDate: claim.issuedOn,
    amountYen: claim.faceYen,
    counterparty: debtor.legalName,
  })
  const offered: { id: Id; duplicateResult: string } = await day.run(
    'sales',
    offerReceivableCommand,
    {
      clientId,
      debtorId: seeding.parties.get(claim.debtor),
      receivableKind: claim.receivableKind,
      invoiceNo,
      issuedOn: claim.issuedOn,
      dueOn: claim.dueOn,
      faceYen: claim.faceYen,
      contractId: contracts.get(claim.client),
      documentIds: [invoice],
    },
    `offer-${claim.key}`,
  )
  deals.claims.set(claim.key, offered.id)
  return offered
}

/** Two invoices of one month over like amounts look alike; they are not the same. */
async function judgedDifferent(seeding: Seeding, claim: DemoReceivable, receivableId: Id): Promise<void> {
  await seeding.on(claim.steps[0]!.on).runByTwo(
    'reviewer',
    'approver',
    judgeDuplicateCommand,
    {
      receivableId,
      verdict: 'different',
      change: { reasonCode: 'review', reasonText: '納品書を突合し、別の取引と確認' },
    },
    `judge-${claim.key}`,
  )
}

async function seedPurchase(
  seeding: Seeding,
  deals: SeededDeals,
  purchase: DemoPurchase,
  own: readonly DemoReceivable[],
): Promise<void> {
  const bought = own.filter(claim => purchase.receivables.includes(claim.key))
  if (bought.length === 0) return
  const day = seeding.on(purchase.purchasedOn)
  if (!(await mayBeBought(day, purchase, bought))) return
  const receivableIds = bought.map(claim => deals.claims.get(claim.key))
  const answer: { id: Id } = await day.run(
    'operations',
    purchaseReceivablesCommand,
    { receivableIds },
    purchase.key,
  )
  deals.purchases.set(purchase.key, answer.id)
  for (const claim of bought) await seedNotice(seeding, deals, claim)
}

/** Clients whose identity or screening stands open keep their claims approved and unbought, as on any other day. */
async function mayBeBought(
  seeding: Seeding,
  purchase: DemoPurchase,
  bought: readonly DemoReceivable[],
): Promise<boolean> {
  const clientId = seeding.parties.get(purchase.client)!
  const debtorIds = [...new Set(bought.map(claim => seeding.parties.get(claim.debtor)!))]
  const reasons = await seeding.look(context => hindrancesToDeal(context, { clientId, debtorIds }))
  return reasons.length === 0
}

/** Three-party deals: the debtor was told the next bank day. */
async function seedNotice(seeding: Seeding, deals: SeededDeals, claim: DemoReceivable): Promise<void> {
  const on = claim.noticeDeliveredOn
  if (on === null || on > seeding.demo.today) return
  const day = seeding.on(on)
  const debtor = seeding.demo.parties.find(party => party.key === claim.debtor)!
  const notice: { id: Id } = await day.run(
    'operations',
    recordNoticeCommand,
    {
      receivableId: deals.claims.get(claim.key),
      noticeKind: 'assignment_notice',
      method: 'content_certified',
      sentTo: debtor.legalName,
      sentOn: claim.steps.at(-1)!.on,
    },
    `notice-${claim.key}`,
  )
  await day.run(
    'operations',
    recordNoticeOutcomeCommand,
    { noticeId: notice.id, outcome: 'delivered', on, deliveredTo: '経理部' },
    `notice-delivered-${claim.key}`,
  )
}
