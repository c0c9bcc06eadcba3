/** Cells of the files `match` writes (batch-files.md). */

/**
 * One text cell of a CSV file: quoted where RFC 4180 asks for it, and never a formula for a spreadsheet. Only a text which
 * begins with = + @, a tab, or - without a digit gets an apostrophe in front; every other id is written as it was read.
 */
export function csvCell(text: string): string {
  const safe = /^(?:[=+@\t\r]|-(?!\d))/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
