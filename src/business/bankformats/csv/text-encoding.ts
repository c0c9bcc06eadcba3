import iconv from 'iconv-lite'
import { type Checked, problem } from '../problem.ts'

/** How the bytes of a text file are to be read. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'cp932'

/** The encoding of a file and where its text begins. */
export interface DetectedEncoding {
  encoding: TextEncoding
  /** Bytes of the byte order mark. */
  skip: number
}

/** Byte order mark first, then valid UTF-8, then CP932. Source: JR §2.9. */
export function detectEncoding(bytes: Uint8Array): DetectedEncoding {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', skip: 3 }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', skip: 2 }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', skip: 2 }
  return { encoding: decodes('utf-8', bytes) ? 'utf-8' : 'cp932', skip: 0 }
}

/** A decoder that throws TypeError on bytes which are no text. Reads 髙 as EEE0 and as FBFC (JR §2.9). */
export function strictDecoder(encoding: TextEncoding): TextDecoder {
  return new TextDecoder(encoding === 'cp932' ? 'shift_jis' : encoding, { fatal: true, ignoreBOM: true })
}

/** True when every byte of the file is text in that encoding. */
export function decodes(encoding: TextEncoding, bytes: Uint8Array): boolean {
  return decodeOrNull(strictDecoder(encoding), bytes) !== null
}

/** The text, or null when the bytes are no text in the decoder's encoding. */
export function decodeOrNull(decoder: TextDecoder, bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

/** Characters that Unicode writes two ways and CP932 one way; anything else that has no code is refused. Source: JR §2.9. */
const CP932_SPELLING: Readonly<Record<string, string>> = {
  '〜': '～',
  '−': '－',
  '‖': '∥',
  '—': '―',
  '¢': '￠',
  '£': '￡',
  '¬': '￢',
  '¥': '\\',
}

/** Encodes to CP932. A character without code (𠮷, é) is refused with its position instead of becoming `?`. */
export function encodeCp932(text: string, field = '文字列'): Checked<Uint8Array> {
  const spelt = Array.from(text, character => CP932_SPELLING[character] ?? character)
  const bytes = iconv.encode(spelt.join(''), 'cp932')
  const back = Array.from(iconv.decode(bytes, 'cp932'))
  const at = spelt.findIndex((character, i) => back[i] !== character)
  if (at < 0) return { ok: true, value: bytes }
  const character = Array.from(text)[at]!
  const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
  const message = `「${character}」（U+${code}、${at + 1}文字目）はShift_JIS（CP932）にない文字です。`
  const remedy = 'カナや別の字体で書くか、UTF-8で出力してください。'
  return {
    ok: false,
    problems: [problem({ column: at + 1 }, field, 'character_must_exist_in_cp932', message, remedy)],
  }
}
