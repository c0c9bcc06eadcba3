import { parseCorporateNumber } from '../../names/index.ts'

export interface NamedNumbers {
  /** Our own numbers: C-000123. */
  partyNos: string[]
  corporateNumbers: string[]
  /** Words that may be numbers of the old system. */
  words: string[]
}

const MOST_WORDS = 20
const LONGEST_WORD = 40

/** What the path of a file in an archive may say of its customer: folders count as well as the name; pure. */
export function numbersIn(path: string): NamedNumbers {
  const text = path.normalize('NFKC').replace(/\.[A-Za-z0-9]{1,5}$/, '')
  const partyNos = [...text.matchAll(/(?<![A-Za-z0-9])[Cc]-?(\d{6,9})(?!\d)/g)].map(found => `C-${found[1]}`)
  const corporateNumbers = [...text.matchAll(/(?<!\d)[Tt]?(\d{13})(?!\d)/g)].flatMap(
    found => parseCorporateNumber(found[1]!).value ?? [],
  )
  const words = text
    .split(/[\s/\\_()（）[\]【】「」、。,]+/u)
    .filter(word => /\d/.test(word) && word.length <= LONGEST_WORD)
  return {
    partyNos: [...new Set(partyNos)],
    corporateNumbers: [...new Set(corporateNumbers)],
    words: [...new Set(words)].slice(0, MOST_WORDS),
  }
}
