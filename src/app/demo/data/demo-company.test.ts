import { readFileSync } from 'node:fs'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { corporateNumberFrom } from '../../../../bench/generate/identifiers.ts'
import { LEDGER_HEADINGS } from '../../../../bench/generate/ledger.ts'
import { purchasedOn } from './demo-claim.ts'
import { demoCompany } from './demo-company.ts'
import { DEMO_LEDGER_ROWS, demoLedgerEntries, LEDGER_FAULTS } from './demo-ledger.ts'
import { exposureYen } from './demo-limits.ts'
import { houseListCsv } from './demo-screening.ts'

const TODAY = '2026-11-24'
const DAYS = [TODAY, '2026-12-31', '2027-01-04', '2027-05-06', '2028-02-29']
const demo = demoCompany(TODAY)
const partyKeys = new Set(demo.parties.map(party => party.key))

describe.each(DAYS)('the demo company on %s', today => {
  const company = demoCompany(today)

  test('is the same whenever it is asked for', () => {
    expect(demoCompany(today)).toEqual(company)
  })

  test('has claims in every state which a visitor should see', () => {
    const states = new Set(company.receivables.map(claim => claim.state))
    for (const state of [
      'offered',
      'verifying',
      'verified',
      'approved',
      'rejected',
      'withdrawn',
      'lapsed',
      'purchased',
      'notified',
      'partially_collected',
      'settled',
      'overdue',
      'dunning',
      'legal',
      'written_off',
      'repurchased',
    ])
      expect(states).toContain(state)
  })

  test('has one limit near its bound and one exceeded', () => {
    const use = (client: string) => {
      const limit = company.limits.find(
        one => one.limitKind === 'client' && one.state === 'in_force' && one.subjects[0] === client,
      )!
      return (
        company.receivables
          .filter(claim => claim.client === client)
          .reduce((sum, claim) => sum + exposureYen(claim), 0) / limit.limitYen!
      )
    }
    expect(use('client-01')).toBeGreaterThan(0.84)
    expect(use('client-01')).toBeLessThan(0.86)
    expect(use('client-02')).toBeGreaterThan(1)
  })

  test('nothing is commanded after today, and steps of a claim stand in order', () => {
    for (const claim of company.receivables) {
      const days = claim.steps.map(step => step.on)
      expect(days).toEqual(days.toSorted())
      expect(days.at(-1)! <= today, `${claim.key} ${days.at(-1)}`).toBe(true)
      expect(claim.issuedOn <= claim.steps[0]!.on && claim.issuedOn <= claim.dueOn).toBe(true)
      expect(purchasedOn(claim) === null || purchasedOn(claim)! < claim.payableOn).toBe(true)
    }
  })

  test('a real company is never beside a trouble', () => {
    const claims = company.receivables.filter(claim => claim.debtor.startsWith('debtor-real'))
    expect(claims.length).toBeGreaterThan(20)
    for (const claim of claims)
      expect(['purchased', 'due', 'settled', 'collected', 'withdrawn']).toContain(claim.state)
  })

  test('the statement holds each kind of payment and closes', () => {
    const waiting = company.deposits.filter(deposit => deposit.appliedOn === null)
    const kinds = waiting.map(deposit => deposit.kind)
    for (const kind of ['exact', 'minus_fee', 'lump', 'part', 'other_name', 'unidentified'])
      expect(kinds).toContain(kind)
    expect(company.statement.lines.filter(line => line.direction === 'in')).toHaveLength(waiting.length)
    expect(company.statement.lines.some(line => line.direction === 'out')).toBe(true)
    const moved = company.statement.lines.reduce(
      (sum, line) => sum + (line.direction === 'in' ? line.amountYen : -line.amountYen),
      0,
    )
    expect(company.statement.closingYen).toBe(company.statement.openingYen + moved)
  })
})

