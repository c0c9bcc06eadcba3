import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ACCOUNTS, type AccountName, LEDGER_KINDS } from './accounts.ts'
import { balanceYen, imbalanceYen, type LedgerEntry, reversalOf } from './journal.ts'
import { journalFor } from './journal-for.ts'
import { type MoneyEvent, openingAccounts } from './money-events.ts'

const refs = { partyId: 'c1', contractId: 'k1', receivableId: 'r1' }

/** Example 2 of FF §4.7. */
const medicalPurchase: MoneyEvent = {
  kind: 'claims_purchased',
  refs: { partyId: 'c1', contractId: 'k1' },
  claims: [{ receivableId: 'r1', advanceYen: 6_400_000, reserveYen: 1_600_000, feeYen: 120_000 }],
  charges: [
    { kind: 'registration_licence_tax', amountYen: 7_500, taxCategory: 'outside', borneBy: 'client' },
    { kind: 'judicial_scrivener', amountYen: 50_000, taxCategory: 'taxable_10', borneBy: 'client' },
    { kind: 'transfer', amountYen: 400, taxCategory: 'taxable_10', borneBy: 'client' },
  ],
  taxYen: 5_040,
}

const yen = fc.integer({ min: 0, max: 1_000_000_000 })
const part = fc.tuple(yen, yen).map(([a, b]) => ({ whole: a + b, part: a }))
const openItem = fc.constantFrom(
  'principal',
  'client_claim',
  'late_damages',
  'penalty',
  'cost',
  'guarantee_fee',
  'guarantee_recourse',
  'loan_principal',
  'loan_interest',
) as fc.Arbitrary<'principal' | 'client_claim' | 'late_damages' | 'penalty' | 'cost' | 'loan_principal'>

const simpleKind = fc.constantFrom(
  'deposit_received',
  'reserve_released',
  'damages_accrued',
  'penalty_charged',
  'cost_advanced',
  'pass_through_paid',
  'guarantee_fee_charged',
  'guarantee_paid',
  'loan_granted',
  'interest_accrued',
) as fc.Arbitrary<'deposit_received'>

const anyEvent: fc.Arbitrary<MoneyEvent> = fc.oneof(
  fc.array(fc.record({ account: fc.constantFrom(...openingAccounts), yen }), { maxLength: 3 }).map(items => ({
    kind: 'balances_taken_over' as const,
    refs,
    items,
  })),
  fc.tuple(simpleKind, yen).map(([kind, amount]) => ({ kind, refs, yen: amount })),
  fc.tuple(yen, yen, yen, yen, yen).map(([advanceYen, reserveYen, feeYen, amountYen, taxYen]) => ({
    kind: 'claims_purchased' as const,
    refs,
    claims: [{ receivableId: 'r1', advanceYen, reserveYen, feeYen }],
    charges: [
      { kind: 'office_fee', amountYen, taxCategory: 'taxable_10' as const, borneBy: 'client' as const },
      { kind: 'licence', amountYen, taxCategory: 'outside' as const, borneBy: 'factor' as const },
    ],
    taxYen,
  })),
  fc
    .tuple(
      fc.constantFrom(
        'advance' as const,
        'reserve_release' as const,
        'refund' as const,
        'loan_principal' as const,
      ),
      yen,
      yen,
    )
    .map(([purpose, amount, transferFeeYen]) => ({
      kind: 'payout_confirmed' as const,
      refs,
      purpose,
      yen: amount,
      transferFeeYen,
    })),
  fc.array(fc.record({ item: openItem, yen })).map(items => ({ kind: 'deposit_applied' as const, items })),
  fc
    .constantFrom('recovery' as const, 'client_share' as const, 'excess' as const)
    .chain(item => yen.map(amount => ({ kind: 'deposit_applied' as const, items: [{ item, yen: amount }] }))),
  fc.tuple(fc.constantFrom('client' as const, 'factor' as const), yen).map(([borneBy, amount]) => ({
    kind: 'shortfall_accepted' as const,
    refs,
    borneBy,
    yen: amount,
  })),
  part.map(({ whole, part }) => ({
    kind: 'dilution_confirmed' as const,
    refs,
    yen: whole,
    fromReserveYen: part,
  })),
  fc.tuple(openItem, part).map(([item, { whole, part }]) => ({
    kind: 'written_off' as const,
    refs,
    item,
    yen: whole,
    fromReserveYen: part,
  })),
  part.map(({ whole, part }) => ({ kind: 'repurchased' as const, refs, openYen: whole, reserveYen: part })),
  fc.tuple(yen, yen, yen).map(([openYen, reserveYen, feeYen]) => ({
    kind: 'rescinded' as const,
    refs,
    openYen,
    reserveYen,
    feeYen,
  })),
  fc
    .tuple(
      fc.constantFrom('fee' as const, 'late_damages' as const, 'penalty' as const, 'client_claim' as const),
      yen,
    )
    .map(([item, amount]) => ({ kind: 'waived' as const, refs, item, yen: amount })),
  fc
    .tuple(fc.constantFrom('excess' as const, 'unidentified' as const, 'client_share' as const), yen)
    .map(([from, amount]) => ({
      kind: 'refund_decided' as const,
      refs,
      from,
      yen: amount,
    })),
  fc
    .tuple(openItem, fc.constantFrom('reserve' as const, 'excess' as const, 'payout' as const), part)
    .map(([item, owed, { whole, part }]) => ({
      kind: 'set_off' as const,
      ours: [{ ...refs, item, yen: whole }],
      theirs: [
        { ...refs, item: owed, yen: part },
        { ...refs, item: 'client_share' as const, yen: whole - part },
      ],
    })),
)

