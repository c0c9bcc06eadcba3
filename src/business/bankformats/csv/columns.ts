import { type Checked, problem } from '../problem.ts'
import { COMMON_HEADINGS, CSV_PROFILES, type CsvProfile } from './profiles.ts'
import type { CsvRow } from './rows.ts'

/** The columns of a file: where each meaning stands, counted from 0. */
export interface Columns {
  profile: string
  /** True when no profile knew the headings and they were guessed from common words. */
  guessed: boolean
  headings: readonly string[]
  bookedOn: number
  valueOn: number | null
  in: number | null
  out: number | null
  signed: number | null
  balance: number | null
  summary: readonly number[]
  payer: number | null
  payerBank: number | null
  payerBranch: number | null
  inquiryNo: number | null
  account: number | null
}

/** The columns a row of headings stands for; null when the row is none. Refused when a needed heading stands there twice. */
export function columnsOf(row: CsvRow, more: readonly CsvProfile[]): Checked<Columns> | null {
  const headings = row.cells.map(plainHeading)
  const fitting = [...more, ...CSV_PROFILES].filter(profile => fits(profile, headings))
  fitting.sort((a, b) => named(b).length - named(a).length)
  const profile = fitting[0] ?? guessedProfile(headings)
  if (!profile) return null
  const twice = named(profile).find(
    name => headings.filter(heading => heading === plainHeading(name)).length > 1,
  )
  if (twice !== undefined) {
    const column = headings.lastIndexOf(plainHeading(twice)) + 1
    const message = `${row.lineNo}行目の見出しに「${twice}」が2つあります。`
    const remedy = '銀行から取得したままのCSVを使ってください。'
    return {
      ok: false,
      problems: [problem({ line: row.lineNo, column }, twice, 'headings_must_be_distinct', message, remedy)],
    }
  }
  return { ok: true, value: placed(profile, row.cells, headings, fitting.length === 0) }
}

/** Headings as compared: half width, no spaces. */
export function plainHeading(heading: string): string {
  return heading
    .normalize('NFKC')
    .replace(/[\s()"'’]/gu, '')
    .toLowerCase()
}

function fits(profile: CsvProfile, headings: readonly string[]): boolean {
  return named(profile).every(name => headings.includes(plainHeading(name)))
}

/** Every heading a profile names. */
function named(profile: CsvProfile): string[] {
  const { code: _code, label: _label, seen: _seen, summary, ...single } = profile
  return [...new Set([...Object.values(single), ...summary])]
}

function guessedProfile(headings: readonly string[]): CsvProfile | null {
  const withoutUnit = headings.map(heading => heading.replace(/円$/u, ''))
  const find = (names: readonly string[]) =>
    headings[withoutUnit.findIndex(heading => names.includes(heading))]
  const bookedOn = find(COMMON_HEADINGS.bookedOn)
  const balance = find(COMMON_HEADINGS.balance)
  const [credit, debit] = [find(COMMON_HEADINGS.in), find(COMMON_HEADINGS.out)]
  const signed = find(COMMON_HEADINGS.signed)
  const hasAmounts = (credit !== undefined && debit !== undefined) || signed !== undefined
  if (bookedOn === undefined || balance === undefined || !hasAmounts) return null
  const summary = headings.filter((_, i) =>
    (COMMON_HEADINGS.summary as readonly string[]).includes(withoutUnit[i]!),
  )
  const amounts = credit !== undefined && debit !== undefined ? { in: credit, out: debit } : { signed }
  const valueOn = find(COMMON_HEADINGS.valueOn)
  const guess = {
    code: 'guessed',
    label: '見出しからの推定',
    seen: false,
    bookedOn,
    balance,
    summary,
    ...amounts,
  }
  return {
    ...guess,
    ...(valueOn === undefined ? {} : { valueOn }),
    ...(summary.length === 0 ? {} : { payer: summary.at(-1)! }),
  }
}

function placed(
  profile: CsvProfile,
  cells: readonly string[],
  headings: readonly string[],
  guessed: boolean,
): Columns {
  const at = (name: string | undefined) => (name === undefined ? null : headings.indexOf(plainHeading(name)))
  return {
    profile: profile.code,
    guessed,
    headings: cells.map(cell => cell.trim()),
    bookedOn: at(profile.bookedOn)!,
    valueOn: at(profile.valueOn),
    in: at(profile.in),
    out: at(profile.out),
    signed: at(profile.signed),
    balance: at(profile.balance),
    summary: profile.summary.map(name => at(name)!),
    payer: at(profile.payer),
    payerBank: at(profile.payerBank),
    payerBranch: at(profile.payerBranch),
    inquiryNo: at(profile.inquiryNo),
    account: at(profile.account),
  }
}
