import { expect, test } from 'vitest'
import type { FieldDescription } from '../../platform/fields.ts'
import { inputOf } from './stored-field.ts'

const stored = {
  name: 'capitalYen',
  column: 'party.capital_yen',
  label: { ja: '資本金', en: 'Capital' },
  type: 'yen',
  example: '1,000万',
  personal: 'none',
  retention: 'relation_end_7y',
  columns: ['資本金'],
} as const satisfies FieldDescription

test('a stored field is asked for under its own label, example and place in the input', () => {
  expect(inputOf(stored, { at: 'basics.', required: true })).toEqual({
    name: 'basics.capitalYen',
    label: '資本金',
    type: 'yen',
    example: '1,000万',
    required: true,
  })
})

test('choices become options; parts per million are typed in percent; a kana field wants full width', () => {
  const choices = [{ value: 'two', label: '2社間' }]
  expect(inputOf({ ...stored, type: 'choice', choices })).toMatchObject({ type: 'choice', options: choices })
  expect(inputOf({ ...stored, type: 'ppm' }).type).toBe('rate')
  expect(inputOf({ ...stored, type: 'kana' })).toMatchObject({ type: 'kana', kana: 'full' })
})

test('a file field has an accepted kind and a largest size even when nobody named them', () => {
  expect(inputOf({ ...stored, type: 'file' })).toMatchObject({
    accept: ['.pdf', '.jpg', '.jpeg', '.png'],
    maxBytes: 20_971_520,
  })
})