test('every journal balances, also within each kind, and its reversal takes it back to zero', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(anyEvent, event => {
      const entries = journalFor(event)
      expect(imbalanceYen(entries)).toBe(0)
      for (const kind of LEDGER_KINDS)
        expect(imbalanceYen(entries.filter(entry => entry.kind === kind))).toBe(0)
      expect(entries.every(entry => entry.amountYen > 0)).toBe(true)
      const reversed = reversalOf(entries)
      for (const account of Object.keys(ACCOUNTS) as AccountName[]) {
        expect(balanceYen([...entries, ...reversed], account)).toBe(0)
      }
      for (const entry of [...entries, ...reversed]) seen.add(entry.kind)
    }),
    { numRuns: 1_000 },
  )
  expect([...seen].sort()).toEqual([...LEDGER_KINDS].sort())
})

describe('purchase', () => {
  test('example 2 owes the client 6,217,060 yen now and 1,600,000 later', () => {
    const entries = journalFor(medicalPurchase)
    expect(balanceYen(entries, 'purchasedReceivables')).toBe(8_000_000)
    expect(balanceYen(entries, 'payoutsDue')).toBe(6_217_060)
    expect(balanceYen(entries, 'reserves', { receivableId: 'r1' })).toBe(1_600_000)
    expect(balanceYen(entries, 'feeIncome')).toBe(120_000)
    expect(balanceYen(entries, 'chargeIncome')).toBe(50_400)
    expect(balanceYen(entries, 'passThrough')).toBe(7_500)
    expect(balanceYen(entries, 'outputTax')).toBe(5_040)
  })

  test('a charge borne by the factor does not touch what the client is owed', () => {
    const borne = {
      kind: 'transfer',
      amountYen: 400,
      taxCategory: 'taxable_10' as const,
      borneBy: 'factor' as const,
    }
    const entries = journalFor({ ...medicalPurchase, charges: [borne], taxYen: 0 } as MoneyEvent)
    expect(balanceYen(entries, 'payoutsDue')).toBe(6_280_000)
  })

  test('a returned payout is owed again', () => {
    const payout = journalFor({
      kind: 'payout_confirmed',
      refs,
      purpose: 'advance',
      yen: 6_217_060,
      transferFeeYen: 440,
    })
    const entries = [...journalFor(medicalPurchase), ...payout, ...reversalOf(payout)]
    expect(balanceYen(entries, 'payoutsDue')).toBe(6_217_060)
    expect(balanceYen(entries, 'bank')).toBe(0)
  })
})

describe('rescission after the payout', () => {
  test('the client owes the price paid, the fee is given up', () => {
    const entries = [
      ...journalFor(medicalPurchase),
      ...journalFor({ kind: 'rescinded', refs, openYen: 8_000_000, reserveYen: 1_600_000, feeYen: 120_000 }),
    ]
    expect(balanceYen(entries, 'clientClaims')).toBe(6_280_000)
    expect(balanceYen(entries, 'purchasedReceivables')).toBe(0)
    expect(balanceYen(entries, 'reserves')).toBe(0)
    expect(balanceYen(entries, 'feeIncome')).toBe(0)
  })

  test('what was collected beyond the price paid belongs to the client', () => {
    const collected = journalFor({
      kind: 'deposit_applied',
      items: [{ ...refs, item: 'principal', yen: 6_300_000 }],
    })
    const rescinded = journalFor({
      kind: 'rescinded',
      refs,
      openYen: 1_700_000,
      reserveYen: 1_600_000,
      feeYen: 120_000,
    })
    const entries = [...journalFor(medicalPurchase), ...collected, ...rescinded]
    expect(balanceYen(entries, 'excess')).toBe(20_000)
    expect(balanceYen(entries, 'purchasedReceivables')).toBe(0)
  })
})

test('a set-off of unequal sides and a negative booking are refused', () => {
  const ours = [{ ...refs, item: 'principal' as const, yen: 100 }]
  expect(() =>
    journalFor({ kind: 'set_off', ours, theirs: [{ ...refs, item: 'reserve', yen: 99 }] }),
  ).toThrow('equal in yen')
  expect(() => journalFor({ kind: 'dilution_confirmed', refs, yen: 10, fromReserveYen: 11 })).toThrow(
    'negative',
  )
  expect(() => journalFor({ kind: 'deposit_received', refs, yen: 0.5 })).toThrow('whole yen')
  expect(() => reversalOf(reversalOf(journalFor({ kind: 'deposit_received', refs, yen: 1 })))).toThrow(
    'not reversed',
  )
})

