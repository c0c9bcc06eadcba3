import { expect, test } from 'vitest'
import { readingRomajiKey, romajiKey } from './romaji.ts'

test.each([
  ['Fujiyanase', 'フジヤナセ'],
  ['Itoh Unyu', 'イトウウンユ'],
  ['Ohkubo', 'オオクボ'],
  ['Ohara', 'オオハラ'],
  ['Giso Homu', 'ギソホーム'],
])('%s and %s have one key', (latin, kana) => {
  expect(romajiKey(latin)).toBe(readingRomajiKey(kana))
})
