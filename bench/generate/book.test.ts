import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bookBlocks, generateBook } from './book.ts'
import { dueDate, respelledInvoiceNumber, rolledDue } from './book-terms.ts'
import { addBankDays, rollToBankDay } from './calendar.ts'
import { Random } from './random.ts'
import { reconcileSet } from './reconcile-files.ts'
import { statementOf } from './statement.ts'

const OPTIONS = { seed: 7, clients: 300, debtors: 400, receivables: 6000, today: '2026-11-24' }
const book = generateBook(OPTIONS)
const byNo = new Map(book.receivables.map(receivable => [receivable.receivableNo, receivable]))

describe('days', () => {
  test('days are rolled over weekends, holidays and the year end', () => {
    const days = ['2026-10-31', '2026-12-31', '2026-05-03', '2026-09-20', '2027-01-10']
    expect(days.map(day => rollToBankDay(day))).toEqual([
      '2026-11-02',
      '2027-01-04',
      '2026-05-07',
      '2026-09-24',
      '2027-01-12',
    ])
    expect(days.map(day => rollToBankDay(day, 'preceding'))).toEqual([
      '2026-10-30',
      '2026-12-30',
      '2026-05-01',
      '2026-09-18',
      '2027-01-08',
    ])
    expect([
      addBankDays('2026-11-20', 3),
      addBankDays('2026-12-30', 1),
      addBankDays('2026-04-28', 5),
    ]).toEqual(['2026-11-26', '2027-01-04', '2026-05-11'])
  })

  test('payment terms give the published due dates', () => {
    const term = (closeDay: number, monthOffset: number, payDay: number) =>
      ({ closeDay, monthOffset, payDay, holidayRoll: 'following' }) as const
    expect(dueDate('2026-11-10', term(31, 1, 31))).toBe('2026-12-31')
    expect(rolledDue('2026-12-31', term(31, 1, 31))).toBe('2027-01-04')
    expect(dueDate('2026-11-20', term(20, 1, 10))).toBe('2026-12-10')
    expect(dueDate('2026-11-21', term(20, 1, 10))).toBe('2027-01-10')
    expect(dueDate('2026-12-16', term(15, 2, 5))).toBe('2027-03-05')
    expect(dueDate('2026-12-31', term(31, 2, 31))).toBe('2027-02-28')
  })
})

describe('book', () => {
  test('the same options give the same book, a larger one begins with the smaller', () => {
    expect(generateBook(OPTIONS)).toEqual(book)
    const smaller = generateBook({ ...OPTIONS, receivables: 999 })
    expect(smaller.receivables).toEqual(book.receivables.slice(0, 999))
    expect(smaller.purchases).toEqual(book.purchases.slice(0, smaller.purchases.length))
  })

  test('net payout, fee, charges, tax and reserve make up the purchased amount', () => {
    expect(book.purchases.length).toBeGreaterThan(1500)
    for (const purchase of book.purchases) {
      const { netYen, feeYen, chargesYen, consumptionTaxYen, reserveYen, purchasedYen } = purchase
      expect(netYen + feeYen + chargesYen + consumptionTaxYen + reserveYen).toBe(purchasedYen)
      const claims = purchase.receivableNos.map(no => byNo.get(no)!)
      expect(claims.reduce((sum, claim) => sum + claim.feeYen, 0)).toBe(feeYen)
      for (const claim of claims) expect(claim.purchaseNo).toBe(purchase.purchaseNo)
    }
  })

  test('dates of a claim stand in order and nothing happens after today', () => {
    for (const claim of book.receivables) {
      expect(claim.issuedOn <= claim.offeredOn && claim.offeredOn <= OPTIONS.today).toBe(true)
      expect(claim.issuedOn <= claim.dueOn).toBe(true)
      expect(claim.faceYen).toBe(claim.netOfTaxYen + claim.taxYen)
      expect(claim.purchasedYen).toBeLessThanOrEqual(claim.faceYen)
    }
    for (const deposit of book.deposits) expect(deposit.depositedOn <= OPTIONS.today).toBe(true)
  })

  test('what deposits pay is what claims received', () => {
    const received = new Map<string, number>()
    for (const part of book.depositTruth.flatMap(truth => truth.parts))
      received.set(part.receivableNo, (received.get(part.receivableNo) ?? 0) + part.amountYen)
    for (const claim of book.receivables)
      expect(received.get(claim.receivableNo) ?? 0).toBe(claim.collectedYen)
  })

  test('a deposit is the sum of what it pays, a transfer fee apart', () => {
    const truths = new Map(book.depositTruth.map(truth => [truth.depositId, truth]))
    for (const deposit of book.deposits) {
      const truth = truths.get(deposit.depositId)!
      const paid = truth.parts.reduce((sum, part) => sum + part.amountYen, 0)
      if (truth.kind === 'unidentified') expect(truth.parts).toEqual([])
      else if (truth.kind === 'minus_fee') expect(paid - deposit.amountYen).toBeGreaterThanOrEqual(110)
      else expect(deposit.amountYen).toBe(paid)
      expect(deposit.senderKana).toMatch(/^[ｱ-ﾝﾞﾟA-Z0-9().\- ]{1,48}$/)
    }
  })

  test('all kinds of claims and deposits appear', () => {
    const states = new Set(book.receivables.map(claim => claim.state))
    for (const state of [
      'offered',
      'approved',
      'rejected',
      'purchased',
      'notified',
      'settled',
      'dunning',
      'legal',
      'written_off',
    ])
      expect(states).toContain(state)
    const kinds = new Set(book.depositTruth.map(truth => truth.kind))
    for (const kind of ['exact', 'minus_fee', 'lump', 'part', 'short', 'unidentified'])
      expect(kinds).toContain(kind)
  })

  test('a claim offered again points to the first offer under another spelling', () => {
    const again = book.receivables.filter(claim => claim.reofferOf !== null)
    expect(again.length).toBeGreaterThan(30)
    expect(again.some(claim => claim.client !== byNo.get(claim.reofferOf!)!.client)).toBe(true)
    for (const claim of again) {
      const first = byNo.get(claim.reofferOf!)!
      expect([claim.debtor, claim.faceYen, claim.dueOn, claim.state]).toEqual([
        first.debtor,
        first.faceYen,
        first.dueOn,
        'rejected',
      ])
    }
  })

  test('no two live claims of a client on a debtor share a number', () => {
    const keys = book.receivables
      .filter(claim => claim.reofferOf === null)
      .map(claim => `${claim.client}/${claim.debtor}/${claim.invoiceNo}`)
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('another spelling is never the same text', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), at => {
        expect(respelledInvoiceNumber('INV-2026-00123', new Random(1, 1, at))).not.toBe('INV-2026-00123')
      }),
    )
  })
})

