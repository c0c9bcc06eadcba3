import { expect, it } from 'vitest'
import { addressKey, isTelling, keysOf } from './rules.ts'

const nobody = { addresses: [], phones: [], emailDomains: [], accounts: [], representatives: [], owners: [] }

it('an address is the same however it is spelt, up to its number; a town alone is none', () => {
  const spellings = [
    '東京都千代田区丸の内1-2-3',
    '東京都千代田区丸の内一丁目2番3号',
    '千代田区丸の内１－２－３ 丸の内ビル5階',
  ].map(addressKey)
  expect(spellings[0]).not.toBeNull()
  expect(spellings[1]).toBe(spellings[0])
  expect(addressKey('東京都千代田区丸の内1-2-4')).not.toBe(spellings[0])
  expect(addressKey('東京都千代田区丸の内')).toBeNull()
})

it('a representative is the same by name and birth date under two records, by record without one', () => {
  const of = (personId: string, birthHash: string | null) =>
    keysOf({ ...nobody, representatives: [{ personId, nameKey: '山田太郎', birthHash }] })
  expect(of('1', 'x')).toEqual(of('2', 'x'))
  expect(of('1', null)).not.toEqual(of('2', null))
})

it('what too many share says nothing', () => {
  expect([1, 2, 10, 11, 500].map(count => isTelling('address', count))).toEqual([
    false,
    true,
    true,
    false,
    false,
  ])
  expect([2, 3, 4].map(count => isTelling('email_domain', count))).toEqual([true, true, false])
})
