import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Refusal } from '../commands/refusal.ts'
import { errorInLog } from './answer-error.ts'
import { refuseUnstorable } from './text-check.ts'

function fieldRefused(value: unknown): string | undefined {
  try {
    refuseUnstorable(value)
  } catch (error) {
    if (error instanceof Refusal) return error.reasons[0]?.field
    throw error
  }
  return undefined
}

test('NUL and half characters are refused at their field, in values and in names', () => {
  expect(fieldRefused({ people: [{ name: 'ok' }, { name: 'a\0b' }] })).toBe('people.1.name')
  expect(fieldRefused({ name: '\ud83c' })).toBe('name')
  expect(fieldRefused({ note: { 'a\0': 1 } })).toBe('note')
})

test('any well-formed text passes: emoji, direction marks, zero-width and rare kanji', () => {
  expect(fieldRefused({ name: '𠮷野家\u202e\u200b👨‍👩‍👧' })).toBeUndefined()
  fc.assert(
    fc.property(fc.json(), text => {
      const value: unknown = JSON.parse(text)
      const holdsNul = JSON.stringify(value).includes('\\u0000')
      fc.pre(!holdsNul && JSON.stringify(value).isWellFormed() && !/\\ud[89a-f]/i.test(JSON.stringify(value)))
      expect(fieldRefused({ value })).toBeUndefined()
    }),
  )
})

test('nesting without end is refused without running out of stack', () => {
  const text = `{"content":${'['.repeat(50_000)}${']'.repeat(50_000)}}`
  expect(fieldRefused(JSON.parse(text))).toBe('content')
})

test("the log keeps a database error's place and state, and none of the values it quotes", () => {
  const error = Object.assign(new Error('duplicate key: 鈴木 一郎'), {
    code: '23505',
    detail: 'Key (name)=(鈴木 一郎) already exists.',
    table: 'person',
    constraint: 'person_name',
  })
  const logged = errorInLog(error)
  expect(logged).toMatchObject({ message: 'SQLSTATE 23505', table: 'person', constraint: 'person_name' })
  expect(JSON.stringify(logged)).not.toContain('鈴木')
})
