/** Units of money in offices' tables, in yen. */
export const yenIn: Readonly<Record<string, number>> = {
  千円: 1_000,
  万円: 10_000,
  百万円: 1_000_000,
  億円: 100_000_000,
}
const UNIT = /百万円|千円|万円|億円/

/** The unit of money a text names (「資本金（千円）」), or null for plain yen. */
export function unitIn(text: string): string | null {
  return UNIT.exec(text.normalize('NFKC'))?.[0] ?? null
}

/** A title above a table that names the unit of its amounts: 「（単位：千円）」. */
export function unitOfTitle(cells: readonly string[]): string | null {
  const said = /単位\s*[:：]?\s*(百万円|千円|万円|億円)/.exec(cells.join(' ').normalize('NFKC'))
  return said?.[1] ?? null
}

/** A heading without the unit it names and the brackets around it. */
export const withoutUnit = (heading: string) =>
  heading.normalize('NFKC').replace(/[([【]?\s*(?:単位\s*[:：]?\s*)?(?:百万円|千円|万円|億円)\s*[)\]】]?/, '')
