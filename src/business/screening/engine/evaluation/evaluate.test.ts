import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readListFolder } from '../../lists/read-list-folder.ts'
import { buildIndex } from '../list-index.ts'
import { POLICY } from '../policy.ts'
import { alteredSubjects, heldOutAliases, scoresOfAltered, scoresOfOrdinary, shareFrom } from './evaluate.ts'
import { ordinarySubjects } from './ordinary-names.ts'

const lists = await readListFolder(join(import.meta.dirname, '../../data'))
const index = buildIndex(lists)
const review = POLICY.reviewFrom / 1000

test('at the thresholds in force at least 98 % of altered listed names alert, and few ordinary ones do', () => {
  const altered = alteredSubjects(index.entries, 1_500, 21, 'evaluation')
  expect(altered).toHaveLength(1_500)
  expect(shareFrom(scoresOfAltered(index, altered), review)).toBeGreaterThanOrEqual(0.98)
  expect(shareFrom(scoresOfOrdinary(index, ordinarySubjects(4_000, 21)), review)).toBeLessThanOrEqual(0.003)
})

test('the same seed makes the same set, and the halves share no entry', () => {
  const names = (seed: number, half: 'tuning' | 'evaluation') =>
    alteredSubjects(index.entries, 200, seed, half)
  expect(names(1, 'tuning')).toEqual(names(1, 'tuning'))
  expect(names(1, 'tuning').map(made => made.subject.name)).not.toEqual(
    names(2, 'tuning').map(made => made.subject.name),
  )
  const tuned = new Set(names(1, 'tuning').map(made => made.entry))
  expect(names(1, 'evaluation').some(made => tuned.has(made.entry))).toBe(false)
})

test('an alias held out is gone from its entry and from nowhere else', () => {
  const { entries, aliases } = heldOutAliases(index.entries, 50, 3)
  expect(aliases).toHaveLength(50)
  for (const { entry, alias } of aliases) expect(entry.names.map(name => name.text)).not.toContain(alias)
  const count = (all: readonly { names: unknown[] }[]) =>
    all.reduce((sum, entry) => sum + entry.names.length, 0)
  expect(count(entries)).toBe(count(index.entries) - 50)
})
