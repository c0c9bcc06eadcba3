import { countryOrWords } from './countries.ts'
import { readDelimited, type TextRow } from './delimited-text.ts'
import { addName, type EntryKind, type ListEntry, ListFileError, type ListProblem } from './list-entry.ts'
import { readRemarks } from './ofac-remarks.ts'

/** The four files of one Treasury list; only the primary one is required. */
export interface OfacTexts {
  primary: { file: string; text: string }
  aliases?: { file: string; text: string }
  addresses?: { file: string; text: string }
  comments?: { file: string; text: string }
}

export interface OfacResult {
  entries: ListEntry[]
  problems: ListProblem[]
  /** Rows of aliases, addresses and comments whose entry number is not in the primary file. */
  notJoined: { aliases: number; addresses: number; comments: number }
}

const KINDS: Record<string, EntryKind> = {
  individual: 'person',
  vessel: 'vessel',
  aircraft: 'other',
  '': 'company',
}

interface Draft {
  entry: ListEntry
  remarks: string
}

/**
 * Reads SDN.CSV or CONS_PRIM.CSV with their ALT, ADD and COMMENTS files: no heading, `-0-` is empty.
 * A row without a primary entry is reported as `no_primary_entry` and the load goes on, because the Treasury
 * publishes the files one after the other; a row of another shape stops the load.
 */
export function readOfac(list: 'OFAC-SDN' | 'OFAC-CONS', texts: OfacTexts): OfacResult {
  const problems: ListProblem[] = []
  const drafts = readPrimary(list, texts.primary, problems)
  const notJoined = { aliases: 0, addresses: 0, comments: 0 }
  if (texts.comments) notJoined.comments = joinComments(drafts, texts.comments, problems)
  for (const draft of drafts.values()) applyRemarks(draft, texts.primary.file, problems)
  if (texts.aliases) notJoined.aliases = joinAliases(drafts, texts.aliases, problems)
  if (texts.addresses) notJoined.addresses = joinAddresses(drafts, texts.addresses, problems)
  for (const draft of drafts.values()) applyWeakNames(draft)
  return { entries: [...drafts.values()].map(draft => draft.entry), problems, notJoined }
}

/** A Treasury cell: trimmed, `-0-` read as empty. */
function value(row: TextRow, index: number): string {
  const cell = (row.cells[index] ?? '').trim()
  return cell === '-0-' ? '' : cell
}

function entryNumber(file: string, row: TextRow, columns: number): string {
  if (row.cells.length !== columns) {
    throw new ListFileError(
      file,
      `has ${row.cells.length} cells, ${columns} are expected; fetch the file again`,
      { line: row.line, column: Math.min(row.cells.length, columns) },
    )
  }
  const number = value(row, 0)
  if (!/^\d{1,9}$/u.test(number))
    throw new ListFileError(file, `does not start with an entry number: "${number.slice(0, 40)}"`, {
      line: row.line,
      column: 1,
    })
  return number
}

function readPrimary(
  list: string,
  source: { file: string; text: string },
  problems: ListProblem[],
): Map<string, Draft> {
  const drafts = new Map<string, Draft>()
  for (const row of readDelimited(source.file, source.text)) {
    const entryId = entryNumber(source.file, row, 12)
    if (drafts.has(entryId)) {
      problems.push({
        file: source.file,
        line: row.line,
        code: 'repeated_entry',
        message: `entry ${entryId} stands twice; the later row is used`,
      })
    }
    const type = value(row, 2).toLowerCase()
    const kind = KINDS[type]
    if (!kind)
      throw new ListFileError(source.file, `has the unknown type "${type}"`, { line: row.line, column: 3 })
    const entry = emptyEntry(list, entryId, kind)
    addName(entry.names, value(row, 1), 'primary')
    if (entry.names.length === 0)
      throw new ListFileError(source.file, 'has an entry without a name', { line: row.line, column: 2 })
    entry.programs.push(
      ...value(row, 3)
        .replace(/^\[|\]$/gu, '')
        .split(/\]\s*\[|;\s*/u)
        .filter(program => program !== ''),
    )
    const flag = countryOrWords(value(row, 9))
    if (flag) entry.countries.push(flag)
    drafts.set(entryId, { entry, remarks: value(row, 11) })
  }
  if (drafts.size === 0) throw new ListFileError(source.file, 'has no entries', { line: 1, column: 1 })
  return drafts
}

function emptyEntry(list: string, entryId: string, kind: EntryKind): ListEntry {
  return {
    list,
    entryId,
    kind,
    names: [],
    births: [],
    countries: [],
    addresses: [],
    identifiers: [],
    programs: [],
  }
}

/** Remarks longer than the column continue in the comments file, cut in mid-word. */
function joinComments(
  drafts: Map<string, Draft>,
  source: { file: string; text: string },
  problems: ListProblem[],
): number {
  return joinRows(drafts, source, 2, problems, (draft, row) => {
    draft.remarks += value(row, 1)
  })
}

function joinAliases(
  drafts: Map<string, Draft>,
  source: { file: string; text: string },
  problems: ListProblem[],
): number {
  return joinRows(drafts, source, 5, problems, (draft, row) =>
    addName(draft.entry.names, value(row, 3), 'strong'),
  )
}

function joinAddresses(
  drafts: Map<string, Draft>,
  source: { file: string; text: string },
  problems: ListProblem[],
): number {
  return joinRows(drafts, source, 6, problems, (draft, row) => {
    const address = [value(row, 2), value(row, 3), value(row, 4)].filter(part => part !== '').join(', ')
    if (address !== '' && !draft.entry.addresses.includes(address)) draft.entry.addresses.push(address)
    const country = countryOrWords(value(row, 4))
    if (country && !draft.entry.countries.includes(country)) draft.entry.countries.push(country)
  })
}

function joinRows(
  drafts: Map<string, Draft>,
  source: { file: string; text: string },
  columns: number,
  problems: ListProblem[],
  join: (draft: Draft, row: TextRow) => void,
): number {
  let notJoined = 0
  for (const row of readDelimited(source.file, source.text)) {
    const entryId = entryNumber(source.file, row, columns)
    const draft = drafts.get(entryId)
    if (draft) join(draft, row)
    else {
      notJoined += 1
      problems.push({
        file: source.file,
        line: row.line,
        code: 'no_primary_entry',
        message: `no primary entry: ${entryId}`,
      })
    }
  }
  return notJoined
}

function applyRemarks(draft: Draft, file: string, problems: ListProblem[]): void {
  if (draft.remarks === '') return
  const facts = readRemarks(draft.remarks)
  draft.entry.remarks = draft.remarks
  draft.entry.births.push(...facts.births)
  draft.entry.identifiers.push(...facts.identifiers)
  for (const country of facts.countries)
    if (!draft.entry.countries.includes(country)) draft.entry.countries.push(country)
  if (facts.gender) draft.entry.gender = facts.gender
  for (const text of facts.birthsNotUnderstood) {
    problems.push({
      file,
      code: 'birth_not_understood',
      message: `entry ${draft.entry.entryId}: DOB ${text}`,
    })
  }
}

/** Weak aliases come after the strong ones, so that a name which is in ALT.CSV too keeps the better quality. */
function applyWeakNames(draft: Draft): void {
  const facts = readRemarks(draft.remarks)
  for (const name of facts.formerNames) addName(draft.entry.names, name, 'strong')
  for (const name of facts.weakNames) addName(draft.entry.names, name, 'weak')
}
