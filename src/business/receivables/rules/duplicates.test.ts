import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CandidateClaim, type ComparedClaim, checkDuplicates } from './duplicates.ts'
import { numberKey, numberLikeness } from './number-key.ts'

const offered: ComparedClaim = {
  receivableId: 'new',
  clientId: 'c1',
  debtorId: 'd1',
  debtorNameKey: '山田商店',
  invoiceNo: 'INV-2026-00123',
  lineNo: null,
  faceYen: 1_100_000,
  issuedOn: '2026-07-31',
  dueOn: '2026-08-31',
  documentHashes: ['h1'],
}

function other(more: Partial<CandidateClaim>): CandidateClaim {
  const far = {
    invoiceNo: 'X-9',
    faceYen: 5_000,
    issuedOn: '2026-01-31',
    dueOn: '2026-02-28',
    documentHashes: [],
  }
  return { ...offered, receivableId: 'old', state: 'purchased', ...far, ...more }
}

function check(...candidates: Partial<CandidateClaim>[]) {
  return checkDuplicates(
    offered,
    candidates.map((candidate, index) => other({ receivableId: `old-${index}`, ...candidate })),
  )
}

describe('invoice number key', () => {
  test('width, case and punctuation do not make another number', () => {
    const spellings = [
      'INV-2026-00123',
      'ｉｎｖ－２０２６－００１２３',
      'inv 2026/00123',
      'INV.2026_00123',
      'INV―2026〜00123',
    ]
    expect(new Set(spellings.map(numberKey))).toEqual(new Set(['INV202600123']))
    expect(numberKey('ＩＮＶ２０２６ー００１２３')).toBe('INV202600123')
    expect(numberKey('第１２３号')).toBe('第123号')
    expect(numberKey('－／')).toBe('')
  })

  test('misread characters, leading zeros, year prefixes and words around are likenesses', () => {
    expect(numberLikeness('A1O23', 'A1023')).toEqual(['misread_characters'])
    expect(numberLikeness('00123', '123')).toEqual(['leading_zeros'])
    expect(numberLikeness('20260123', '0123')).toEqual(['year_prefix'])
    expect(numberLikeness('R8123', '2026123')).toEqual(['year_prefix'])
    expect(numberLikeness('INV123', '123')).toEqual(['words_around'])
    expect(numberLikeness('請求書番号第123号', 'NO123')).toEqual(['words_around'])
    expect(numberLikeness('INV202600123', '123')).toEqual(['words_around', 'year_prefix', 'leading_zeros'])
  })

  test('numbers of two years, neighbours and parts are different numbers', () => {
    expect(numberLikeness('2026001', '2025001')).toEqual([])
    expect(numberLikeness('INV124', 'INV123')).toEqual([])
    expect(numberLikeness('1234', '123')).toEqual([])
    expect(numberLikeness('', '123')).toEqual([])
    expect(numberLikeness('123', '123')).toEqual([])
  })

  test('a number is never merely like itself in any spelling, and likeness has no direction', () => {
    const anyKey = fc.string({ unit: fc.constantFrom(...'0123OI2026RINV'), maxLength: 10 })
    fc.assert(
      fc.property(anyKey, anyKey, (a, b) => {
        expect(numberLikeness(a, a)).toEqual([])
        expect(numberLikeness(a, b)).toEqual(numberLikeness(b, a))
      }),
    )
  })
})

describe('the same claim offered again', () => {
  test('by the same client under another spelling is confirmed', () => {
    const result = check({ invoiceNo: 'ＩＮＶ２０２６・００１２３', faceYen: 1_100_000, dueOn: '2026-08-31' })
    expect(result.result).toBe('confirmed')
    expect(result.matches[0]!.signals.map(signal => signal.rule)).toEqual([
      'same_number_same_client',
      'number_in_other_spelling',
      'same_amount_and_due',
    ])
  })

  test('by another client is suspected, not confirmed', () => {
    const result = check({
      clientId: 'c2',
      invoiceNo: 'inv 2026 00123',
      faceYen: 1_100_000,
      dueOn: '2026-08-31',
    })
    expect(result.result).toBe('suspect')
    expect(result.matches[0]!.signals[0]!.rule).toBe('same_number_other_client')
  })

  test('after it was withdrawn or rejected is suspected', () => {
    for (const state of ['withdrawn', 'rejected'] as const) {
      expect(check({ state, invoiceNo: 'INV-2026-00123' }).result).toBe('suspect')
    }
  })

  test('with a misread number and the same amount and due date is suspected', () => {
    const again = { invoiceNo: 'INV-2O26-OO123', faceYen: 1_100_000, dueOn: '2026-08-31' }
    expect(check({ ...again, clientId: 'c2' })).toMatchObject({
      result: 'suspect',
      matches: [{ points: 80 }],
    })
  })

  test('under a second record of the same debtor is found by its name key', () => {
    expect(check({ debtorId: 'd9', invoiceNo: 'INV-2026-00123' }).result).toBe('confirmed')
    const unnamed = { debtorId: 'd9', debtorNameKey: null, invoiceNo: 'INV-2026-00123', faceYen: 1_100_000 }
    expect(check(unnamed).matches[0]!.signals[0]!.rule).toBe('same_number_other_debtor')
  })

  test('with the same evidence file is suspected whatever the rest says', () => {
    expect(
      check({ clientId: 'c2', debtorId: 'd9', debtorNameKey: null, documentHashes: ['h1'] }).result,
    ).toBe('suspect')
  })
})

test('the same debtor, amount and due date under another number is the second fingerprint: a person judges', () => {
  expect(check({ invoiceNo: 'INV-2026-00124', faceYen: 1_100_000, dueOn: '2026-08-31' }).result).toBe(
    'suspect',
  )
  expect(check({ invoiceNo: 'Z-77', clientId: 'c2', faceYen: 1_100_000, dueOn: '2026-08-31' }).result).toBe(
    'suspect',
  )
})

describe('ordinary neighbours stay clear', () => {
  test('the next monthly invoice of the same amount', () => {
    const next = {
      invoiceNo: 'INV-2026-00145',
      faceYen: 1_100_000,
      issuedOn: '2026-08-31',
      dueOn: '2026-09-30',
    }
    expect(check(next)).toMatchObject({ result: 'clear' })
  })

  test('an invoice near in amount and date with a plainly different number', () => {
    const near = {
      invoiceNo: 'INV-2026-00124',
      faceYen: 1_105_000,
      issuedOn: '2026-07-31',
      dueOn: '2026-09-05',
    }
    expect(check(near)).toMatchObject({ result: 'clear', matches: [{ result: 'weak', points: 30 }] })
  })

  test('the same number at another debtor of another client', () => {
    expect(
      check({ clientId: 'c2', debtorId: 'd9', debtorNameKey: null, invoiceNo: 'INV-2026-00123' }),
    ).toEqual({
      result: 'clear',
      matches: [],
    })
  })

  test('a second line of the same invoice is judged by a person, not refused as a certain duplicate', () => {
    expect(check({ invoiceNo: 'INV-2026-00123', lineNo: 2 }).result).toBe('suspect')
  })
})

test('the claim is never compared with itself, and the best match comes first', () => {
  expect(checkDuplicates(offered, [{ ...offered, state: 'offered' }])).toEqual({
    result: 'clear',
    matches: [],
  })
  const both = check(
    { faceYen: 1_100_000, dueOn: '2026-09-03' },
    { invoiceNo: 'INV-2026-00123', faceYen: 1_100_000 },
  )
  expect(both.matches.map(match => match.receivableId)).toEqual(['old-1', 'old-0'])
})
