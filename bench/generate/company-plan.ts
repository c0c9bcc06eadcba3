import { TOWNS } from './addresses.ts'
import { stream } from './random.ts'

/** What is decided about company `index` before any word of it is made; depends on seed and index only. */
export type CompanyPlan = {
  kind: 'corporation' | 'sole_proprietor' | 'public_body'
  /** The head of the group this company belongs to, and how much of it the head holds; null outside groups. */
  parent: {
    index: number
    sharePpm: number
    sameAddress: boolean
    sameRepresentative: boolean
    samePhone: boolean
  } | null
  /** This company heads a group. */
  isGroupHead: boolean
  /** An unrelated company elsewhere with the very same name. */
  namesakeOf: number | null
  /** Position in the list of real municipalities, for public bodies. */
  municipality: number | null
}

/** Companies are planned in blocks of 20: the first of a block may head a group, the later ones may be namesakes. */
const BLOCK = 20
const PUBLIC_EVERY = 250
const PUBLIC_AT = 137

/** One town per municipality, in the order of the table; public bodies are numbered by it. Wards of 政令市 are no bodies. */
export const MUNICIPALITIES = TOWNS.filter(
  (town, at) => (at === 0 || TOWNS[at - 1]!.cityCode !== town.cityCode) && !/市.+区$/.test(town.city),
)

/** The plan of company `index` (0, 1, 2 …). */
export function planOf(seed: number, index: number): CompanyPlan {
  const plain: CompanyPlan = {
    kind: 'corporation',
    parent: null,
    isGroupHead: false,
    namesakeOf: null,
    municipality: null,
  }
  const municipality = Math.floor(index / PUBLIC_EVERY)
  if (index % PUBLIC_EVERY === PUBLIC_AT && municipality < MUNICIPALITIES.length)
    return { ...plain, kind: 'public_body', municipality }
  const block = Math.floor(index / BLOCK)
  const at = index % BLOCK
  const random = stream(seed, 'block', block)
  const groupSize = random.chance(0.3) ? random.whole(1, 5) : 0
  if (at === 0 && groupSize > 0) return { ...plain, isGroupHead: true }
  if (at >= 1 && at <= groupSize) return { ...plain, parent: tieTo(seed, block * BLOCK, index) }
  const namesakeAt = random.chance(0.25) ? random.whole(12, BLOCK - 1) : -1
  if (at === namesakeAt) return { ...plain, namesakeOf: block * BLOCK + random.whole(7, 11) }
  if (at >= 12 && stream(seed, 'kind', index).chance(0.28)) return { ...plain, kind: 'sole_proprietor' }
  return plain
}

function tieTo(seed: number, parent: number, index: number): NonNullable<CompanyPlan['parent']> {
  const random = stream(seed, 'tie', index)
  const sameAddress = random.chance(0.55)
  return {
    index: parent,
    sharePpm: random.pick([1_000_000, 1_000_000, 800_000, 700_000, 600_000, 510_000]),
    sameAddress,
    sameRepresentative: random.chance(0.6),
    samePhone: sameAddress && random.chance(0.5),
  }
}
