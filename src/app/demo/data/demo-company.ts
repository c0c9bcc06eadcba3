import { addDays, addMonths } from '../../../../bench/generate/calendar.ts'
import { type StatementData, statementOf } from '../../../../bench/generate/statement.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import { purchasesOf, statementDays, statementDeals, usualDeposits } from './demo-cash.ts'
import { derivedState } from './demo-claim.ts'
import { demoContracts } from './demo-contracts.ts'
import { debtorsOf, lateDeals, openOffers, usualDeals } from './demo-deals.ts'
import { demoKyc } from './demo-kyc.ts'
import { demoLimits } from './demo-limits.ts'
import { DEMO_OWN_ACCOUNTS, DEMO_OWN_COMPANY } from './demo-own-company.ts'
import { type DemoPartyWithCompany, demoParties } from './demo-parties.ts'
import { rareDeals, rareDeposits } from './demo-rare.ts'
import {
  DEMO_EXPECTED_HITS,
  DEMO_HOUSE_LIST,
  type ExpectedHit,
  type HouseListEntry,
} from './demo-screening.ts'
import { demoStaff } from './demo-staff.ts'
import type {
  DemoContract,
  DemoDeposit,
  DemoHolding,
  DemoKyc,
  DemoLimit,
  DemoParty,
  DemoPurchase,
  DemoReceivable,
  DemoStaff,
  DemoWaiting,
} from './demo-types.ts'

/** Everything the demo seed creates, as plain facts; keys refer to one another. */
export type DemoCompany = {
  today: IsoDate
  own: typeof DEMO_OWN_COMPANY
  ownAccounts: typeof DEMO_OWN_ACCOUNTS
  staff: DemoStaff[]
  /** Clients first, then fictional debtors, real debtors and the rest. */
  parties: DemoParty[]
  holdings: DemoHolding[]
  kyc: DemoKyc[]
  houseList: readonly HouseListEntry[]
  expectedHits: readonly ExpectedHit[]
  contracts: DemoContract[]
  limits: DemoLimit[]
  receivables: DemoReceivable[]
  purchases: DemoPurchase[]
  /** Applied ones first in time; those with `appliedOn: null` stand in the statement only. */
  deposits: DemoDeposit[]
  /** The statement of our paying account over the last two bank days, for the visitor to import. */
  statement: StatementData
  waiting: DemoWaiting[]
}

/** Clients whose claims are payable these days, one for each kind of payment in the statement. */
const STATEMENT_CLIENTS = [
  'client-20',
  'client-23',
  'client-26',
  'client-31',
  'client-42',
  'client-33',
  'client-35',
]

const LATE_CLIENTS = ['client-02', 'client-16', 'client-17']

/** The demo as of `today`: the same facts for the same day, all dates relative to it. */
export function demoCompany(today: IsoDate): DemoCompany {
  const { clients, debtors, others } = demoParties()
  const parties = [...clients.map(one => one.party), ...debtors.map(one => one.party), ...others]
  verifyAccounts(parties, today)
  const contracts = demoContracts(clients, today)
  const real = others.filter(party => party.isReal)
  const debtorKeys = new Map(
    clients.map((client, at) => [client.party.key, debtorsOf(client, at, debtors, real)]),
  )
  const cash = dealsAndCash(clients, debtors, contracts, debtorKeys, today)
  const purchases = purchasesOf(cash.receivables, today)
  return {
    today,
    own: DEMO_OWN_COMPANY,
    ownAccounts: DEMO_OWN_ACCOUNTS,
    staff: demoStaff(today, LATE_CLIENTS),
    parties,
    holdings: [
      { holder: 'member-01', held: 'client-12', sharePpm: 1_000_000 },
      { holder: 'member-01', held: 'client-13', sharePpm: 700_000 },
      { holder: 'client-12', held: 'client-13', sharePpm: 300_000 },
    ],
    kyc: demoKyc(
      clients.map(one => one.party),
      today,
    ),
    houseList: DEMO_HOUSE_LIST,
    expectedHits: DEMO_EXPECTED_HITS,
    contracts,
    limits: demoLimits(
      clients.map(one => one.party),
      cash.receivables,
      today,
    ),
    receivables: cash.receivables,
    purchases,
    deposits: cash.deposits,
    statement: demoStatement(cash.deposits, purchases, today),
    waiting: waiting(),
  }
}

