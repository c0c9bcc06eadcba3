import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeOrNull, detectEncoding, encodeCp932, strictDecoder } from './text-encoding.ts'

const bytes = (...values: number[]) => Uint8Array.from(values)

test('the byte order mark decides first, then valid UTF-8, then CP932', () => {
  expect(detectEncoding(bytes(0xef, 0xbb, 0xbf, 0x41))).toEqual({ encoding: 'utf-8', skip: 3 })
  expect(detectEncoding(bytes(0xff, 0xfe, 0x41, 0))).toEqual({ encoding: 'utf-16le', skip: 2 })
  expect(detectEncoding(Buffer.from('日付,残高', 'utf8'))).toEqual({ encoding: 'utf-8', skip: 0 })
  expect(detectEncoding(bytes(0x93, 0xfa, 0x95, 0x74))).toEqual({ encoding: 'cp932', skip: 0 })
  expect(detectEncoding(Buffer.from('abc'))).toEqual({ encoding: 'utf-8', skip: 0 })
})

test('both codes of 髙 are read', () => {
  const decoder = strictDecoder('cp932')
  expect(decodeOrNull(decoder, bytes(0xee, 0xe0))).toBe('髙')
  expect(decodeOrNull(decoder, bytes(0xfb, 0xfc))).toBe('髙')
})

test('half a double-byte character is no text', () => {
  expect(decodeOrNull(strictDecoder('cp932'), bytes(0x93))).toBeNull()
  expect(decodeOrNull(strictDecoder('cp932'), bytes(0x41, 0xfd))).toBeNull()
})

test.each([
  ['𠮷野家', '𠮷', 1],
  ['Café', 'é', 4],
  ['株式会社😀', '😀', 5],
])('%s cannot be written in CP932 and says where', (text, character, column) => {
  const result = encodeCp932(text)
  expect(result).toMatchObject({ ok: false, problems: [{ column, code: 'character_must_exist_in_cp932' }] })
  expect(!result.ok && result.problems[0]!.message).toContain(character)
})

test('the wave dash and the minus of both tables are written', () => {
  const result = encodeCp932('10〜20−3～－髙﨑①')
  expect(result.ok && decodeOrNull(strictDecoder('cp932'), result.value)).toBe('10～20－3～－髙﨑①')
})

test('what is encoded decodes to the same text', () => {
  const text = fc.string({ unit: fc.constantFrom(...'日付残高ｶﾞアA1,"髙～ 株（）') })
  fc.assert(
    fc.property(text, value => {
      const result = encodeCp932(value)
      expect(result.ok && decodeOrNull(strictDecoder('cp932'), result.value)).toBe(value)
    }),
  )
})
