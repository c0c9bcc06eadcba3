import { expect, test } from 'vitest'
import { unwrapKey, wrapKey } from './wrapped-key.ts'

const secret = Buffer.from('0123456789abcdef0123456789abcdef')

test('a wrapped key opens with its passphrase, however its letters are composed', () => {
  const wrapped = wrapKey(secret, '合言葉はガギグゲゴです。長い')
  expect(unwrapKey(wrapped, '合言葉はガギグゲゴです。長い'.normalize('NFD'))).toEqual(secret)
  expect(JSON.stringify(wrapped)).not.toContain(secret.toString('base64'))
})

test('a wrapped key is refused to another passphrase and when a byte was changed', () => {
  const wrapped = wrapKey(secret, 'a passphrase of some length')
  expect(() => unwrapKey(wrapped, 'a passphrase of same length')).toThrow('does not open the master key')
  const ciphertext = Buffer.from(wrapped.ciphertext, 'base64')
  ciphertext[0]! ^= 1
  expect(() =>
    unwrapKey({ ...wrapped, ciphertext: ciphertext.toString('base64') }, 'a passphrase of some length'),
  ).toThrow()
})
