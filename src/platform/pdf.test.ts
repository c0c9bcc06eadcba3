import { expect, it } from 'vitest'
import { a4Sections } from './pdf.ts'

const pageCount = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0

it('begins each section on a page of its own, counts its pages by itself, and tells the list in front how many', async () => {
  const long = Array.from({ length: 90 }, (_, at) => ({ text: `行 ${at}` }))
  let told = new Map<string, number>()
  const pdf = await a4Sections(
    '束',
    [
      { id: 'a', content: [{ text: '一通目' }], foot: 'A' },
      { id: 'b', content: long, foot: 'B' },
      { id: 'c', content: [{ text: '三通目' }], foot: 'C' },
    ],
    pages => {
      if (pages.size > 0) told = new Map(pages)
      return { id: 'list', content: [{ text: '一覧' }], foot: '' }
    },
  )
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  const b = told.get('b')!
  expect(b).toBeGreaterThan(1)
  expect([...told]).toEqual([
    ['list', 1],
    ['a', 1],
    ['b', b],
    ['c', 1],
  ])
  expect(pageCount(pdf)).toBe(3 + b)
})
