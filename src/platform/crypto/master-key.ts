import { createHmac, createPrivateKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'

const KEY_BYTES = 32
const ED25519_PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')

const WRAP_PURPOSE = 'wrap-subject-keys'

/**
 * The one secret from which all others are derived. What wraps the keys of data subjects can be rotated apart from the rest
 * (docs/decisions/0015): `wraps` are the rotated secrets, the one in use first; none before the first rotation.
 */
export class MasterKey {
  readonly #key: Buffer
  readonly #wraps: readonly Buffer[]
  constructor(key: Buffer, wraps: readonly Buffer[] = []) {
    for (const secret of [key, ...wraps])
      if (secret.length !== KEY_BYTES)
        throw new Error(`the master key must be ${KEY_BYTES} bytes, base64; this one has ${secret.length}`)
    this.#key = key
    this.#wraps = wraps
  }

  /** What wraps the keys of data subjects: the key in use first, then one that a rotation under way replaces. */
  wrappingKeys(): Buffer[] {
    const secrets = this.#wraps.length ? this.#wraps : [this.#key]
    return secrets.map(secret => deriveFrom(secret, WRAP_PURPOSE))
  }

  /** The same master key with a new wrapping key in use and the one before still read. */
  withNewWrap(): MasterKey {
    const [inUse] = this.#wraps.length ? this.#wraps : [this.#key]
    return new MasterKey(this.#key, [randomBytes(KEY_BYTES), inUse!])
  }

  /** The same master key without the wrapping key that was replaced. */
  withoutOldWrap(): MasterKey {
    return new MasterKey(this.#key, this.#wraps.slice(0, 1))
  }

  /** Whether a rotation was begun and not finished. */
  get rotating(): boolean {
    return this.#wraps.length > 1
  }

  /** The content of `master.key`: one line, or one line each for the secret and its wrapping keys. */
  toText(): string {
    const lines = [this.#key, ...this.#wraps].map(secret => secret.toString('base64'))
    return `${lines.join('\n')}\n`
  }

  static fromText(text: string): MasterKey {
    const [key, ...wraps] = text.trim().split(/\s+/)
    return new MasterKey(
      Buffer.from(key ?? '', 'base64'),
      wraps.map(wrap => Buffer.from(wrap, 'base64')),
    )
  }

  /** An independent 32-byte key for one purpose (HKDF-SHA-256). */
  derive(purpose: string): Buffer {
    return deriveFrom(this.#key, purpose)
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

  /** For the backup, which writes it only wrapped by a passphrase: 32 bytes each for the secret and its wrapping keys. */
  export(): Buffer {
    return Buffer.concat([this.#key, ...this.#wraps])
  }

  static fromExport(bytes: Buffer): MasterKey {
    const parts = Array.from({ length: Math.ceil(bytes.length / KEY_BYTES) }, (_, at) =>
      bytes.subarray(at * KEY_BYTES, (at + 1) * KEY_BYTES),
    )
    const [key = Buffer.alloc(0), ...wraps] = parts
    return new MasterKey(key, wraps)
  }
}

function deriveFrom(secret: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'daicho', purpose, KEY_BYTES))
}

/**
 * The master key from DAICHO_MASTER_KEY (base64), DAICHO_MASTER_KEY_FILE, or `master.key` in the data folder, where it is made
 * at the first start (mode 600). Losing it loses every encrypted value; the backup holds it wrapped by a passphrase.
 */
export function loadMasterKey(dataDir: string, env: NodeJS.ProcessEnv = process.env): MasterKey {
  if (env.DAICHO_MASTER_KEY) return MasterKey.fromText(env.DAICHO_MASTER_KEY)
  const file = masterKeyFile(dataDir, env)
  if (!existsSync(file)) {
    if (env.DAICHO_MASTER_KEY_FILE)
      throw new Error(`DAICHO_MASTER_KEY_FILE names ${file}, which does not exist`)
    createMasterKeyFile(file, new MasterKey(randomBytes(KEY_BYTES)))
  }
  return MasterKey.fromText(readFileSync(file, 'utf8'))
}

/** Where the master key lies; throws when it is held in the environment, where nothing can be written. */
export function masterKeyFile(dataDir: string, env: NodeJS.ProcessEnv = process.env): string {
  if (env.DAICHO_MASTER_KEY)
    throw new Error(
      'the master key is held in DAICHO_MASTER_KEY, which this program cannot change. Remedy: put it into a file (mode 600) and name that in DAICHO_MASTER_KEY_FILE.',
    )
  return env.DAICHO_MASTER_KEY_FILE ?? join(dataDir, 'master.key')
}

/** Writes a first key and refuses to write over another one; on the disk before it returns, since what it encrypts will be too. */
export function createMasterKeyFile(file: string, key: MasterKey): void {
  const half = writeBeside(file, key)
  try {
    linkSync(half, file)
  } catch (error) {
    // Another process made the first key at the same moment: that one holds.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    unlinkSync(half)
  }
  syncFolder(file)
}

/** Puts another key in the place of the file, whole or not at all. */
export function replaceMasterKeyFile(file: string, key: MasterKey): void {
  renameSync(writeBeside(file, key), file)
  syncFolder(file)
}

function writeBeside(file: string, key: MasterKey): string {
  const half = `${file}.${process.pid}.new`
  const handle = openSync(half, 'w', 0o600)
  try {
    writeSync(handle, key.toText())
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  return half
}

/** A name in a folder lasts once the folder itself is on the disk; Windows opens no folders and keeps names by itself. */
function syncFolder(file: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(dirname(file), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
