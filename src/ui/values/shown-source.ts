const inBrackets = /（([^（）]+)）/g

/**
 * Where a rule comes from, as whoever reads the screen knows it: the law or judgment in brackets. What stands before it names our own
 * design papers, which nobody outside has; without a law nothing is shown.
 */
export function shownSource(source: string | null | undefined): string | null {
  if (!source) return null
  if (!/^[A-Za-z]/.test(source)) return source
  const laws = [...source.matchAll(inBrackets)].map(found => found[1])
  return laws.length > 0 ? laws.join('、') : null
}
