import type { z } from 'zod'
import { readTogether } from '../../platform/database/transact.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import { foldedText } from '../customization/index.ts'
import {
  foldOldForms,
  isKanaOnly,
  normalizeCompanyName,
  normalizeReading,
  parsePhone,
  romajiSearchKey,
  toKatakana,
} from '../names/index.ts'
import type { PartyRow, searchParties } from './contract.ts'
import { type FoundRow, findParties, type SearchTexts } from './find-parties.ts'
import { typedPlace } from './place-search.ts'
import { branchText } from './places-rules.ts'
import { toRows } from './queries.ts'

/** What a typed text may stand for: a name without its legal form, a reading, the digits of a number or telephone, our own number. */
export function searchTextsOf(text: string): SearchTexts {
  // Old characters first: 社團法人 is a legal form too.
  const name = normalizeCompanyName(foldOldForms(text))
  const kana = toKatakana(text)
  const reading = isKanaOnly(kana.replace(/[\s・ー－]/g, '')) ? normalizeReading(text).key : ''
  const romaji = romajiOf(text, name.core, reading)
  const digits = digitsOf(text)
  const place = typedPlace(text)
  const plain = text.normalize('NFKC').trim().toUpperCase()
  return {
    keys: distinct([name.core, name.foldedCore, reading, romaji, place ?? '', digits ?? '']),
    // 支店 and the like say nothing of a company, but all of a branch: with them the text is looked for inside as it is.
    inside: distinct([name.foldedCore, reading, romaji, namesBranch(text) ? branchText(text) : '']),
    digits,
    place,
    custom: foldedText(text),
    partyNo: /^C-?\d{1,12}$/.test(plain) ? `C-${plain.replace(/^C-?0*/, '').padStart(6, '0')}` : null,
  }
}

const namesBranch = (text: string) =>
  /(支店|支社|支部|営業所|出張所|事業所|工場|店舗|センター)$/.test(text.trim())

const ROMAJI_FROM = 3

/** サイトー for サイトウ: a long o which others write out. */
const LONG_O = /[オコソトノホモヨロゴゾドボポョ]ー/

/** Latin text, or kana with a long mark that others write out, under the key of any romanisation; empty for other texts. */
function romajiOf(text: string, core: string, reading: string): string {
  const latin = /^[A-Za-z\s.,'’‘\-āīūēōâîûêô]+$/u.test(text.normalize('NFKC')) ? core : ''
  const word = latin || (reading.length > 0 && LONG_O.test(toKatakana(text)) ? reading : '')
  const key = word === '' ? '' : romajiSearchKey(word)
  return key.length < ROMAJI_FROM ? '' : key
}

function distinct(keys: string[]): string[] {
  return [...new Set(keys)].filter(key => key.length > 0)
}

/** A whole telephone number in any way of writing, else three and more digits without T, hyphens and brackets. */
function digitsOf(text: string): string | null {
  const phone = parsePhone(text).national
  if (phone) return phone
  const digits = text
    .normalize('NFKC')
    .replace(/[\s\-‐－ー−().]/g, '')
    .replace(/^[Tt](?=\d)/, '')
  return /^\d{3,}$/.test(digits) ? digits : null
}

/** Finds parties by every spelling, current and old; see `findParties` for the order. */
export async function search(
  context: QueryContext,
  input: z.output<typeof searchParties.input>,
): Promise<Seen<{ rows: (PartyRow & { matchedBy: MatchedBy; matchedText: string })[] }>> {
  const { found, rows, seen } = await readTogether(context.db, async db => {
    const found = await findParties({ ...context, db }, searchTextsOf(input.text), input)
    return { found, ...(await toRows(db, found)) }
  })
  return {
    body: {
      rows: rows.map((row, at) => ({
        ...row,
        matchedBy: MATCHED_BY[found[at]!.kind],
        matchedText: found[at]!.key,
      })),
    },
    seen,
    loggedQuery: { text: input.text },
  }
}

type MatchedBy = z.output<typeof searchParties.output>['rows'][number]['matchedBy']

const MATCHED_BY: Record<FoundRow['kind'], MatchedBy> = {
  party_no: 'number',
  place: 'place',
  custom: 'custom',
  core: 'name',
  folded: 'name',
  reading: 'reading',
  english: 'english',
  romaji: 'reading',
  number: 'number',
  phone: 'phone',
  old_core: 'old_name',
  old_folded: 'old_name',
  old_reading: 'old_name',
  old_number: 'old_number',
  old_phone: 'old_phone',
  old_place: 'old_place',
  branch: 'branch',
  branch_phone: 'branch',
  code: 'code',
}
