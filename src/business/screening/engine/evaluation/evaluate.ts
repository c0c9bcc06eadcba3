import type { ListEntry } from '../../lists/list-entry.ts'
import { type ListIndex, screenSubject } from '../list-index.ts'
import type { ScreeningSubject } from '../screening-result.ts'
import { type AlterationKind, COMPANY_ALTERATIONS, PERSON_ALTERATIONS } from './alterations.ts'
import type { OrdinarySubject } from './ordinary-names.ts'
import { type Dice, dice } from './random.ts'

export interface AlteredSubject {
  alteration: AlterationKind
  /** The listed entry it was made from: the alert that must come. */
  entry: ListEntry
  listedName: string
  subject: ScreeningSubject
}

/**
 * Subjects made from listed names by seeded alterations. Entries are split by their id into two halves, so that thresholds chosen on
 * one half are measured on entries never looked at. A third of the subjects carry the listed birth, a third the listed country.
 */
export function alteredSubjects(
  entries: readonly ListEntry[],
  count: number,
  seed: number,
  half: 'tuning' | 'evaluation',
): AlteredSubject[] {
  const random = dice(seed)
  const pool = entries.filter(
    entry => (entry.kind === 'person' || entry.kind === 'company') && halfOf(entry) === half,
  )
  const made: AlteredSubject[] = []
  while (made.length < count && pool.length > 0) {
    const entry = random.pick(pool)
    const names = entry.names.filter(
      name =>
        name.script === 'latin' &&
        name.quality !== 'weak' &&
        name.text.replace(/[^A-Za-z]/gu, '').length >= 6,
    )
    if (names.length === 0) continue
    const listedName = random.pick(names).text
    const altered = alter(entry, listedName, random)
    if (altered)
      made.push({
        ...altered,
        entry,
        listedName,
        subject: { id: `altered-${made.length}`, ...altered.subject },
      })
  }
  return made
}

function alter(
  entry: ListEntry,
  listedName: string,
  random: Dice,
): { alteration: AlterationKind; subject: Omit<ScreeningSubject, 'id'> } | null {
  const person = entry.kind === 'person'
  const ways = Object.entries(person ? PERSON_ALTERATIONS : COMPANY_ALTERATIONS)
  const [alteration, change] = random.pick(ways)
  const words = inOrder(listedName, person)
  const name = change(words, random)
  if (name === null || (person && words.length < 2)) return null
  const birth = random.chance(1 / 3) ? entry.births[0] : undefined
  const country = random.chance(1 / 3) ? entry.countries[0] : undefined
  return {
    alteration: alteration as AlterationKind,
    subject: {
      kind: person ? 'person' : 'company',
      name,
      ...(birth && { birthDate: birth.from }),
      ...(country && { country }),
    },
  }
}

/** "SURNAME, Given" as people say it. */
function inOrder(name: string, person: boolean): string[] {
  const comma = person ? name.indexOf(',') : -1
  const said = comma > 0 ? `${name.slice(comma + 1)} ${name.slice(0, comma)}` : name
  return said.split(/\s+/u).filter(word => /[A-Za-z0-9]/u.test(word))
}

function halfOf(entry: ListEntry): 'tuning' | 'evaluation' {
  let hash = 0
  for (const letter of entry.list + entry.entryId) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0
  return hash & 1 ? 'tuning' : 'evaluation'
}

/** Best score of the right entry for each altered subject, 0 when it was not found. */
export function scoresOfAltered(index: ListIndex, subjects: AlteredSubject[]): number[] {
  return subjects.map(
    ({ entry, subject }) =>
      screenSubject(index, subject).find(match => match.listEntry === entry)?.score ?? 0,
  )
}

/** Best score of any entry for each ordinary subject, 0 when clear. */
export function scoresOfOrdinary(index: ListIndex, subjects: OrdinarySubject[]): number[] {
  return subjects.map(({ subject }) => screenSubject(index, subject)[0]?.score ?? 0)
}

/** Share of scores at or above a threshold. */
export function shareFrom(scores: number[], threshold: number): number {
  return scores.length === 0 ? 0 : scores.filter(score => score >= threshold).length / scores.length
}

export interface HeldOutAlias {
  entry: ListEntry
  alias: string
}

/**
 * Real aliases as subjects: takes one strong alias away from each of `count` entries that keep another Latin name. Many aliases are
 * altogether different names, which no comparison of names can find; the figure is a floor, not a target.
 */
export function heldOutAliases(
  entries: readonly ListEntry[],
  count: number,
  seed: number,
): { entries: ListEntry[]; aliases: HeldOutAlias[] } {
  const random = dice(seed)
  const chosen = new Map<ListEntry, string>()
  const able = entries.filter(
    entry => (entry.kind === 'person' || entry.kind === 'company') && strongAliases(entry).length > 0,
  )
  while (chosen.size < Math.min(count, able.length)) {
    const entry = random.pick(able)
    if (!chosen.has(entry)) chosen.set(entry, random.pick(strongAliases(entry)))
  }
  const aliases: HeldOutAlias[] = []
  const kept = entries.map(entry => {
    const alias = chosen.get(entry)
    if (alias === undefined) return entry
    const without = { ...entry, names: entry.names.filter(name => name.text !== alias) }
    aliases.push({ entry: without, alias })
    return without
  })
  return { entries: kept, aliases }
}

function strongAliases(entry: ListEntry): string[] {
  return entry.names
    .filter(name => name.quality === 'strong' && name.script === 'latin')
    .map(name => name.text)
}
