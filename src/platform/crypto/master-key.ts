import { createHmac, createPrivateKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const KEY_BYTES = 32
const ED25519_PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The one secret from which all others are derived; it wraps the key of every data subject. */
export class MasterKey {
  readonly #key: Buffer
  constructor(key: Buffer) {
    if (key.length !== KEY_BYTES)
      throw new Error(`the master key must be ${KEY_BYTES} bytes, base64; this one has ${key.length}`)
    this.#key = key
  }

  /** An independent 32-byte key for one purpose (HKDF-SHA-256). */
  derive(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#key, 'daicho', purpose, KEY_BYTES))
  }

  /** Keyed hash for equality search of a value we must not store in the clear; hex, 32 bytes. */
  keyedHash(purpose: string, value: string): string {
    return createHmac('sha256', this.derive(`hash:${purpose}`))
      .update(value, 'utf8')
      .digest('hex')
  }

  /** The Ed25519 key which signs blocks of the trail. */
  signingKey(): KeyObject {
    return createPrivateKey({
      key: Buffer.concat([ED25519_PKCS8_PREFIX, this.derive('trail-signature')]),
      format: 'der',
      type: 'pkcs8',
    })
  }

  /** For the backup, which writes it only wrapped by a passphrase. */
  export(): Buffer {
    return Buffer.from(this.#key)
  }
}

/**
 * The master key from DAICHO_MASTER_KEY (base64), DAICHO_MASTER_KEY_FILE, or `master.key` in the data folder, where it is made
 * at the first start (mode 600). Losing it loses every encrypted value; the backup holds it wrapped by a passphrase.
 */
export function loadMasterKey(dataDir: string, env: NodeJS.ProcessEnv = process.env): MasterKey {
  if (env.DAICHO_MASTER_KEY) return new MasterKey(Buffer.from(env.DAICHO_MASTER_KEY, 'base64'))
  const file = env.DAICHO_MASTER_KEY_FILE ?? join(dataDir, 'master.key')
  if (!existsSync(file)) {
    if (env.DAICHO_MASTER_KEY_FILE)
      throw new Error(`DAICHO_MASTER_KEY_FILE names ${file}, which does not exist`)
    writeFileSync(file, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
    chmodSync(file, 0o600)
  }
  return new MasterKey(Buffer.from(readFileSync(file, 'utf8').trim(), 'base64'))
}
