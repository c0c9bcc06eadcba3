import {
  invoiceNumber,
  type PaymentTerm,
  paymentTerm,
  respelledInvoiceNumber,
} from '../../../../bench/generate/book-terms.ts'
import {
  addBankDays,
  addDays,
  addMonths,
  daysBetween,
  monthDay,
  rollToBankDay,
} from '../../../../bench/generate/calendar.ts'
import { stream } from '../../../../bench/generate/random.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import { type ClaimPlan, claimFrom } from './demo-claim.ts'
import { DEMO_SEED, type DemoPartyWithCompany } from './demo-parties.ts'
import type { DemoContract, DemoParty, DemoReceivable } from './demo-types.ts'

const MONTHS_BACK = 6

/** Clients which sell nothing now: prospect, limit stopped, KYC overdue, ended. */
const QUIET = new Set(['client-08', 'client-18'])

/** Clients whose sales of the last months stop: no new purchase is possible. */
const STOPPED_SINCE_MONTHS: Readonly<Record<string, number>> = {
  'client-04': 1,
  'client-14': 2,
  'client-17': 3,
  'client-30': 1,
}

/** Clients which sell every month. */
const REGULAR = new Set([
  'client-01',
  'client-02',
  'client-06',
  'client-07',
  'client-12',
  'client-13',
  'client-16',
])

const MONTH_END: PaymentTerm = { closeDay: 31, monthOffset: 1, payDay: 31, holidayRoll: 'following' }

/** Clients in the story sell on fictional debtors, so that no real company stands beside a trouble. */
export function debtorsOf(
  client: DemoPartyWithCompany,
  at: number,
  fictional: readonly DemoPartyWithCompany[],
  real: readonly DemoParty[],
): string[] {
  const random = stream(DEMO_SEED, 'demo-debtors', at)
  const municipal = fictional.filter(debtor => debtor.party.partyKind === 'public_body')
  if (client.company.industry?.field === 'care') return [random.pick(municipal).party.key]
  const corporations = fictional.filter(debtor => debtor.party.partyKind === 'corporation')
  const own = Array.from(
    { length: random.whole(1, 2) },
    (_, i) => corporations[(at * 2 + i) % corporations.length]!.party.key,
  )
  if (client.party.story !== null) return own
  return [
    ...own,
    ...Array.from({ length: random.whole(1, 3) }, (_, i) => real[(at * 3 + i) % real.length]!.key),
  ]
}

/** The usual business of the last six months, one to three claims per client and month. */
export function usualDeals(
  clients: readonly DemoPartyWithCompany[],
  contracts: readonly DemoContract[],
  debtorKeys: ReadonlyMap<string, readonly string[]>,
  today: IsoDate,
): DemoReceivable[] {
  const receivables: DemoReceivable[] = []
  clients.forEach((client, at) => {
    const contract = contracts.find(one => one.party === client.party.key)
    if (contract === undefined || QUIET.has(client.party.key)) return
    for (let back = MONTHS_BACK; back >= (STOPPED_SINCE_MONTHS[client.party.key] ?? 0); back--)
      for (const plan of monthOf(client, at, debtorKeys.get(client.party.key)!, contract, back, today))
        receivables.push(claimFrom(plan, contract))
  })
  return receivables
}

function monthOf(
  client: DemoPartyWithCompany,
  at: number,
  debtors: readonly string[],
  contract: DemoContract,
  back: number,
  today: IsoDate,
): ClaimPlan[] {
  const random = stream(DEMO_SEED, 'demo-month', at * 100 + back)
  const busy = REGULAR.has(client.party.key)
  if (!busy && !random.chance(0.5)) return []
  const [year = 0, month = 0] = addMonths(
    monthDay(Number(today.slice(0, 4)), Number(today.slice(5, 7)), 1),
    -back,
  )
    .split('-')
    .map(Number)
  const issuedOn = rollToBankDay(monthDay(year, month, random.pick([10, 20, 31])), 'preceding')
  const offeredOn = rollToBankDay(addDays(issuedOn, random.whole(1, 6)))
  if (addBankDays(offeredOn, 1) >= today || issuedOn < contract.executedOn) return []
  const plans: ClaimPlan[] = []
  for (let i = 0; i < (busy ? 2 : random.whole(1, 2)); i++) {
    const debtor = random.pick(debtors)
    const serial = at * 97 + (MONTHS_BACK - back) * 7 + i + 101
    plans.push({
      key: `${client.party.key}-${MONTHS_BACK - back}${i}`,
      debtor,
      invoiceNo: invoiceNumber(at % 8, issuedOn, serial),
      issuedOn,
      netOfTaxYen:
        Math.round(
          ((client.party.key === 'client-01' ? 3_000_000 : 180_000) *
            20 ** (random.next() * (client.party.key === 'client-01' ? 0.4 : 1))) /
            1000,
        ) * 1000,
      paymentTerm: termOf(debtor),
      receivableKind: client.company.industry?.field === 'care' ? 'care' : 'invoice',
      reaches: random.chance(0.05) ? 'withdrawn' : 'purchased',
      offeredOn,
    })
  }
  return plans
}

/** A debtor pays every client on the same term. */
export function termOf(debtorKey: string): PaymentTerm {
  return paymentTerm(
    DEMO_SEED,
    Number(debtorKey.replace(/\D/g, '')) + (debtorKey.includes('real') ? 1000 : 0),
  )
}

