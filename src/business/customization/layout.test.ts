import { expect, it } from 'vitest'
import { arranged } from './layout.ts'

const own = [
  { key: 'a', title: '甲', fields: ['x', 'y'] },
  { key: 'b', title: '乙', fields: ['z'] },
  { key: 'custom', title: '追加項目', fields: ['custom.c1'] },
]

it('is the program’s own order where the company set none, without empty headings', () => {
  expect(arranged([...own, { key: 'n', title: '空', fields: [] }], null)).toEqual(own)
})

it('is the company’s order where it set one', () => {
  const company = [
    { key: 'b', title: '先に', fields: ['z', 'custom.c1', 'x'] },
    { key: 'own1', title: '後', fields: ['y'] },
  ]
  expect(arranged(own, company)).toEqual(company)
})

it('puts fields that are new since at the end of their own heading, and passes over those that are gone', () => {
  const company = [
    { key: 'a', title: '甲', fields: ['y', 'gone'] },
    { key: 'own1', title: '別', fields: ['z'] },
  ]
  expect(arranged(own, company)).toEqual([
    { key: 'a', title: '甲', fields: ['y', 'x'] },
    { key: 'own1', title: '別', fields: ['z'] },
    { key: 'custom', title: '追加項目', fields: ['custom.c1'] },
  ])
})
