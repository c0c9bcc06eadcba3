/**
 * Labelled person records after the published description of the FEBRL generator (Christen 2005): names and suburbs of skewed
 * frequency, up to five copies of an original, up to two changes in a field and ten in a record: letters inserted, deleted,
 * replaced and transposed, spaces put in and left out, words turned round, values exchanged between fields, lost, or
 * replaced by somebody else's. Made up; no real person is meant.
 */
import { seededRandom } from '../hash.ts'
import { type LabelledPerson, personRecords } from './person-records.ts'

type Below = (limit: number) => number

/** `originals` people and `copies` damaged copies of some of them, in random order. */
export function febrlLikeRecords(originals: number, copies: number, seed: number): LabelledPerson[] {
  const random = seededRandom(seed)
  for (let k = 0; k < 10; k++) random()
  const below: Below = limit => random() % limit
  const people = skewed(
    personRecords(originals, 0, seed).map(each => each.record),
    below,
  )
  const all: LabelledPerson[] = people.map((record, person) => ({ person, record }))
  const copiesOf = new Map<number, number>()
  while (all.length < originals + copies) {
    const person = below(originals)
    const known = copiesOf.get(person) ?? 0
    if (known === 5) continue
    copiesOf.set(person, known + 1)
    all.push({ person, record: damaged(people[person]!, people[below(originals)]!, below) })
  }
  for (let k = all.length - 1; k > 0; k--) {
    const other = below(k + 1)
    ;[all[k], all[other]] = [all[other]!, all[k]!]
  }
  for (const [k, { record }] of all.entries()) record.rec_id = `rec-${k}`
  return all
}

/** Frequent values come up more often than rare ones, as in telephone books; many fields are empty from the start. */
function skewed(records: Record<string, string>[], below: Below): Record<string, string>[] {
  const columns = ['given_name', 'surname', 'suburb'] as const
  const values = columns.map(column => [...new Set(records.map(record => record[column]!))])
  const few = (list: readonly string[]) => list[Math.floor((below(1000) / 1000) ** 2 * list.length)]!
  for (const record of records) {
    columns.forEach((column, k) => {
      record[column] = below(40) === 0 ? '' : few(values[k]!)
    })
    if (below(12) === 0) record.state = ''
    if (below(30) === 0) record.date_of_birth = ''
    if (below(25) === 0) record.street_number = ''
  }
  return records
}

const WEIGHTS: readonly (readonly [column: string, weight: number])[] = [
  ['given_name', 10],
  ['surname', 12],
  ['street_number', 8],
  ['address_1', 16],
  ['address_2', 14],
  ['suburb', 14],
  ['postcode', 8],
  ['state', 5],
  ['date_of_birth', 6],
  ['soc_sec_id', 7],
]
const TOTAL = WEIGHTS.reduce((sum, [, weight]) => sum + weight, 0)

function damaged(from: Record<string, string>, other: Record<string, string>, below: Below) {
  const record = { ...from }
  const changes = 1 + below(10)
  const used = new Map<string, number>()
  for (let k = 0; k < changes; k++) {
    const column = pickedColumn(below(TOTAL))
    const before = used.get(column) ?? 0
    if (before === 2) continue
    used.set(column, before + 1)
    change(record, column, other, below)
  }
  return record
}

function pickedColumn(draw: number): string {
  let left = draw
  for (const [column, weight] of WEIGHTS) {
    left -= weight
    if (left < 0) return column
  }
  return 'surname'
}

function change(record: Record<string, string>, column: string, other: Record<string, string>, below: Below) {
  const roll = below(100)
  if (roll < 8) record[column] = ''
  else if (roll < 16) record[column] = other[column]!
  else if (roll < 22 && /name|surname/.test(column)) exchange(record, 'given_name', 'surname')
  else if (roll < 22 && column.startsWith('address')) exchange(record, 'address_1', 'address_2')
  else record[column] = slipped(record[column]!, column, below)
}

function exchange(record: Record<string, string>, left: string, right: string) {
  ;[record[left], record[right]] = [record[right]!, record[left]!]
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

function slipped(value: string, column: string, below: Below): string {
  if (value.length < 2) return value
  const at = below(value.length)
  const digits = /^\d+$/.test(value)
  const letter = digits ? String(below(10)) : LETTERS[below(26)]!
  const roll = below(digits ? 4 : 7)
  if (roll === 0) return value.slice(0, at) + letter + value.slice(at + 1)
  if (roll === 1) return column === 'date_of_birth' ? value : value.slice(0, at) + value.slice(at + 1)
  if (roll === 2) return column === 'date_of_birth' ? value : value.slice(0, at) + letter + value.slice(at)
  if (roll === 3 && at > 0) return value.slice(0, at - 1) + value[at] + value[at - 1] + value.slice(at + 1)
  if (roll === 4) return `${value.slice(0, at)} ${value.slice(at)}`.trim()
  if (roll === 5) return value.replace(' ', '')
  return value.split(' ').reverse().join(' ')
}
