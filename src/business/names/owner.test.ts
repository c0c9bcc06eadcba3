import { expect, test } from 'vitest'
import { withoutOwner } from './owner.ts'

test.each([
  ['城南デザイン　坂口 雅之', '坂口雅之', '城南デザイン'],
  ['藤田電業（藤田 隆）', '代表 藤田隆', '藤田電業'],
  ['坂口雅之こと城南デザイン', '坂口 雅之', '城南デザイン'],
  ['齋藤 恵（サロン めぐ）', '斎藤恵', 'サロン めぐ'],
])('%s of %s is the shop %s', (name, person, shop) => {
  expect(withoutOwner(name, person)).toBe(shop)
})

test.each([
  ['藤田隆', '藤田隆'],
  ['藤田電業', '藤田隆'],
  ['藤田電業　大阪', '藤田隆'],
  ['藤田電業（藤田 隆）', ''],
])('%s of %s carries no owner beside a shop', (name, person) => {
  expect(withoutOwner(name, person)).toBeNull()
})
