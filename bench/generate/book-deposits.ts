import { type Block, type BlockClaim, bookDebtor } from './book-block.ts'
import type { BookDeposit, BookOptions, BookParty, DepositTruth } from './book-types.ts'
import { addDays, rollToBankDay } from './calendar.ts'
import { bankHolderKana } from './company.ts'
import { bankKana, cutBankKana } from './kana.ts'
import { legalForm } from './legal-forms.ts'
import { fullKana, personFrom } from './people.ts'
import { type Random, stream } from './random.ts'

/** Transfer fees which payers take off (JR §8). */
const TRANSFER_FEES = [110, 220, 330, 440, 550, 660, 770, 880]

const SENDER_BYTES = 48

export type DepositEntry = { deposit: BookDeposit; truth: DepositTruth }

/** The money which came in for one block by `today`, each deposit with what it pays. */
export function blockDeposits(options: BookOptions, block: Block, at: number): DepositEntry[] {
  const random = stream(options.seed, 'deposits', at)
  const entries: DepositEntry[] = []
  const paid = block.claims.filter(claim => claim.paidOn !== null)
  const lump = lumpOf(paid, random)
  let count = 0
  const add = (
    claims: BlockClaim[],
    amountYen: number,
    kind: DepositTruth['kind'],
    parts: DepositTruth['parts'],
  ) => {
    const depositId = `D-${String(at + 1).padStart(7, '0')}-${++count}`
    const payer = payerOf(options, block, claims[0]!)
    entries.push({
      deposit: depositFrom(depositId, payer, payerSide(block), claims, amountYen, random),
      truth: { depositId, kind, parts },
    })
  }
  if (lump.length > 1) {
    const total = lump.reduce((sum, claim) => sum + claim.collectedYen, 0)
    add(
      lump,
      total,
      'lump',
      lump.map(claim => ({ receivableNo: claim.receivableNo, amountYen: claim.collectedYen })),
    )
  }
  for (const claim of paid.filter(one => !lump.includes(one) || lump.length < 2))
    singleDeposits(claim, random, add)
  if (random.chance(0.03)) entries.push(unidentified(options, at, block, random))
  return entries.filter(entry => entry.deposit.depositedOn <= options.today)
}

type Add = (
  claims: BlockClaim[],
  amountYen: number,
  kind: DepositTruth['kind'],
  parts: DepositTruth['parts'],
) => void

function singleDeposits(claim: BlockClaim, random: Random, add: Add): void {
  for (const [amountYen, kind, settledYen] of paymentsOf(claim, random))
    add([claim], amountYen, kind, [{ receivableNo: claim.receivableNo, amountYen: settledYen }])
}

type Payment = [amountYen: number, kind: DepositTruth['kind'], settledYen: number]

function paymentsOf({ outcome, collectedYen }: BlockClaim, random: Random): Payment[] {
  if (outcome === 'in_parts') return [[collectedYen, 'part', collectedYen]]
  if (outcome === 'short') return [[collectedYen, 'short', collectedYen]]
  const draw = random.next()
  if (draw < 0.13) return [[collectedYen - random.pick(TRANSFER_FEES), 'minus_fee', collectedYen]]
  if (draw >= 0.18 || collectedYen <= 200_000) return [[collectedYen, 'exact', collectedYen]]
  const first = Math.floor((collectedYen * random.whole(30, 70)) / 100 / 1000) * 1000
  return [
    [first, 'part', first],
    [collectedYen - first, 'part', collectedYen - first],
  ]
}

/** Claims of one debtor, paid in full the same day, often come as one transfer. */
function lumpOf(paid: BlockClaim[], random: Random): BlockClaim[] {
  const whole = paid.filter(claim => claim.outcome === 'on_time')
  const same = whole.filter(claim => claim.debtor === whole[0]?.debtor && claim.paidOn === whole[0]?.paidOn)
  return random.chance(0.55) ? same : []
}

/** Who pays the factor: the client in client_remits, else the debtor. */
export function payerSide(block: Block): 'client' | 'debtor' {
  return block.client.terms.collectionRoute === 'client_remits' ? 'client' : 'debtor'
}

function payerOf(options: BookOptions, block: Block, claim: BlockClaim): BookParty {
  return payerSide(block) === 'client' ? block.client : bookDebtor(options.seed, claim.debtor)
}

function depositFrom(
  depositId: string,
  payer: BookParty,
  side: 'client' | 'debtor',
  claims: BlockClaim[],
  amountYen: number,
  random: Random,
): BookDeposit {
  const { account } = payer
  return {
    depositId,
    depositedOn: claims[0]!.paidOn!,
    amountYen,
    senderKana: cutBankKana(senderKana(payer, random), SENDER_BYTES),
    bankCode: account.bankCode,
    bankKana: cutBankKana(account.bankKana, 15),
    branchCode: account.branchCode,
    branchKana: cutBankKana(account.branchKana, 15),
    virtualAccount: virtualAccountOf(payer, side),
    edi: random.chance(0.12) ? ediText(claims[0]!.invoiceNo) : '',
  }
}

/** Payers numbered 0, 4, 8 … have a virtual account of their own; clients 1000000 and up, debtors 5000000 and up. */
export function virtualAccountOf(payer: BookParty, side: 'client' | 'debtor'): string | null {
  if (payer.number % 4 !== 0) return null
  return String((side === 'client' ? 1_000_000 : 5_000_000) + (payer.number % 4_000_000))
}

/** The name a bank shows: the usual short form, spelled out and cut, the representative, or with a sender number in front. */
function senderKana(payer: BookParty, random: Random): string {
  const { company } = payer
  const form = legalForm(company.legalForm)
  const usual = bankHolderKana(company)
  const draw = random.next()
  if (draw < 0.82 || form === null) return usual
  if (draw < 0.9)
    return bankKana(
      company.legalFormPosition === 'prefix'
        ? form.kana + company.legalNameKana
        : company.legalNameKana + form.kana,
    )
  if (draw < 0.93 && company.representative !== null) return bankKana(fullKana(company.representative))
  if (draw < 0.96) return `${random.digits(10)} ${usual}`
  return usual.replace(/^[^)]+\)/, '').replace(/\([^(]+$/, '')
}

function ediText(invoiceNo: string): string {
  return invoiceNo
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z-]/g, '')
    .slice(0, 20)
}

/** Money of somebody we do not know, or for a claim we do not have. */
function unidentified(options: BookOptions, at: number, block: Block, random: Random): DepositEntry {
  const depositId = `D-${String(at + 1).padStart(7, '0')}-9`
  const stranger = bookDebtor(options.seed, 5_000_000 + at)
  const person = random.chance(0.3) ? personFrom(random, null, 1950, 1995) : null
  const { account } = stranger
  return {
    deposit: {
      depositId,
      depositedOn: rollToBankDay(addDays(block.claims[0]!.offeredOn, random.whole(0, 40))),
      amountYen: random.whole(5, 3000) * 1000 + (random.chance(0.3) ? random.whole(1, 999) : 0),
      senderKana: cutBankKana(
        person === null ? bankHolderKana(stranger.company) : bankKana(fullKana(person)),
        SENDER_BYTES,
      ),
      bankCode: account.bankCode,
      bankKana: cutBankKana(account.bankKana, 15),
      branchCode: account.branchCode,
      branchKana: cutBankKana(account.branchKana, 15),
      virtualAccount: null,
      edi: '',
    },
    truth: { depositId, kind: 'unidentified', parts: [] },
  }
}
