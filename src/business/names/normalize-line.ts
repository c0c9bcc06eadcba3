/** One line in, one plain object out: what `daicho normalize KIND` prints as JSON. */
import { normalizeAccountHolder } from './account-holder.ts'
import { splitAddress } from './address.ts'
import { normalizeCompanyName } from './company-name.ts'
import { errorIssue } from './issues.ts'
import { normalizePersonName } from './person-name.ts'
import { parsePhone } from './phone.ts'

/** What a line may hold. */
export const LINE_KINDS = ['company', 'person', 'address', 'account-holder', 'phone'] as const
export type LineKind = (typeof LINE_KINDS)[number]

/** Narrows a word from the command line. */
export function isLineKind(word: string): word is LineKind {
  return (LINE_KINDS as readonly string[]).includes(word)
}

/** A line above this is no name, address or number: it is reported and not read. */
export const LONGEST_LINE = 2_000

/** Normalises one line. Never throws; problems are in `issues`, each naming its rule. */
export function normalizeLine(kind: LineKind, line: string): Record<string, unknown> {
  if (line.length > LONGEST_LINE) {
    const message = `1行が${LONGEST_LINE}文字を超えています（${line.length}文字）。`
    return { typed: line.slice(0, 80), issues: [errorIssue('line_must_not_be_too_long', message, 'JR §7.4')] }
  }
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
