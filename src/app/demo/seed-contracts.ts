import {
  draftContractCommand,
  executeContractCommand,
  moveContractCommand,
} from '../../business/contracts/index.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { DemoContract } from './data/demo-types.ts'
import type { Seeding } from './seed.ts'
import { filePdf } from './seed-document.ts'
import { inParallel } from './seed-parties.ts'

const AT_ONCE = 10

/** Ids of executed contracts by the client's key; each client of the demo has one. */
export type ExecutedContracts = ReadonlyMap<string, Id>

/** Master contracts, drafted, sent and executed by two people on the day they were signed. */
export async function seedContracts(seeding: Seeding): Promise<ExecutedContracts> {
  const executed = new Map<string, Id>()
  await inParallel(seeding.demo.contracts, AT_ONCE, async contract => {
    executed.set(contract.party, await seedContract(seeding.on(contract.executedOn), contract))
  })
  return executed
}

async function seedContract(seeding: Seeding, contract: DemoContract): Promise<Id> {
  const partyId = seeding.parties.get(contract.party)!
  const key = contract.contractNo
  const drafted: { id: Id } = await seeding.run(
    'sales',
    draftContractCommand,
    { partyId, contractKind: contract.contractKind, terms: termsOf(contract) },
    `contract-${key}`,
  )
  for (const to of ['internal_check', 'ready', 'sent'])
    await seeding.run(
      'operations',
      moveContractCommand,
      { contractId: drafted.id, to },
      `contract-${key}-${to}`,
    )
  const signed = await filePdf(seeding, 'operations', {
    key: `contract-${key}`,
    partyId,
    docKind: 'contract',
    title: '債権譲渡基本契約書',
    lines: [
      `締結日　${contract.executedOn}`,
      `掛目　${contract.advancePpm / 10_000}%　手数料　${contract.feePpm / 10_000}%`,
    ],
    transactionDate: contract.executedOn,
  })
  await seeding.runByTwo(
    'operations',
    'manager',
    executeContractCommand,
    {
      contractId: drafted.id,
      signedOn: contract.executedOn,
      effectiveOn: contract.executedOn,
      endsOn: contract.endsOn,
      signMethod: 'paper',
      change: { reasonCode: 'review', reasonText: '双方の記名押印を確認', evidence: [signed] },
    },
    `contract-${key}-executed`,
  )
  return drafted.id
}

function termsOf(contract: DemoContract) {
  const { legalKind, collectionRoute, advancePpm, feePpm, feeMinimumYen, remitBankDays, lateRatePpm } =
    contract
  return {
    legalKind,
    collectionRoute,
    receivableKinds: ['invoice', 'purchase_order', 'medical', 'care'],
    advancePpm,
    feePpm,
    feeMinimumYen,
    remitRule:
      collectionRoute === 'client_remits'
        ? { kind: 'days_after_due', days: remitBankDays, unit: 'business', holidayRoll: 'following' }
        : null,
    lateRatePpm,
    penalties: [{ trigger: 'double_assignment', pricePpm: 200_000, clause: '第12条' }],
    privacyNoticeVersion: '2026-04',
  }
}
