import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'

/** A secret under a passphrase: scrypt makes the key, AES-256-GCM encrypts and proves. All byte strings are base64. */
export interface WrappedKey {
  kdf: 'scrypt'
  cost: number
  blockSize: number
  parallelization: number
  salt: string
  iv: string
  tag: string
  ciphertext: string
}

// 128 MiB and about half a second for each guess.
const COST = 2 ** 17
const BLOCK_SIZE = 8
const SHORTEST_PASSPHRASE = 12

/** Wraps the secret; refuses a passphrase that can be guessed by trying. */
export function wrapKey(secret: Buffer, passphrase: string): WrappedKey {
  if (passphrase.length < SHORTEST_PASSPHRASE)
    throw new Error(
      `the passphrase of a backup must have at least ${SHORTEST_PASSPHRASE} characters. Remedy: choose a longer one.`,
    )
  const [salt, iv] = [randomBytes(16), randomBytes(12)]
  const shape = { kdf: 'scrypt' as const, cost: COST, blockSize: BLOCK_SIZE, parallelization: 1 }
  const cipher = createCipheriv('aes-256-gcm', deriveKey(passphrase, salt, shape), iv)
  const ciphertext = Buffer.concat([cipher.update(secret), cipher.final()])
  const base64 = (bytes: Buffer) => bytes.toString('base64')
  return {
    ...shape,
    salt: base64(salt),
    iv: base64(iv),
    tag: base64(cipher.getAuthTag()),
    ciphertext: base64(ciphertext),
  }
}

/** Throws when the passphrase is not the one the key was wrapped with. */
export function unwrapKey(wrapped: WrappedKey, passphrase: string): Buffer {
  const bytes = (text: string) => Buffer.from(text, 'base64')
  const decipher = createDecipheriv(
    'aes-256-gcm',
    deriveKey(passphrase, bytes(wrapped.salt), wrapped),
    bytes(wrapped.iv),
  )
  decipher.setAuthTag(bytes(wrapped.tag))
  try {
    return Buffer.concat([decipher.update(bytes(wrapped.ciphertext)), decipher.final()])
  } catch (error) {
    throw new Error(
      'the passphrase does not open the master key of this backup. Remedy: use the one given when it was made.',
      {
        cause: error,
      },
    )
  }
}

type Shape = Pick<WrappedKey, 'cost' | 'blockSize' | 'parallelization'>

function deriveKey(passphrase: string, salt: Buffer, { cost, blockSize, parallelization }: Shape): Buffer {
  // The same word typed on another system may be composed of other code points.
  return scryptSync(passphrase.normalize('NFKC'), salt, 32, {
    N: cost,
    r: blockSize,
    p: parallelization,
    maxmem: 256 * cost * blockSize,
  })
}
