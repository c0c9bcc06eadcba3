import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ListEntry } from '../lists/list-entry.ts'
import { addName } from '../lists/list-entry.ts'
import { readOfac } from '../lists/ofac.ts'
import { readUnitedNations } from '../lists/united-nations.ts'
import { diffLists, screenDelta } from './delta.ts'
import { buildIndex, prepareSubject, screenSubject } from './list-index.ts'
import { compareNames, decideEntry } from './match-entry.ts'
import { POLICY } from './policy.ts'
import type { ScreeningMatch, ScreeningSubject } from './screening-result.ts'

const part = fc.constantFrom(
  'Muhammad',
  'Mohamed',
  'Ali',
  'Aly',
  'Hassan',
  'al-Hasan',
  'Kim',
  'Jong',
  'Un',
  'Jongun',
  'Ivanov',
  'Ivanof',
  'Sergei',
  'Sergey',
  'Abd',
  'al-Rahman',
  'Abdulrahman',
  'Yamada',
  'Taro',
  'Tarou',
  'ヤマダ',
  'タロウ',
  'ヤマダタロウ',
  'ハサン',
  'J.',
  'Shining',
  'Trading',
  'Co',
  'Ltd',
  'Air',
  'Mahan',
  '11420',
  '11421',
  'Corp',
  'and',
  'A',
  'Zawahiri',
  'Zawahri',
)
const typed = fc.string({ unit: fc.constantFrom(...'abdeghijklmnoprstuyz'), minLength: 2, maxLength: 9 })
const latin = fc
  .array(fc.oneof({ weight: 5, arbitrary: part }, { weight: 1, arbitrary: typed }), {
    minLength: 1,
    maxLength: 5,
  })
  .map(words => words.join(' '))
const kanji = fc
  .array(
    fc.constantFrom(
      '山',
      '田',
      '太',
      '郎',
      '次',
      '架',
      '空',
      '第',
      '一',
      '二',
      '興',
      '業',
      '工',
      '東',
      '斉',
      '斎',
      '支',
      '店',
    ),
    { minLength: 2, maxLength: 8 },
  )
  .map(letters => letters.join(''))
const name = fc.oneof({ weight: 3, arbitrary: latin }, { weight: 1, arbitrary: kanji })
const kind = fc.constantFrom('person' as const, 'company' as const)
const birth = fc.constantFrom(undefined, '1970', '1970-05-01', '1985-05-01')

const entries = fc
  .array(fc.record({ names: fc.array(name, { minLength: 1, maxLength: 3 }), kind, weak: fc.boolean() }), {
    minLength: 1,
    maxLength: 12,
  })
  .map(made =>
    made.map(({ names, kind: of, weak }, at): ListEntry => {
      const entry: ListEntry = {
        list: 'TEST',
        entryId: String(at),
        kind: of,
        names: [],
        births: [{ from: '1970-05-01', to: '1970-05-01' }],
        countries: [],
        addresses: [],
        identifiers: [],
        programs: [],
      }
      for (const [nth, text] of names.entries())
        addName(entry.names, text, weak && nth > 0 ? 'weak' : 'primary')
      return entry
    }),
  )
const subjects = fc.array(fc.record({ name, kind, birth }), { minLength: 1, maxLength: 8 }).map(made =>
  made.map(
    ({ name: text, kind: of, birth: day }, at): ScreeningSubject => ({
      id: String(at),
      kind: of,
      name: text,
      ...(day && { birthDate: day }),
    }),
  ),
)

/** Every name of the subject with every name of every entry, nothing left out. */
function bruteForce(all: ListEntry[], subject: ScreeningSubject): ScreeningMatch[] {
  const prepared = prepareSubject(subject)
  const isPerson = subject.kind === 'person'
  const matches = all.map(entry => {
    const names = buildIndex([{ entries: [entry] }]).names
    const evidence = prepared.forms.flatMap(form =>
      names.map(name => compareNames(form, name, isPerson, POLICY)),
    )
    return decideEntry(
      prepared,
      entry,
      evidence.filter(found => found !== null),
      POLICY,
    )
  })
  return matches.filter(match => match !== null)
}

test('neither the gates nor the delta lose a pair that comparing everything finds', () => {
  fc.assert(
    fc.property(entries, subjects, (all, people) => {
      const [gated, open] = [
        buildIndex([{ entries: all }]),
        buildIndex([{ entries: all }], { exhaustive: true }),
      ]
      const sorted = (matches: ScreeningMatch[]) =>
        matches.map(match => `${match.listEntry.entryId} ${match.score} ${match.matchedName}`).sort()
      for (const subject of people) {
        const expected = sorted(bruteForce(all, subject))
        expect(sorted(screenSubject(gated, subject))).toEqual(expected)
        expect(sorted(screenSubject(open, subject))).toEqual(expected)
      }
    }),
    { numRuns: 300, seed: 4 },
  )
})

test('a delta without any gate gives exactly what a full run gives for the same entries', () => {
  fc.assert(
    fc.property(entries, subjects, fc.integer({ min: 1, max: 12 }), (all, people, count) => {
      const changed = all.slice(0, count)
      const full = buildIndex([{ entries: all }])
      const expected = people
        .map(subject => ({
          subject,
          matches: screenSubject(full, subject).filter(match => changed.includes(match.listEntry)),
        }))
        .filter(found => found.matches.length > 0)
      expect(screenDelta(changed, people)).toEqual(expected)
    }),
    { numRuns: 1500, seed: 3 },
  )
})

test('the gates lose nothing on real entries', () => {
  const read = (file: string) => ({
    file,
    text: readFileSync(join(import.meta.dirname, '../lists/testing', file), 'utf8'),
  })
  const lists = [
    readOfac('OFAC-SDN', { primary: read('sdn.csv'), aliases: read('alt.csv') }),
    readUnitedNations('un.xml', read('un.xml').text),
  ]
  const [gated, open] = [buildIndex(lists), buildIndex(lists, { exhaustive: true })]
  let alerts = 0
  for (const entry of gated.entries) {
    for (const { text } of entry.names) {
      for (const altered of [
        text.slice(0, 4) + text.slice(5),
        `${text.slice(0, 4)}z${text.slice(5)}`,
        text.slice(0, 3) + text[4] + text[3] + text.slice(5),
      ]) {
        const subject: ScreeningSubject = {
          id: text,
          kind: entry.kind === 'person' ? 'person' : 'company',
          name: altered,
        }
        const found = screenSubject(gated, subject)
        alerts += found.length
        expect(found).toEqual(screenSubject(open, subject))
      }
    }
  }
  expect(alerts).toBeGreaterThan(gated.entries.length)
})

test('the difference of two versions names what was added, changed and removed, whatever the order of items', () => {
  const entry = (entryId: string, rest: Partial<ListEntry> = {}): ListEntry => ({
    list: 'L',
    entryId,
    kind: 'person',
    names: [{ text: 'A B', script: 'latin', quality: 'primary' }],
    births: [],
    countries: ['RU', 'CY'],
    addresses: [],
    identifiers: [],
    programs: [],
    ...rest,
  })
  const difference = diffLists(
    [{ entries: [entry('1'), entry('2'), entry('3')] }],
    [{ entries: [entry('4'), entry('2', { countries: ['CY', 'RU'] }), entry('1', { remarks: 'x' })] }],
  )
  expect(difference.added.map(found => found.entryId)).toEqual(['4'])
  expect(difference.changed.map(found => [found.before.entryId, found.after.remarks])).toEqual([['1', 'x']])
  expect(difference.removed.map(found => found.entryId)).toEqual(['3'])
})