describe('files of a book', () => {
  test('a statement closes at opening plus in minus out', () => {
    const account = {
      bankCode: '0001',
      bankKana: 'ﾐｽﾞﾎ',
      branchCode: '001',
      branchKana: 'ﾄｳｷﾖｳ',
      accountType: '1',
      accountNo: '1234567',
      holderKana: 'ｶ)ｻﾝﾌﾟﾙﾌｱｸﾀ-',
    } as const
    const days = { fromOn: '2026-10-01', toOn: '2026-10-31', openingYen: 500_000_000 }
    const statement = statementOf(account, book.deposits, book.purchases, days)
    const inYen = book.deposits
      .filter(({ depositedOn }) => depositedOn.startsWith('2026-10'))
      .reduce((sum, { amountYen }) => sum + amountYen, 0)
    const outYen = book.purchases
      .filter(({ purchasedOn }) => purchasedOn.startsWith('2026-10'))
      .reduce((sum, { netYen }) => sum + netYen, 0)
    expect(statement.closingYen).toBe(500_000_000 + inYen - outYen)
    expect(statement.lines.map(line => line.lineNo)).toEqual(statement.lines.map((_, at) => at + 1))
    expect(statement.lines.map(line => line.bookedOn)).toEqual(
      statement.lines.map(line => line.bookedOn).toSorted(),
    )
  })

  test('every true match of a reconciliation names a claim which is open in it', () => {
    const set = reconcileSet(OPTIONS, '2026-10-20')
    const open = new Map(set.receivables.map(line => [line.split(',')[0]!, Number(line.split(',').at(-3))]))
    expect(set.deposits.length).toBeGreaterThan(100)
    expect(set.payers.length).toBeGreaterThan(100)
    const settled = new Map<string, number>()
    for (const line of set.truth) {
      const [, receivable = '', amount = ''] = line.split(',')
      if (receivable !== '') settled.set(receivable, (settled.get(receivable) ?? 0) + Number(amount))
    }
    for (const [receivable, amount] of settled) expect(amount).toBeLessThanOrEqual(open.get(receivable) ?? -1)
  })

  test('blocks come one by one', () => {
    const [first] = bookBlocks(OPTIONS)
    expect(first!.block.claims.map(claim => claim.receivableNo)).toEqual(
      book.receivables.slice(0, 3).map(claim => claim.receivableNo),
    )
  })
})
