import { isKanaOnly, normalizeReading } from '../../src/business/names/index.ts'
import { type CompanyCore, companyCore } from '../generate/company-core.ts'
import { fullWidth, halfWidthKana, hiragana } from '../generate/kana.ts'
import { type Random, stream } from '../generate/random.ts'
import { LOAD_SEED } from './companies.ts'

export type SearchText = { text: string; length: 'one' | 'two' | 'three_to_six' | 'longer'; index: number }

/**
 * The fixed mix of searches: 10 % one character, 20 % two, 40 % three to six, 30 % longer or numbers; each taken from a company
 * of the load in some spelling: kanji, kana full, half or hiragana, English, old names, numbers with T and hyphens, phones.
 */
export function searchTexts(count: number, companies: number, seed: number): SearchText[] {
  const random = stream(seed, 'search-texts', 0)
  const texts: SearchText[] = []
  while (texts.length < count) {
    const index = random.whole(0, companies - 1)
    const core = companyCore(LOAD_SEED, index)
    const draw = random.next()
    if (draw < 0.1) texts.push({ text: start(core, 1, random), length: 'one', index })
    else if (draw < 0.3) texts.push({ text: start(core, 2, random), length: 'two', index })
    else if (draw < 0.7) texts.push({ text: part(core, random), length: 'three_to_six', index })
    else texts.push({ text: whole(core, random), length: 'longer', index })
  }
  return texts
}

function start(core: CompanyCore, length: number, random: Random): string {
  const name = namesOf(core).map(text => text.replaceAll(/\s/g, ''))
  return [...random.pick(name)].slice(0, length).join('')
}

/** Three to six characters from anywhere in a name, mostly its beginning, as people type. */
function part(core: CompanyCore, random: Random): string {
  const letters = [...spelled(random.pick(namesOf(core)), random)]
  const length = Math.min(random.whole(3, 6), letters.length)
  const from = random.chance(0.6) ? 0 : random.whole(0, letters.length - length)
  const text = letters
    .slice(from, from + length)
    .join('')
    .trim()
  return text.length > 0 ? text : letters.join('')
}

function whole(core: CompanyCore, random: Random): string {
  const number = core.corporateNumber
  const ways = [
    () => core.legalName,
    () => fullWidth(core.legalName),
    () => core.legalName.replace('株式会社', random.pick(['㈱', '(株)', '（株）', ''])),
    () => core.formerNames[0]?.name ?? core.legalName,
    () => core.legalNameEn,
    () => spelled(core.legalNameKana, random),
    () => number ?? core.phone,
    () => (number ? `T${number}` : core.phone.replaceAll('-', '')),
    () =>
      number
        ? `${number.slice(0, 1)}-${number.slice(1, 5)}-${number.slice(5, 9)}-${number.slice(9)}`
        : core.phone,
    () => core.phone,
  ]
  return random.pick(ways)()
}

function namesOf(core: CompanyCore): string[] {
  return [core.core.text, core.core.text, core.legalNameKana, core.formerNames[0]?.name ?? core.core.text]
}

function spelled(text: string, random: Random): string {
  if (!isKanaOnly(text.replace(/[\s・ー]/g, ''))) return random.chance(0.1) ? fullWidth(text) : text
  return random.pick([text, hiragana(text), halfWidthKana(text), normalizeReading(text).key])
}
