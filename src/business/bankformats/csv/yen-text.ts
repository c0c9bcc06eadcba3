import { MAX_YEN, type Yen } from '../../../platform/money/yen.ts'
import { excerpt } from '../problem.ts'

/** An amount as written, null for an empty cell, or why it is none. */
export type YenReading =
  | { ok: true; yen: Yen | null }
  | { ok: false; code: string; message: string; remedy: string }

const REMEDY = '「1,099,560」「¥1,099,560」「△1,000」のような整数の円にしてください。'

/**
 * Reads an amount as Japanese bank files write it: 1099560, 1,099,560, ¥1,099,560, １，０９９，５６０円, △1,000, -1,000. Commas must
 * stand every three digits; sen and other fractions are refused, `.00` is not. Source: JR §2.9, §8.
 */
export function readYen(text: string): YenReading {
  const plain = text
    .normalize('NFKC')
    .replace(/[\s'"]/gu, '')
    .replace(/円$/u, '')
    .replace(/[△▲−‐–—ー]/gu, '-')
  if (plain === '') return { ok: true, yen: null }
  const match = /^([-+]?)[¥\\]?([-+]?)([\d,]+)(?:\.(\d+))?$/u.exec(plain)
  if (!match || (match[1] !== '' && match[2] !== ''))
    return refuse('amount_must_be_readable', `「${excerpt(text)}」を金額として読めません。`)
  const [, before, behind, digits, fraction] = match
  if (!/^\d+$/.test(digits!) && !/^\d{1,3}(,\d{3})+$/.test(digits!))
    return refuse(
      'commas_must_stand_every_three_digits',
      `「${excerpt(text)}」の桁区切りが3桁ごとではありません。`,
    )
  if (fraction !== undefined && !/^0+$/.test(fraction))
    return refuse('amount_must_be_whole_yen', `「${excerpt(text)}」に円未満の端数があります。`)
  const size = Number(digits!.replaceAll(',', ''))
  if (size > MAX_YEN) return refuse('amount_must_be_in_range', `「${excerpt(text)}」は大きすぎます。`)
  return { ok: true, yen: before === '-' || behind === '-' ? -size || 0 : size }
}

function refuse(code: string, message: string): YenReading {
  return { ok: false, code, message, remedy: REMEDY }
}