/** One claim from purchase to the last yen, as commands will book it; the amounts follow FF §4.4. */
type Life = {
  advance: number
  reserve: number
  fee: number
  dilution: number
  loss: number
  excess: number
  damages: number
  absorbs: boolean
}

function bookLife(life: Life): {
  entries: LedgerEntry[]
  fromReserveForLoss: number
  claim: number
  release: number
} {
  const { advance, reserve, fee, dilution, loss, excess, damages } = life
  const collected = advance + reserve - dilution - loss
  const dilutionFromReserve = Math.min(dilution, reserve)
  const fromReserveForLoss = life.absorbs ? Math.min(loss, reserve - dilutionFromReserve) : 0
  const release = reserve - dilutionFromReserve - fromReserveForLoss
  const claim = dilution - dilutionFromReserve
  const deposit = collected + excess + damages + claim
  const events: MoneyEvent[] = [
    {
      kind: 'claims_purchased',
      refs,
      claims: [{ receivableId: 'r1', advanceYen: advance, reserveYen: reserve, feeYen: fee }],
      charges: [],
      taxYen: 0,
    },
    { kind: 'payout_confirmed', refs, purpose: 'advance', yen: advance - fee, transferFeeYen: 0 },
    { kind: 'damages_accrued', refs, yen: damages },
    { kind: 'dilution_confirmed', refs, yen: dilution, fromReserveYen: dilutionFromReserve },
    { kind: 'written_off', refs, item: 'principal', yen: loss, fromReserveYen: fromReserveForLoss },
    { kind: 'deposit_received', refs, yen: deposit },
    {
      kind: 'deposit_applied',
      items: [
        { ...refs, item: 'principal', yen: collected },
        { ...refs, item: 'late_damages', yen: damages },
        { ...refs, item: 'client_claim', yen: claim },
        { ...refs, item: 'excess', yen: excess },
      ],
    },
    { kind: 'reserve_released', refs, yen: release },
    { kind: 'refund_decided', refs, from: 'excess', yen: excess },
    { kind: 'payout_confirmed', refs, purpose: 'reserve_release', yen: release + excess, transferFeeYen: 0 },
  ]
  return { entries: events.flatMap(journalFor), fromReserveForLoss, claim, release }
}

test('at the end of any life nothing is left open, and cash = fee + damages − factor loss', () => {
  const amount = fc.integer({ min: 1_000, max: 10_000_000 })
  const share = fc.integer({ min: 0, max: 100 })
  const anyLife = fc
    .record({
      advance: amount,
      reserve: fc.nat(5_000_000),
      feeShare: share,
      dilutionShare: share,
      lossShare: share,
      excess: fc.nat(1_000),
      damages: fc.nat(9_999),
      absorbs: fc.boolean(),
    })
    .map(({ feeShare, dilutionShare, lossShare, ...rest }) => {
      const purchased = rest.advance + rest.reserve
      const dilution = Math.floor((purchased * dilutionShare) / 100)
      const loss = Math.floor(((purchased - dilution) * lossShare) / 100)
      return { ...rest, fee: Math.floor((rest.advance * feeShare) / 200), dilution, loss }
    })
  fc.assert(
    fc.property(anyLife, life => {
      const { entries, fromReserveForLoss, claim, release } = bookLife(life)
      expect(imbalanceYen(entries)).toBe(0)
      const open: AccountName[] = [
        'purchasedReceivables',
        'clientClaims',
        'accruedDamages',
        'payoutsDue',
        'reserves',
        'suspense',
        'excess',
      ]
      for (const account of open) expect(balanceYen(entries, account), account).toBe(0)
      const factorLoss = life.loss - fromReserveForLoss
      expect(balanceYen(entries, 'creditLosses')).toBe(factorLoss)
      expect(balanceYen(entries, 'bank')).toBe(life.fee + life.damages - factorLoss)
      if (life.absorbs) {
        const collected = life.advance + life.reserve - life.dilution - life.loss
        expect(claim + factorLoss).toBe(Math.max(0, life.advance - collected))
        expect(release).toBe(Math.min(life.reserve, Math.max(0, collected - life.advance)))
      }
    }),
  )
})

test('accounts have distinct codes, names and a nature', () => {
  const rows = Object.values(ACCOUNTS)
  expect(new Set(rows.map(row => row.code)).size).toBe(rows.length)
  expect(new Set(rows.map(row => row.name)).size).toBe(rows.length)
  const natures = { '1': 'asset', '2': 'liability', '4': 'income', '5': 'expense' }
  for (const row of rows) expect(natures[row.code[0] as keyof typeof natures], row.name).toBe(row.nature)
})
