import { respelledInvoiceNumber } from '../../../../bench/generate/book-terms.ts'
import { addBankDays, addDays, rollToBankDay } from '../../../../bench/generate/calendar.ts'
import { bankHolderKana } from '../../../../bench/generate/company.ts'
import { cutBankKana } from '../../../../bench/generate/kana.ts'
import { stream } from '../../../../bench/generate/random.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import { claimFrom, purchasedOn } from './demo-claim.ts'
import { dueOnFor, termOf } from './demo-deals.ts'
import { DEMO_SEED, type DemoPartyWithCompany, personalPayerKana } from './demo-parties.ts'
import type { DemoContract, DemoDeposit, DemoPurchase, DemoReceivable } from './demo-types.ts'

/** The two bank days whose statement the visitor imports; what came before is applied already. */
export type StatementDays = { fromOn: IsoDate; toOn: IsoDate }

export function statementDays(today: IsoDate): StatementDays {
  const toOn = rollToBankDay(addDays(today, -1), 'preceding')
  return { fromOn: rollToBankDay(addDays(toOn, -1), 'preceding'), toOn }
}

/** Who pays for a claim and by which bank: the client, or the debtor in a three-party deal. */
export type PayerOf = (claim: DemoReceivable) => DemoPartyWithCompany | null

/** The payments of the usual claims up to the statement; one in twelve comes a few days late. */
export function usualDeposits(
  claims: readonly DemoReceivable[],
  payerOf: PayerOf,
  days: StatementDays,
): DemoDeposit[] {
  const deposits: DemoDeposit[] = []
  claims.forEach((claim, at) => {
    if (purchasedOn(claim) === null) return
    const random = stream(DEMO_SEED, 'demo-deposit', at)
    const isReal = claim.debtor.startsWith('debtor-real')
    const isLate = random.chance(0.08) && !isReal
    const depositedOn = rollToBankDay(addDays(claim.payableOn, isLate ? random.whole(1, 8) : 0))
    if (depositedOn > days.toOn) return
    const fee = random.chance(0.1) ? random.pick([220, 440, 660]) : 0
    const kind = fee > 0 ? 'minus_fee' : 'exact'
    const deposit = depositOf(
      `deposit-${claim.key}`,
      depositedOn,
      [claim],
      claim.purchasedYen - fee,
      kind,
      payerOf(claim),
      days,
    )
    // Nothing on a real company stays open past its day, not even until the statement is imported.
    deposits.push(isReal ? { ...deposit, appliedOn: depositedOn } : deposit)
  })
  return deposits
}

/** Claims payable these days whose payments stand in the statement, each kind of match once. */
export function statementDeals(
  clients: readonly string[],
  contractOf: (client: string) => DemoContract,
  debtorOf: (client: string) => string,
  payerOf: PayerOf,
  days: StatementDays,
): { receivables: DemoReceivable[]; deposits: DemoDeposit[] } {
  const [exact, fee, lump, part, other, twinA, twinB] = clients as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ]
  const claim = (client: string, serial: number, netOfTaxYen: number): DemoReceivable => {
    const contract = contractOf(client)
    const dueOn = dueOnFor(contract, days.toOn)
    const issuedOn = addDays(dueOn, -35)
    return claimFrom(
      {
        key: `${client}-statement-${serial}`,
        debtor: debtorOf(client),
        invoiceNo: `INV-${issuedOn.slice(0, 4)}-${client.slice(-2)}${String(serial).padStart(3, '0')}`,
        issuedOn,
        netOfTaxYen,
        paymentTerm: termOf(debtorOf(client)),
        dueOn,
        reaches: 'purchased',
        offeredOn: addDays(dueOn, -30),
      },
      contract,
    )
  }
  const claims = {
    exact: claim(exact, 1, 1_240_000),
    fee: claim(fee, 2, 518_000),
    lump: [claim(lump, 3, 300_000), claim(lump, 4, 455_000), claim(lump, 5, 1_020_000)],
    part: claim(part, 6, 2_000_000),
    other: claim(other, 7, 377_000),
    twins: [claim(twinA, 8, 500_000), claim(twinB, 9, 500_000)],
  }
  const line = (key: string, paid: DemoReceivable[], amountYen: number, kind: DemoDeposit['kind']) =>
    depositOf(`deposit-${key}`, days.toOn, paid, amountYen, kind, payerOf(paid[0]!), days)
  const sum = claims.lump.reduce((total, one) => total + one.purchasedYen, 0)
  const deposits = [
    { ...line('exact', [claims.exact], claims.exact.purchasedYen, 'exact'), edi: ediOf(claims.exact) },
    line('fee', [claims.fee], claims.fee.purchasedYen - 440, 'minus_fee'),
    line('lump', claims.lump, sum, 'lump'),
    { ...line('part', [claims.part], 1_000_000, 'part'), depositedOn: days.fromOn },
    personal(line('other', [claims.other], claims.other.purchasedYen, 'other_name'), payerOf(claims.other)),
    ...claims.twins.map((twin, at) => line(`twin-${at + 1}`, [twin], twin.purchasedYen, 'exact')),
    ...strangers(days),
  ]
  return {
    receivables: [claims.exact, claims.fee, ...claims.lump, claims.part, claims.other, ...claims.twins],
    deposits,
  }
}

