import { createHash } from 'node:crypto'

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined }

/** JSON with sorted keys and no white space: the exact text that is hashed and stored, since jsonb is not byte-stable. */
export function canonicalText(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(item => canonicalText(item ?? null)).join(',')}]`
  const parts: string[] = []
  for (const key of Object.keys(value).sort()) {
    const item = value[key]
    if (item !== undefined) parts.push(`${JSON.stringify(key)}:${canonicalText(item)}`)
  }
  return `{${parts.join(',')}}`
}

export function contentHash(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest()
}
