import { randomFillSync } from 'node:crypto'

/** A UUID as text; version 7, so that ids made later sort later. */
export type Id = string

const pool = Buffer.alloc(4096)
let used = pool.length
let lastMs = 0
let counter = 0

/** UUIDv7 (RFC 9562 §5.7) with a 12-bit counter inside one millisecond; ids of one process never go backwards. */
export function newId(nowMs: number = Date.now()): Id {
  if (nowMs > lastMs) {
    lastMs = nowMs
    counter = randomBits() & 0x3ff
  } else if (++counter > 0xfff) {
    lastMs++
    counter = 0
  }
  const time = lastMs.toString(16).padStart(12, '0')
  const random = randomHex(8)
  const variant = (0x8 | (Number.parseInt(random[0]!, 16) & 0x3)).toString(16)
  const sequence = counter.toString(16).padStart(3, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence}-${variant}${random.slice(1, 4)}-${random.slice(4)}`
}

function randomHex(bytes: number): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const hex = pool.toString('hex', used, used + bytes)
  used += bytes
  return hex
}

function randomBits(): number {
  return Number.parseInt(randomHex(2), 16)
}
