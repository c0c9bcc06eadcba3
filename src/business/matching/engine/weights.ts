/**
 * The versioned weight table of the engine: for each field and level how often it is seen among true pairs (m) and among
 * unrelated rows (u). Log-odds are log2(m/u), capped. Source: Fellegi and Sunter 1969; matching.md §6.7.
 */
import { FIELDS, type Field, LEVELS } from './levels.ts'

export type WeightTable = {
  version: string
  /** 'fixed' as shipped, 'learned' when EM adjusted it to the file at hand. */
  origin: 'fixed' | 'learned'
  /** Share of equal names which belong to different companies, for a name seen twice. */
  homonymRate: number
  /** Log2 odds by field and level. For `name` the prior is included. */
  bits: Record<Field, number[]>
}

/** Fields whose m and u are learned from the file. */
export const LEARNED_FIELDS = [
  'address',
  'phone',
  'representative',
  'established',
  'form',
  'english',
  'form_reading',
] as const
export type LearnedField = (typeof LEARNED_FIELDS)[number]

type Rates = Record<LearnedField, { m: number[]; u: number[]; cap: number[] }>

/** Levels in the order of LEVELS; index 0 (unknown) carries no evidence. */
export const FIXED_RATES: Rates = {
  address: {
    m: [0, 0.6, 0.09, 0.05, 0.08, 0.07, 0.07, 0.02, 0.02],
    u: [0, 0.00002, 0.00003, 0.0003, 0.012, 0.06, 0.925, 0.002, 0.0003],
    cap: [0, 10, 7, 5, 2, 1, 4, 5, 5],
  },
  phone: {
    m: [0, 0.79, 0.05, 0.03, 0.12, 0.01],
    u: [0, 0.00002, 0.00005, 0.0005, 0.9994, 0.00001],
    cap: [0, 11, 6, 3, 4, 8],
  },
  representative: {
    m: [0, 0.7, 0.05, 0.06, 0.03, 0.11, 0.05],
    u: [0, 0.0001, 0.00003, 0.0006, 0.008, 0.99, 0.00001],
    cap: [0, 9, 8, 5, 1.5, 4, 9],
  },
  established: {
    m: [0, 0.85, 0.07, 0.08],
    u: [0, 0.0001, 0.004, 0.996],
    cap: [0, 9, 2.5, 4],
  },
  form: {
    m: [0, 0.88, 0.11, 0.01],
    u: [0, 0.42, 0.4, 0.18],
    cap: [0, 1.5, 6, 4],
  },
  english: {
    m: [0, 0.82, 0.1, 0.08],
    u: [0, 0.0005, 0.6, 0.4],
    cap: [0, 4, 1.5, 4],
  },
  form_reading: {
    m: [0, 0.7, 0.3],
    u: [0, 0.7, 0.3],
    cap: [0, 0.5, 4],
  },
}

/** Name levels: log2 odds including the prior. `same` is computed from the homonym rate and the name's frequency. */
const NAME_BITS: Record<(typeof LEVELS.name)[number], number> = {
  unknown: -9,
  same: 0,
  same_variant: 0,
  same_reading_similar_kanji: 4.5,
  same_reading_other_kanji: -2.5,
  same_across_scripts: 3.3,
  same_kanji_other_reading: -1,
  similar: -3,
  similar_across_scripts: -3,
  contained: -6,
  different: -16,
  sibling: -16,
  incomparable: -8,
  same_english: 1.5,
  similar_both: 1.5,
  similar_short: -8,
  same_with_owner: 0,
  owner_of_other: -8,
}

const NUMBER_BITS: Record<(typeof LEVELS.number)[number], number> = {
  unknown: 0,
  same: 45,
  slip: 8,
  differ: -20,
  doubtful_differ: 0,
  same_but_broken: 14,
  same_but_disputed: 0,
}

const BRANCH_BITS = [0, 2, 0, -4]

/** The table as shipped, used as it is for small files and as the starting point of learning. */
export const FIXED_WEIGHTS: WeightTable = tableFrom(FIXED_RATES, 0.01, 'fixed')

/** A table from rates; every weight is capped so that no single field but the corporate number decides alone. */
export function tableFrom(rates: Rates, homonymRate: number, origin: WeightTable['origin']): WeightTable {
  const bits = Object.fromEntries(FIELDS.map(field => [field, [] as number[]])) as Record<Field, number[]>
  bits.name = LEVELS.name.map(name => NAME_BITS[name])
  bits.number = LEVELS.number.map(name => NUMBER_BITS[name])
  bits.branch = [...BRANCH_BITS]
  for (const field of LEARNED_FIELDS) {
    const { m, u, cap } = rates[field]
    bits[field] = m.map((rate, i) => (i === 0 ? 0 : clamp(Math.log2(rate / u[i]!), -cap[i]!, cap[i]!)))
  }
  return { version: '2026-11', origin, homonymRate, bits }
}

/** Log2 odds of two equal names of which `rows` rows carry the name: rare names are strong, common ones weak. */
export function sameNameBits(homonymRate: number, rows: number): number {
  const strangers = homonymRate * Math.max(1, rows - 1) + Math.max(0, rows - 6) * 0.25
  return clamp(-Math.log2(strangers), -6, 8)
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