describe('the demo company', () => {
  test('has twelve people, each under an address of its own', () => {
    expect(demo.staff).toHaveLength(12)
    expect(new Set(demo.staff.map(person => person.email)).size).toBe(12)
    expect(demo.staff.filter(person => person.roles.includes('administrator'))).toHaveLength(2)
    expect(demo.staff.find(person => person.key === 'contractor')!.endsOn).toBe('2027-02-24')
  })

  test('has about two hundred companies, 60 of them real', () => {
    expect(demo.parties.length).toBeGreaterThan(180)
    expect(partyKeys.size).toBe(demo.parties.length)
    expect(demo.parties.filter(party => party.isReal)).toHaveLength(60)
    for (const { basics } of demo.parties)
      if (basics.corporateNumber !== null)
        expect(corporateNumberFrom(basics.corporateNumber.slice(1))).toBe(basics.corporateNumber)
  })

  test('no two parties share a corporate number', () => {
    const numbers = demo.parties.flatMap(party => party.basics.corporateNumber ?? [])
    expect(new Set(numbers).size).toBe(numbers.length)
  })

  test('every fact refers to a party', () => {
    const keys = [
      ...demo.kyc.map(one => one.party),
      ...demo.contracts.map(one => one.party),
      ...demo.limits.flatMap(one => one.subjects),
      ...demo.receivables.flatMap(one => [one.client, one.debtor]),
      ...demo.holdings.flatMap(one => [one.holder, one.held]),
      ...demo.waiting.flatMap(one => one.parties),
      ...demo.expectedHits.map(one => one.party),
      ...demo.staff.flatMap(one => one.assignedParties),
    ]
    for (const key of keys) expect(partyKeys).toContain(key)
    const claims = new Set(demo.receivables.map(claim => claim.key))
    expect(claims.size).toBe(demo.receivables.length)
    for (const deposit of demo.deposits)
      for (const part of deposit.parts) expect(claims).toContain(part.receivable)
  })

  test('the person who offers never approves, and who approves never pays', () => {
    for (const { steps } of demo.receivables) {
      const by = (to: string) => steps.find(step => step.to === to)?.by
      if (by('approved') !== undefined) expect(by('approved')).not.toBe(by('offered'))
      if (by('purchased') !== undefined) expect(by('purchased')).not.toBe(by('approved'))
    }
    for (const purchase of demo.purchases) expect(purchase.approvedBy).not.toBe(purchase.requestedBy)
  })

  test('payouts and fees add up to what was bought', () => {
    for (const { netYen, feeYen, reserveYen, purchasedYen } of demo.purchases)
      expect(netYen + feeYen + reserveYen).toBe(purchasedYen)
  })

  test('KYC is due soon, overdue and in progress somewhere', () => {
    const states = Object.fromEntries(demo.kyc.map(one => [one.party, one.state]))
    expect([states['client-03'], states['client-04'], states['client-08'], states['client-01']]).toEqual([
      'due_soon',
      'overdue',
      'in_progress',
      'current',
    ])
  })

  test('one party has the name of a house list entry, one representative is near a published name', () => {
    const named = demo.parties.find(party => party.key === 'client-08')!
    expect(
      houseListCsv()
        .split('\r\n')
        .some(line => line.startsWith(`${named.legalName},`)),
    ).toBe(true)
    const near = demo.parties
      .find(party => party.key === 'client-09')!
      .people.find(row => row.role === 'representative')!
    expect([near.person.familyKana, near.person.givenKana, near.person.birthDate]).toEqual([
      'タカヤマ',
      'キヨシ',
      '1981-05-21',
    ])
  })

  test('a claim is offered twice under another spelling, by its client and by another', () => {
    const again = demo.receivables.filter(claim => claim.sameClaimAs !== null)
    expect(again.map(claim => claim.client)).toEqual(['client-07', 'client-11'])
    for (const claim of again) {
      const first = demo.receivables.find(one => one.key === claim.sameClaimAs)!
      expect(claim.invoiceNo).not.toBe(first.invoiceNo)
      expect([claim.debtor, claim.faceYen, claim.dueOn]).toEqual([first.debtor, first.faceYen, first.dueOn])
    }
  })
})

describe('the demo ledger', () => {
  const entries = demoLedgerEntries()

  test('has 500 rows, a fifth of them parties of the demo', () => {
    expect(entries).toHaveLength(DEMO_LEDGER_ROWS)
    const numbers = new Set(demo.parties.map(party => party.basics.corporateNumber))
    const known = entries.filter(entry =>
      numbers.has(entry.row.corporate_number.normalize('NFKC').replace(/\D/g, '')),
    )
    expect(known.length).toBeGreaterThan(70)
  })

  test('has its faults where it says', () => {
    for (const [row, column, value] of LEDGER_FAULTS) expect(entries[row - 2]!.row[column]).toBe(value)
  })

  test('the file beside the code is what the code writes', () => {
    const text = iconv.decode(readFileSync(new URL('files/demo-ledger.csv', import.meta.url)), 'cp932')
    const lines = text.trimEnd().split('\r\n')
    expect(lines).toHaveLength(DEMO_LEDGER_ROWS + 1)
    const nameAt = LEDGER_HEADINGS.indexOf('address')
    const addresses = lines.slice(1, 40).map(line => line.split(',')[nameAt])
    expect(addresses).toEqual(entries.slice(0, 39).map(entry => entry.row.address))
  })
})
