import { describe, expect, test } from 'vitest'
import { quotedReferences, referenceKey } from './quoted-references.ts'

function quotes(text: string, ...invoiceNumbers: string[]): string[] {
  const known = new Set(invoiceNumbers.map(referenceKey))
  return quotedReferences(text, key => known.has(key)).map(({ key, strength }) => `${strength} ${key}`)
}

describe('a quoted invoice number', () => {
  test('is found in every spelling', () => {
    for (const text of [
      'INV-2026-00123',
      'inv 2026 00123',
      'ＩＮＶ２０２６－００１２３',
      'INV2026/00123',
      'ｾｲｷﾕｳｼﾖ INV.2026.00123',
    ]) {
      expect(quotes(text, 'INV-2026-00123'), text).toEqual(['strong INV202600123'])
    }
  })

  test('may stand behind a word, with or without a blank', () => {
    for (const text of [
      'NO.00123',
      'NO00123',
      'INV00123',
      'INV-00123',
      'ｾｲｷﾕｳ00123',
      'ｾｲｷﾕｳ 00123',
      '00123ﾌﾞﾝ',
    ]) {
      expect(quotes(text, '00123'), text).toEqual(['strong 00123'])
    }
  })

  test('is never found inside a longer run of digits or letters', () => {
    for (const text of ['100123', '001234', 'A00123', '9900123-1', 'X100123Y'])
      expect(quotes(text, '00123'), text).toEqual([])
    expect(quotes('MINV123', 'INV123')).toEqual([])
  })

  test('joined to another number by a dash is only a weak sign', () => {
    expect(quotes('2026-00123', '00123')).toEqual(['weak 00123'])
    expect(quotes('00123-01', '00123')).toEqual(['weak 00123'])
  })

  test('the longest of overlapping numbers stands', () => {
    expect(quotes('INV-2026-00123', '00123', 'INV-2026-00123', '2026')).toEqual(['strong INV202600123'])
  })

  test('several numbers are all found, and a repeated one once', () => {
    expect(quotes('00123 00124,00125', '00123', '00124', '00125')).toEqual([
      'strong 00123',
      'strong 00124',
      'strong 00125',
    ])
    expect(quotes('00123 00123', '00123')).toEqual(['strong 00123'])
  })

  test('short numbers may be a date or a branch, so they are weak', () => {
    expect(quotes('0731', '731')).toEqual([])
    expect(quotes('101', '101')).toEqual(['weak 101'])
    expect(quotes('AB-101', 'AB-101')).toEqual(['strong AB101'])
  })

  test('the last of several numbers in a full field may be cut and is weak', () => {
    expect(quotes('INV-2026-00123,A0012', 'INV-2026-00123', 'A0012')).toEqual([
      'strong INV202600123',
      'weak A0012',
    ])
  })

  test('text without a known number quotes nothing', () => {
    expect(quotes('ﾌﾘｺﾐ', '00123')).toEqual([])
    expect(quotes('', '00123')).toEqual([])
  })
})