/** Late claims: five days (client-02), eighteen with a reminder (client-16), sixty-two with legal steps (client-17), one written off. */
export function lateDeals(
  contractOf: (client: string) => DemoContract,
  debtorOf: (client: string) => string,
  today: IsoDate,
): DemoReceivable[] {
  const late = (client: string, daysLate: number, netOfTaxYen: number): DemoReceivable => {
    const contract = contractOf(client)
    const dueOn = dueOnFor(contract, addDays(today, -daysLate))
    return claimFrom(
      {
        key: `${client}-late-${daysLate}`,
        debtor: debtorOf(client),
        invoiceNo: `${dueOn.slice(0, 4)}-${client.slice(-2)}${String(daysLate).padStart(3, '0')}`,
        issuedOn: addDays(dueOn, -50),
        netOfTaxYen,
        paymentTerm: MONTH_END,
        dueOn,
        reaches: 'purchased',
        offeredOn: addDays(dueOn, -42),
      },
      contract,
    )
  }
  const legal = late('client-17', 62, 1_850_000)
  const reminded = late('client-16', 18, 760_000)
  const lost = late('client-17', 171, 420_000)
  reminded.steps.push({
    on: addBankDays(reminded.payableOn, 3),
    to: 'dunning',
    by: 'collector',
    reason: '電話2回、書面1回。月末に支払うとの回答。',
  })
  legal.steps.push(
    { on: addBankDays(legal.payableOn, 3), to: 'dunning', by: 'collector', reason: '電話連絡がつかない。' },
    {
      on: addBankDays(legal.payableOn, 20),
      to: 'legal',
      by: 'collector',
      reason: '内容証明郵便の期限までに支払いがない。',
    },
  )
  lost.steps.push(
    {
      on: addBankDays(lost.payableOn, 3),
      to: 'dunning',
      by: 'collector',
      reason: '売掛先の破産手続開始決定。',
    },
    {
      on: addBankDays(lost.payableOn, 60),
      to: 'written_off',
      by: 'manager',
      reason: '破産手続の終結により回収不能。',
    },
  )
  return [late('client-02', 5, 1_280_000), reminded, legal, lost]
}

/** What is on the desks today: fresh offers, one approved, and the same claim offered twice under other spellings. */
export function openOffers(
  receivables: readonly DemoReceivable[],
  contractOf: (client: string) => DemoContract,
  debtorOf: (client: string) => string,
  today: IsoDate,
): DemoReceivable[] {
  const day = rollToBankDay(addDays(today, -1), 'preceding')
  const fresh = (
    client: string,
    reaches: ClaimPlan['reaches'],
    netOfTaxYen: number,
    reason?: string,
  ): DemoReceivable =>
    claimFrom(
      {
        key: `${client}-open-${reaches}`,
        debtor: debtorOf(client),
        invoiceNo: `${day.slice(0, 4)}${day.slice(5, 7)}-${client.slice(-2)}9`,
        issuedOn: addDays(day, -4),
        netOfTaxYen,
        paymentTerm: termOf(debtorOf(client)),
        reaches,
        offeredOn:
          reaches === 'approved' || reaches === 'verified' || reaches === 'rejected'
            ? rollToBankDay(addDays(day, -1), 'preceding')
            : day,
        ...(reason === undefined ? {} : { reason }),
      },
      contractOf(client),
    )
  return [
    fresh('client-01', 'offered', 880_000),
    fresh('client-03', 'verifying', 2_400_000),
    fresh('client-06', 'verified', 640_000),
    fresh('client-15', 'approved', 1_150_000),
    fresh('client-09', 'rejected', 300_000, '支払期日までの日数が商品の上限を超えています。'),
    ...offeredTwice(receivables, contractOf, day),
  ]
}

/** client-07 offers a claim which we hold once more, and client-11 offers one of client-06. */
function offeredTwice(
  receivables: readonly DemoReceivable[],
  contractOf: (client: string) => DemoContract,
  day: IsoDate,
): DemoReceivable[] {
  const twice: DemoReceivable[] = []
  for (const [holder, offerer] of [
    ['client-07', 'client-07'],
    ['client-06', 'client-11'],
  ] as const) {
    const first = receivables
      .filter(claim => claim.client === holder && claim.steps.at(-1)!.to === 'purchased')
      .at(-1)
    if (first === undefined) continue
    const plan: ClaimPlan = {
      key: `${offerer}-again`,
      debtor: first.debtor,
      invoiceNo: respelledInvoiceNumber(first.invoiceNo, stream(DEMO_SEED, 'demo-again', twice.length)),
      issuedOn: first.issuedOn,
      netOfTaxYen: first.netOfTaxYen,
      paymentTerm: first.paymentTerm,
      dueOn: first.dueOn,
      reaches: twice.length === 0 ? 'offered' : 'verifying',
      offeredOn: day,
      sameClaimAs: first.key,
    }
    twice.push(claimFrom(plan, contractOf(offerer)))
  }
  return twice
}

/** The due date on the invoice which makes the claim payable at about the given day. */
export function dueOnFor(contract: DemoContract, payableOn: IsoDate): IsoDate {
  if (contract.collectionRoute !== 'client_remits') return payableOn
  let due = addDays(payableOn, -1)
  while (daysBetween(addBankDays(rollToBankDay(due), contract.remitBankDays), payableOn) < 0)
    due = addDays(due, -1)
  return due
}
