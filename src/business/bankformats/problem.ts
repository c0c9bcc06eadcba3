/**
 * Why something cannot be used, and where. `record` counts the records of a fixed-length file, `line` the lines of a text file,
 * both from 1; `column` is the byte in the record, or the cell in the line, from 1.
 */
export interface FormatProblem {
  record?: number
  line?: number
  column?: number
  /** What it is called on the screen or in the layout, in Japanese. */
  field: string
  /** The rule, worded as a code. */
  code: string
  /** What is wrong, in Japanese. */
  message: string
  /** What to do about it, in Japanese. */
  remedy: string
}

/** Where a problem lies. */
export type ProblemPlace = Pick<FormatProblem, 'record' | 'line' | 'column'>

/** More problems than this tell a reader nothing new; the list is cut there. */
export const MAX_PROBLEMS = 50

/** Builds a problem; the place may be empty when the value stands alone. */
export function problem(
  place: ProblemPlace,
  field: string,
  code: string,
  message: string,
  remedy: string,
): FormatProblem {
  return { ...place, field, code, message, remedy }
}

/** The beginning of a text from a file, short enough for a message. */
export function excerpt(text: string): string {
  const characters = Array.from(text.slice(0, 100))
  return characters.length <= 40 && text.length <= 100 ? text : `${characters.slice(0, 40).join('')}…`
}

/** A value or the reasons why there is none. */
export type Checked<T> = { ok: true; value: T } | { ok: false; problems: FormatProblem[] }
