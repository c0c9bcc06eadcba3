/**
 * Labelled English person records in the manner of the FEBRL generator: originals and up to five damaged copies each, at most
 * two slips in a field and ten in a record, missing and exchanged values. Made up; no real person is meant.
 */
import { seededRandom } from '../hash.ts'

export type LabelledPerson = { person: number; record: Record<string, string> }

const words = (text: string) => text.split(' ')
const GIVEN = words(
  'jack emily joshua sophie thomas chloe lachlan olivia william mia james grace benjamin hannah daniel ella samuel isabella matthew georgia nicholas jessica ryan sarah luke lucy jacob zoe harrison charlotte alexander amelia liam lily ethan ruby oliver alicia cooper jasmine riley madison michael holly isaac caitlin noah abbey jayden taylah max imogen finn bethany blake kiara hugo talia connor paige mitchell lauren zachary brooke dylan eliza jordan amber callum tahlia kyle freya angus phoebe sebastian rachel toby stephanie aidan rebecca joel katelyn logan tara archie maya tyler eva caleb molly hayden annabelle nathan courtney hamish erin',
)
const SURNAMES = words(
  'smith jones brown wilson taylor white clarke ryan martin thompson webb morrison campbell reid green matthews nguyen harris walker kelly mitchell carter roberts bishop stephens dixon coleman wright dolan crawford ferguson burford hughes hansen baker morgan lombardi berry donaldson chappel stubbs goode petersen rudd lodge mcgregor humphreys noble vincent tonkin farrell whitehead sheppard browning finch lambert saunders pearce blackwell rowe kowalski painter bullock dempsey howard eglinton matson beck ransom trezise wheatley bannister quilliam haeusler coffey dalgleish everett fitzpatrick grosvenor hartigan isbell jolly kirkham leverington macfarlane nankervis oconnell pascoe quigley redpath sutherland tregenza underwood vanderzee wainwright yeomans zimmermann',
)
const STREETS = words(
  'banksia wattle acacia kingsford darling macquarie flinders bligh hume sturt mitchell phillip wentworth lawson parkes deakin barton curtin chifley menzies forrest reid watson fisher bruce lyons fadden hughes cook scullin',
)
const KINDS = words('street road avenue court place crescent drive circuit close terrace')
const ESTATES = words(
  'rosetta hillview brindabella villa willowbank greenacres kalinda wirrabilla talbot lakeside merino ironbark glenmore oakdale',
)
const SUBURBS = words(
  'toowoomba ballarat geelong bendigo wollongong dubbo tamworth orange bathurst albury wodonga mildura shepparton warrnambool traralgon hobart launceston devonport burnie darwin palmerston cairns townsville mackay rockhampton gladstone bundaberg ipswich redcliffe caboolture nambour penrith blacktown campbelltown liverpool gosford newcastle maitland cessnock armidale',
)
const STATES = words('nsw vic qld wa sa tas act nt')

/** About 2/5 originals and 3/5 copies, in random order. */
export function personRecords(originals: number, copies: number, seed: number): LabelledPerson[] {
  const random = seededRandom(seed)
  const below = (limit: number) => random() % limit
  const pick = (list: readonly string[]) => list[below(list.length)]!
  const people = Array.from({ length: originals }, (_, person) => ({ person, record: original(pick, below) }))
  const all: LabelledPerson[] = [...people]
  for (let k = 0; k < copies; k++) {
    const from = people[below(originals)]!
    all.push({ person: from.person, record: damaged(from.record, pick, below) })
  }
  for (let k = all.length - 1; k > 0; k--) {
    const other = below(k + 1)
    ;[all[k], all[other]] = [all[other]!, all[k]!]
  }
  all.forEach(({ record }, k) => {
    record.rec_id = `rec-${k}`
  })
  return all
}

type Pick = (list: readonly string[]) => string
type Below = (limit: number) => number

function original(pick: Pick, below: Below): Record<string, string> {
  return {
    given_name: below(50) === 0 ? '' : pick(GIVEN),
    surname: pick(SURNAMES),
    street_number: String(1 + below(220)),
    address_1: `${pick(STREETS)} ${pick(KINDS)}`,
    address_2: below(4) === 0 ? '' : pick(ESTATES),
    suburb: pick(SUBURBS),
    postcode: String(2000 + below(5000)),
    state: below(10) === 0 ? '' : pick(STATES),
    date_of_birth: `19${String(below(100)).padStart(2, '0')}${String(1 + below(12)).padStart(2, '0')}${String(1 + below(28)).padStart(2, '0')}`,
    soc_sec_id: String(1_000_000 + below(8_999_999)),
  }
}

function damaged(from: Record<string, string>, pick: Pick, below: Below): Record<string, string> {
  const record = { ...from }
  const columns = Object.keys(from).filter(column => column !== 'rec_id')
  const slips = 1 + below(10)
  const used: Record<string, number> = {}
  for (let k = 0; k < slips; k++) {
    const column = pick(columns)
    used[column] = (used[column] ?? 0) + 1
    if (used[column]! > 2) continue
    const roll = below(20)
    if (roll === 0) record[column] = ''
    else if (roll === 1 && (column === 'given_name' || column === 'surname')) {
      ;[record.given_name, record.surname] = [record.surname!, record.given_name!]
    } else record[column] = slipped(record[column]!, pick, below)
  }
  return record
}

const LETTERS = words('a b c d e f g h i k l m n o p r s t u v w y')
const DIGITS = words('0 1 2 3 4 5 6 7 8 9')

function slipped(value: string, pick: Pick, below: Below): string {
  if (value.length < 2) return value
  const at = below(value.length)
  const letter = pick(/\d/.test(value) ? DIGITS : LETTERS)
  const roll = below(4)
  if (roll === 0) return value.slice(0, at) + letter + value.slice(at + 1)
  if (roll === 1) return value.slice(0, at) + value.slice(at + 1)
  if (roll === 2) return value.slice(0, at) + letter + value.slice(at)
  const next = Math.min(at + 1, value.length - 1)
  return value.slice(0, at) + value[next] + (next > at ? value[at] : '') + value.slice(next + 1)
}
