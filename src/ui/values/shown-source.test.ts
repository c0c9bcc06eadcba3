import { expect, it } from 'vitest'
import { shownSource } from './shown-source.ts'

it.each([
  ['JR §3.6（犯罪収益移転防止法施行規則11条）', '犯罪収益移転防止法施行規則11条'],
  ['FF §4.5、JR §6.5（民法404条・419条）', '民法404条・419条'],
  ['DD group 1, parent_party_id and group_id', null],
  ['運用規程 第3条', '運用規程 第3条'],
  ['', null],
  [undefined, null],
])('shows of %j %j', (source, shown) => {
  expect(shownSource(source)).toBe(shown)
})
