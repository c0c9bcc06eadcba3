import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { editDistance, mayBeWithin, signatureOf } from './edit-distance.ts'
import { plainLetters, spellingKey, wordsOf } from './latin-words.ts'
import { soundOfKana, soundOfLatin } from './sound-key.ts'
import { settledWords, weighWord } from './word-weights.ts'

/** The textbook table, as the yardstick for the bit-parallel form. */
function plainDistance(a: string, b: string): number {
  const d = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  )
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      d[i]![j] = Math.min(d[i - 1]![j]! + 1, d[i]![j - 1]! + 1, d[i - 1]![j - 1]! + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        d[i]![j] = Math.min(d[i]![j]!, d[i - 2]![j - 2]! + 1)
    }
  }
  return d[a.length]![b.length]!
}

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'k', 'ヤ'), maxLength: 40 })

describe('edit distance', () => {
  test('bit-parallel and table agree on every pair of words', () => {
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 45 }), (a, b, limit) => {
        expect(editDistance(a, b, limit)).toBe(Math.min(plainDistance(a, b), limit + 1))
      }),
      { numRuns: 2000, seed: 1 },
    )
  })

  test('a swap of neighbours is one edit', () => {
    expect(editDistance('yamada', 'yamaad', 3)).toBe(1)
    expect(editDistance('kitten', 'sitting', 9)).toBe(3)
  })

  test('the signature never rules out a pair within the distance', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(mayBeWithin(signatureOf(a), signatureOf(b), plainDistance(a, b))).toBe(true)
      }),
      { numRuns: 2000, seed: 2 },
    )
  })
})

test('accents, ligatures and Cyrillic become plain letters', () => {
  expect(plainLetters('Łukasz Møller ß')).toBe('lukasz moller ss')
  expect(plainLetters('Михаил Щукин')).toBe('mikhail shchukin')
})

test('words are cut at blanks and hyphens, apostrophes vanish, initials with stops are one word', () => {
  expect(wordsOf("AL-ZAWAHIRI, Fu'ad")).toEqual(['al', 'zawahiri', 'fuad'])
  expect(wordsOf('EXEMPLAR S.A. DE C.V.')).toEqual(['exemplar', 'sa', 'de', 'cv'])
})

test('transliterations of one name share a spelling key or differ by a vowel', () => {
  expect(spellingKey('mikhail')).toBe(spellingKey('mihail'))
  expect(spellingKey('abdullah')).toBe(spellingKey('abdulla'))
  expect(editDistance(spellingKey('mohammed'), spellingKey('muhammad'), 3)).toBe(1)
})

test('kana and Latin spellings of one name sound the same', () => {
  const pairs = [
    ['ヤマダ', 'yamada'],
    ['タロウ', 'taro'],
    ['タロウ', 'tarou'],
    ['タロウ', 'taroh'],
    ['シモツキ', 'shimotsuki'],
    ['シモツキ', 'simotuki'],
    ['ジュンイチ', 'junichi'],
    ['ジュンイチ', 'zyuniti'],
    ['チョウ', 'cho'],
    ['シンバシ', 'shimbashi'],
    ['ハットリ', 'hattori'],
    ['フジ', 'fuji'],
    ['スミス', 'smith'],
    ['ムハンマド', 'muhammad'],
    ['フセイン', 'hussein'],
    ['ヴィクトル', 'viktor'],
    ['カーン', 'kaan'],
  ] as const
  for (const [kana, latin] of pairs)
    expect([kana, latin, soundOfKana(kana)]).toEqual([kana, latin, soundOfLatin(latin)])
})

test('glued and misspelled legal forms of companies are still legal forms', () => {
  expect(settledWords(['exemplar', 'servicessarl'])).toEqual(['exemplar', 'services', 'sarl'])
  expect(settledWords(['jiont', 'stbock', 'company', 'planar'])).toEqual([
    'joint',
    'stock',
    'company',
    'planar',
  ])
  expect(settledWords(['point', 'stack'])).toEqual(['joint', 'stock'])
  expect(settledWords(['point', 'breeze', 'grp'])).toEqual(['point', 'breeze', 'group'])
  expect(['limitted', 'compnay', 'jointstock', 'limestone'].map(word => weighWord(word, false).role)).toEqual(
    ['legal', 'legal', 'legal', 'name'],
  )
})

test('rare words weigh most, common names less, particles and legal forms nearly nothing', () => {
  expect(weighWord('zawahiri', true)).toEqual({ weight: 1, role: 'name' })
  expect(weighWord('muhammad', true).weight).toBeLessThan(0.5)
  expect(weighWord('al', true)).toEqual({ weight: 0.1, role: 'particle' })
  expect(weighWord('ltd', false)).toEqual({ weight: 0.05, role: 'legal' })
  expect(weighWord('trading', false)).toEqual({ weight: 0.25, role: 'business' })
})
