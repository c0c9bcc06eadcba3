import type { LayoutSection } from './tables.ts'

/**
 * The headings of a form in force: the company's own order where it set one, else the program's. Fields which its order does not name (new
 * since) stand at the end of the heading the program gives them; names that no longer exist are passed over. Empty headings are kept out.
 */
export function arranged(
  own: readonly LayoutSection[],
  company: readonly LayoutSection[] | null,
): LayoutSection[] {
  const known = new Set(own.flatMap(section => section.fields))
  const sections = (company ?? own).map(section => ({
    ...section,
    fields: section.fields.filter(name => known.has(name)),
  }))
  const placed = new Set(sections.flatMap(section => section.fields))
  for (const section of own) {
    const left = section.fields.filter(name => !placed.has(name))
    if (left.length === 0) continue
    const home = sections.find(one => one.key === section.key)
    if (home) home.fields.push(...left)
    else sections.push({ ...section, fields: left })
  }
  return sections.filter(section => section.fields.length > 0)
}