/** A deposit of the payer's usual account for these claims; applied on the next bank day when it came before the statement. */
export function depositOf(
  key: string,
  depositedOn: IsoDate,
  claims: readonly DemoReceivable[],
  amountYen: number,
  kind: DemoDeposit['kind'],
  payer: DemoPartyWithCompany | null,
  days: StatementDays,
): DemoDeposit {
  const account = payer?.company.bankAccount
  const whole = claims.reduce((sum, claim) => sum + claim.purchasedYen, 0)
  return {
    key,
    depositedOn,
    amountYen,
    senderKana: payer === null ? '' : cutBankKana(bankHolderKana(payer.company), 48),
    bankCode: account?.bankCode ?? '0001',
    bankKana: cutBankKana(account?.bankKana ?? 'ﾐｽﾞﾎ', 15),
    branchCode: account?.branchCode ?? '001',
    branchKana: cutBankKana(account?.branchKana ?? 'ﾄｳｷﾖｳ', 15),
    edi: '',
    kind,
    parts: claims.map(claim => ({
      receivable: claim.key,
      amountYen: kind === 'part' ? Math.min(amountYen, whole) : claim.purchasedYen,
    })),
    appliedOn: depositedOn < days.fromOn ? addBankDays(depositedOn, 1) : null,
  }
}

function personal(deposit: DemoDeposit, payer: DemoPartyWithCompany | null): DemoDeposit {
  return payer === null ? deposit : { ...deposit, senderKana: personalPayerKana(payer.company) }
}

function ediOf(claim: DemoReceivable): string {
  const respelled = respelledInvoiceNumber(claim.invoiceNo, stream(DEMO_SEED, 'demo-edi', 1))
  return respelled
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z-]/g, '')
    .slice(0, 20)
}

function strangers(days: StatementDays): DemoDeposit[] {
  const line = (key: string, amountYen: number, senderKana: string, depositedOn: IsoDate): DemoDeposit => ({
    key,
    depositedOn,
    amountYen,
    senderKana,
    bankCode: '0005',
    bankKana: 'ﾐﾂﾋﾞｼﾕ-ｴﾌｼﾞｴｲ',
    branchCode: '001',
    branchKana: 'ﾎﾝﾃﾝ',
    edi: '',
    kind: 'unidentified',
    parts: [],
    appliedOn: null,
  })
  return [
    line('deposit-stranger-1', 275_000, 'ｶ)ﾄｵﾘｽｶﾞﾘｼﾖｳｼﾞ', days.fromOn),
    line('deposit-stranger-2', 48_600, 'ﾅﾅｼﾉ ｺﾞﾝﾍﾞｴ', days.toOn),
  ]
}

/** One payout per client and day of purchase; asked for by operations, let go by accounting. */
export function purchasesOf(claims: readonly DemoReceivable[], today: IsoDate): DemoPurchase[] {
  const groups = new Map<string, DemoReceivable[]>()
  for (const claim of claims) {
    const on = purchasedOn(claim)
    if (on === null) continue
    const key = `${claim.client}/${on}`
    groups.set(key, [...(groups.get(key) ?? []), claim])
  }
  return [...groups].map(([key, group]) => {
    const [client = '', on = ''] = key.split('/')
    const sum = (pick: (claim: DemoReceivable) => number) =>
      group.reduce((total, claim) => total + pick(claim), 0)
    const paidOn = addBankDays(on, 1)
    return {
      key: `purchase-${client}-${on}`,
      client,
      contractNo: group[0]!.contractNo,
      purchasedOn: on,
      paidOn: paidOn <= today ? paidOn : null,
      receivables: group.map(claim => claim.key),
      purchasedYen: sum(claim => claim.purchasedYen),
      advanceYen: sum(claim => claim.advanceYen),
      reserveYen: sum(claim => claim.reserveYen),
      feeYen: sum(claim => claim.feeYen),
      netYen: sum(claim => claim.advanceYen - claim.feeYen),
      requestedBy: 'operations',
      approvedBy: 'accounting',
    }
  })
}
