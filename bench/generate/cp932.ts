import iconv from 'iconv-lite'

/** A character that Windows Japanese (CP932) cannot write, and where it stood. */
export type LostCharacter = { row: number; column: string; character: string }

/** Written in CP932 where the first is not in it; both look the same. */
const SAME_LOOK = new Map([
  ['〜', '～'],
  ['−', '－'],
  ['‖', '∥'],
  ['—', '―'],
  ['¢', '￠'],
  ['£', '￡'],
  ['¬', '￢'],
])

const GETA = '〓'

/** Two bytes (or one) of each character of the BMP in CP932; 0 where there is none. */
const CODES = buildCodes()

/** The bytes of a text, or what cannot be written. Surrogate pairs (𠮷) are never in CP932. */
export function encodeCp932(text: string, onLost: (character: string) => void): Buffer {
  const out = Buffer.allocUnsafe(text.length * 2)
  let length = 0
  for (const character of text) {
    const code = codeOf(character) ?? codeOf(SAME_LOOK.get(character) ?? '') ?? lost(character, onLost)
    if (code > 0xff) out[length++] = code >> 8
    out[length++] = code & 0xff
  }
  return out.subarray(0, length)
}

/** Whether CP932 has the character. */
export function isInCp932(character: string): boolean {
  return codeOf(character) !== undefined
}

function codeOf(character: string): number | undefined {
  if (character.length !== 1) return undefined
  const unit = character.charCodeAt(0)
  return unit < 0x80 ? unit : CODES[unit] || undefined
}

function lost(character: string, onLost: (character: string) => void): number {
  onLost(character)
  return CODES[GETA.charCodeAt(0)]!
}

function buildCodes(): Uint16Array {
  const codes = new Uint16Array(0x10000)
  for (let lead = 0x81; lead <= 0xfc; lead++) {
    if (lead > 0x9f && lead < 0xe0) {
      codes[0xff61 + lead - 0xa1] = lead
      continue
    }
    for (let trail = 0x40; trail <= 0xfc; trail++) addCode(codes, lead, trail)
  }
  codes[0xff61] = 0xa1
  for (let single = 0xa1; single <= 0xdf; single++) codes[0xff61 + single - 0xa1] = single
  return codes
}

function addCode(codes: Uint16Array, lead: number, trail: number): void {
  const character = iconv.decode(Buffer.from([lead, trail]), 'cp932')
  const isPrivate = character >= '\ue000' && character <= '\uf8ff'
  if (character.length !== 1 || character === '\ufffd' || isPrivate) return
  // Several codes may stand for one character; the one Windows writes is what the encoder answers.
  const bytes = iconv.encode(character, 'cp932')
  if (bytes.length === 2) codes[character.charCodeAt(0)] = (bytes[0]! << 8) | bytes[1]!
}
