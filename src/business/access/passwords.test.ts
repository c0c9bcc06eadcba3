import { describe, expect, it } from 'vitest'
import {
  newOneTimePassword,
  newRecoveryCodeList,
  plainRecoveryCode,
  weaknessOfPassword,
} from './passwords.ts'

describe('a password', () => {
  it.each([
    ['correct horse battery', null],
    ['さくらのきのしたであいましょう', null],
    ['short-12345', 'password_must_be_long_enough'],
    ['a'.repeat(129), 'password_must_not_be_too_long'],
    ['Yamada.Hanako-2026', 'password_must_not_contain_the_address'],
    ['ababababababab', 'password_must_not_repeat_itself'],
  ])('%s: %s', (password, weakness) => {
    expect(weaknessOfPassword(password, { email: 'yamada.hanako@example.co.jp' })).toBe(weakness)
  })

  it('made by the program is four readable groups and never the same', () => {
    const made = Array.from({ length: 50 }, newOneTimePassword)
    for (const password of made) expect(password).toMatch(/^([a-hj-km-np-z2-9]{5}-){3}[a-hj-km-np-z2-9]{5}$/)
    expect(new Set(made).size).toBe(50)
  })
})

describe('a recovery code', () => {
  it('is one of ten different readable ones', () => {
    const codes = newRecoveryCodeList()
    for (const code of codes) expect(code).toMatch(/^[a-hj-km-np-z2-9]{5}-[a-hj-km-np-z2-9]{5}$/)
    expect(new Set(codes).size).toBe(10)
  })

  it.each(['ab2cd-ef3gh', 'AB2CD EF3GH', 'ａｂ２ｃｄ－ｅｆ３ｇｈ', 'ab2cdef3gh'])(
    'is understood when typed as %s',
    typed => {
      expect(plainRecoveryCode(typed)).toBe('ab2cd-ef3gh')
    },
  )
})