function dealsAndCash(
  clients: readonly DemoPartyWithCompany[],
  debtors: readonly DemoPartyWithCompany[],
  contracts: readonly DemoContract[],
  debtorKeys: ReadonlyMap<string, readonly string[]>,
  today: IsoDate,
) {
  const days = statementDays(today)
  const byKey = new Map([...clients, ...debtors].map(one => [one.party.key, one]))
  const contractOf = (client: string) => contracts.find(contract => contract.party === client)!
  const debtorOf = (client: string) => debtorKeys.get(client)![0]!
  const payerOf = (claim: DemoReceivable) =>
    byKey.get(contractOf(claim.client).collectionRoute === 'client_remits' ? claim.client : claim.debtor) ??
    null
  const usual = usualDeals(clients, contracts, debtorKeys, today).filter(claim => payerOf(claim) !== null)
  const late = lateDeals(contractOf, debtorOf, today)
  const now = statementDeals(STATEMENT_CLIENTS, contractOf, debtorOf, payerOf, days)
  const rare = rareDeals(contractOf, debtorOf, days, today)
  const receivables = [...usual, ...late, ...now.receivables, ...rare]
  const deposits = [
    ...usualDeposits(usual, payerOf, days),
    ...rareDeposits(rare, payerOf, days, today),
    ...now.deposits,
  ].toSorted((a, b) => a.depositedOn.localeCompare(b.depositedOn))
  collect(receivables, deposits, today)
  const offers = openOffers(receivables, contractOf, debtorOf, today)
  return { receivables: [...receivables, ...offers], deposits }
}

/** Adds what applied deposits brought, releases reserves three days later, and tells each claim's state. */
function collect(
  receivables: readonly DemoReceivable[],
  deposits: readonly DemoDeposit[],
  today: IsoDate,
): void {
  const byKey = new Map(receivables.map(claim => [claim.key, claim]))
  for (const deposit of deposits.filter(one => one.appliedOn !== null && one.appliedOn <= today))
    for (const part of deposit.parts) {
      const claim = byKey.get(part.receivable)!
      claim.collectedYen += part.amountYen
      const release = addDays(deposit.appliedOn!, 3)
      if (claim.reserveYen > 0 && release <= today) claim.reserveReleasedOn = release
    }
  for (const claim of receivables) claim.state = derivedState(claim, today)
}

function demoStatement(
  deposits: readonly DemoDeposit[],
  purchases: readonly DemoPurchase[],
  today: IsoDate,
): StatementData {
  const days = statementDays(today)
  const { usage: _usage, holderName: _holderName, ...account } = DEMO_OWN_ACCOUNTS[0]!
  const lines = deposits
    .filter(deposit => deposit.appliedOn === null)
    .map(deposit => ({ ...deposit, depositId: deposit.key, virtualAccount: null }))
  const payouts = purchases.flatMap(({ key, paidOn, netYen }) =>
    paidOn === null ? [] : [{ purchaseNo: key, purchasedOn: paidOn, netYen }],
  )
  return statementOf(account, lines, payouts, { ...days, openingYen: 186_430_552 })
}

/** Payout accounts were checked when the client came, most by a document, some by a small deposit. */
function verifyAccounts(parties: readonly DemoParty[], today: IsoDate): void {
  parties.forEach((party, at) => {
    if (party.account === null || party.stage !== 'active') return
    party.account.verification = at % 3 === 0 ? 'small_deposit_test' : 'document'
    party.account.verifiedOn = addMonths(today, -8 - (at % 12))
  })
}

function waiting(): DemoWaiting[] {
  return [
    {
      kind: 'account_change',
      parties: ['client-15'],
      requestedBy: 'operations',
      text: '振込先口座の変更（旧口座の解約による）。届出印と通帳の写しあり。',
    },
    {
      kind: 'screening_verdict',
      parties: ['client-08'],
      requestedBy: 'compliance',
      text: '社内リストの名称一致。所在地と役員を確認中。',
    },
    {
      kind: 'merge_candidate',
      parties: ['client-06', 'duplicate-01'],
      requestedBy: 'sales',
      text: '旧字体の表記違いによる重複の疑い。',
    },
    {
      kind: 'double_assignment',
      parties: ['client-07'],
      requestedBy: 'reviewer',
      text: '買取済みの請求書と番号・金額・期日が一致。',
    },
    {
      kind: 'limit_raise',
      parties: ['client-01'],
      requestedBy: 'reviewer',
      text: '繁忙期に備えた増枠の申請（使用率85％）。',
    },
  ]
}
