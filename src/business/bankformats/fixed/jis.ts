/** JIS X 0201 inside a Shift_JIS file: one byte per character, half-width kana at 0xA1–0xDF. Source: JR §2.1. */

const KANA_FIRST_BYTE = 0xa1
const KANA_LAST_BYTE = 0xdf
const KANA_FIRST_CODE = 0xff61

const CHARACTERS: readonly (string | null)[] = Array.from({ length: 256 }, (_, byte) => {
  if (byte >= 0x20 && byte <= 0x7e) return String.fromCharCode(byte)
  if (byte >= KANA_FIRST_BYTE && byte <= KANA_LAST_BYTE)
    return String.fromCharCode(byte - KANA_FIRST_BYTE + KANA_FIRST_CODE)
  return null
})

/** The character of a byte; null for control bytes and for halves of double-byte characters. */
export function characterOf(byte: number): string | null {
  return CHARACTERS[byte] ?? null
}

/** The byte of a half-width character; null when it has none. */
export function byteOf(character: string): number | null {
  const code = character.codePointAt(0)!
  if (code >= 0x20 && code <= 0x7e) return code
  const byte = code - KANA_FIRST_CODE + KANA_FIRST_BYTE
  return byte >= KANA_FIRST_BYTE && byte <= KANA_LAST_BYTE ? byte : null
}

/** True for the first byte of a double-byte character of Shift_JIS. */
export function isLeadByte(byte: number): boolean {
  return (byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xfc)
}
