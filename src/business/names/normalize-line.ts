/** One line in, one plain object out: what `daicho normalize KIND` prints as JSON. */
import { normalizeAccountHolder } from './account-holder.ts'
import { splitAddress } from './address.ts'
import { normalizeCompanyName } from './company-name.ts'
import { normalizePersonName } from './person-name.ts'
import { parsePhone } from './phone.ts'

/** What a line may hold. */
export const LINE_KINDS = ['company', 'person', 'address', 'account-holder', 'phone'] as const
export type LineKind = (typeof LINE_KINDS)[number]

/** Narrows a word from the command line. */
export function isLineKind(word: string): word is LineKind {
  return (LINE_KINDS as readonly string[]).includes(word)
}

/** Normalises one line. Never throws; problems are in `issues`, each naming its rule. */
export function normalizeLine(kind: LineKind, line: string): Record<string, unknown> {
  switch (kind) {
    case 'company':
      return normalizeCompanyName(line)
    case 'person':
      return normalizePersonName(line)
    case 'address':
      return splitAddress(line)
    case 'account-holder':
      return normalizeAccountHolder(line)
    case 'phone':
      return parsePhone(line)
  }
}
