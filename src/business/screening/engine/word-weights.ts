import { readFileSync } from 'node:fs'
import { editDistance } from './edit-distance.ts'

export type WordRole = 'name' | 'business' | 'particle' | 'legal'

export interface WordWeight {
  weight: number
  role: WordRole
}

/** Legal forms as words; they identify nobody and are left out of a company name unless nothing else remains. */
const LEGAL = new Set(
  `ltd limited llc inc incorporated corp corporation co coy comp company companies plc gmbh mbh ag kg sa sas sarl srl spa sal saog bv nv oy oyj ab asa
  as aps kft zrt doo dd ad ood eood jsc ojsc pjsc cjsc ooo oao zao pao ao tov llp lp lllp pte pty sdn bhd kk kabushiki kaisha gaisha yk yugen gk godo
  fze fzco fzc fzllc dmcc joint stock liability obshchestvo obschestvo ogranichennoi ogranichennoy otvetstvennostyu aktsionernoe otkrytoe zakrytoe publichnoe
  kompaniya ltda ltd cv cia sirketi anonim est eurl eirl bhd tbk gesellschaft aktiengesellschaft societe anonyme sociedad anonima capital variable pvt pjs psc  wll ec ca limitada sia sasu coltd`.split(
    /\s+/u,
  ),
)

/** Articles, prepositions and the small words of Arabic, Romance and Germanic names. */
const PARTICLES = new Set(
  `al el ul ur ud an as ad at bin ibn bint ben abu abou abi umm de del della delle di da do dos das du la le les lo los las y e i o of the and for in to with s v van von der den ter ten
  und et ve a an`.split(/\s+/u),
)

/** Words which say what a company does or where, not which company it is. */
const BUSINESS = new Set(
  `trading trade trades traders international intl general group groups holding holdings industries industrial industry enterprise enterprises service services shipping marine maritime
  investment investments invest development technology technologies tech engineering construction export exports import imports commercial commerce energy oil gas petroleum petrochemical
  transport transportation logistics aviation air airlines airways electronics electric electronic electrical systems system machinery machine steel metal metals mining chemical chemicals
  pharmaceutical pharma medical foods food agricultural agriculture textile textiles real estate property properties finance financial insurance bank banking exchange capital management
  consulting consultants solutions products production manufacturing factory plant works motor motors auto automotive travel tourism hotel security global world worldwide national
  central east west north south eastern western northern southern asia asian pacific middle new star golden united  company center centre institute research
  science scientific foundation association organization organisation society bureau office branch department agency committee fund trust union network media press university
  kogyo shoji shokai kensetsu sangyo kosan denki seisakusho shoten unyu soko jitsugyo bussan boeki kensha zavod tsentr institut nauchno sanayi ticaret sanat comercial comercializadora grupo`.split(
    /\s+/u,
  ),
)

/** Places in company names: they tell more than a trade, less than a name. */
const PLACES = new Set(
  `japan nippon nihon tokyo osaka kyoto nagoya yokohama kobe kyushu hokkaido kansai kanto east west north south eastern western northern southern asia asian pacific middle europe
  european america american africa african china chinese korea korean russia russian iran iranian moscow london paris dubai singapore hong kong taiwan india arab gulf`.split(
    /\s+/u,
  ),
)

/** Short forms which clerks write; both sides are spelled out before comparison. */
const SPELLED_OUT: Record<string, string> = {
  intl: 'international',
  int: 'international',
  grp: 'group',
  svc: 'services',
  svcs: 'services',
  srvcs: 'services',
  srvces: 'services',
  tech: 'technology',
  eng: 'engineering',
  engg: 'engineering',
  ind: 'industries',
  inds: 'industries',
  comm: 'commercial',
  mfg: 'manufacturing',
  mgmt: 'management',
  mgt: 'management',
  dev: 'development',
  invest: 'investment',
  ent: 'enterprises',
  natl: 'national',
  assn: 'association',
  assoc: 'association',
  inst: 'institute',
  univ: 'university',
  bros: 'brothers',
  transp: 'transport',
  exp: 'export',
  imp: 'import',
  hldg: 'holding',
  hldgs: 'holdings',
  prod: 'products',
  dept: 'department',
}

/** The word a company clerk abbreviated, or the word itself. */
function spelledOut(word: string): string {
  return SPELLED_OUT[word] ?? word
}

/** Low, so that a shared "Trading" does not carry two firms together. */
const BUSINESS_WEIGHT = 0.25
const PLACE_WEIGHT = 0.5

/** A legal form, also with a slip of the pen in the long ones: LIMITTED, COMPNAY. */
function isLegal(word: string): boolean {
  if (LEGAL.has(word)) return true
  if (word.length < 6 || BUSINESS.has(word) || /\d/u.test(word)) return false
  if (isGlued(word)) return true
  return LONG_LEGAL.some(
    form => editDistance(word, form, 1) <= 1 || (form.length >= 10 && editDistance(word, form, 2) <= 2),
  )
}

/** Two legal forms without the blank between them: JOINTSTOCK, COMPANYLIMITED. */
function isGlued(word: string): boolean {
  for (let at = 2; at <= word.length - 2; at += 1)
    if (LEGAL.has(word.slice(0, at)) && LEGAL.has(word.slice(at))) return true
  return false
}

const LONG_LEGAL = [...LEGAL].filter(form => form.length >= 7)

/** Words of a company name with glued known words parted (SERVICESSARL) and JOINT STOCK repaired when both are slightly misspelled. */
export function settledWords(words: string[]): string[] {
  return words.flatMap(partedWord).map((word, at, all) => {
    if (editDistance(word, 'joint', 1) <= 1 && editDistance(all[at + 1] ?? '', 'stock', 1) <= 1)
      return 'joint'
    if (editDistance(word, 'stock', 1) <= 1 && editDistance(all[at - 1] ?? '', 'joint', 1) <= 1)
      return 'stock'
    return spelledOut(word)
  })
}

function partedWord(word: string): string[] {
  if (word.length < 8 || LEGAL.has(word) || BUSINESS.has(word)) return [word]
  for (let at = 3; at <= word.length - 3; at += 1) {
    const [first, second] = [word.slice(0, at), word.slice(at)]
    if ((LEGAL.has(first) || BUSINESS.has(first)) && (LEGAL.has(second) || BUSINESS.has(second)))
      return [first, second]
  }
  return [word]
}

let frequencies: Map<string, { persons: number; companies: number }> | undefined

/**
 * How much a word says about who is meant, 0–1: rare names 1, Muhammad about half, particles nearly nothing; short words less.
 * The frequencies are a fixed table, never those of the loaded lists, so that a delta run weighs as a full run does.
 */
export function weighWord(word: string, inPerson: boolean): WordWeight {
  if (PARTICLES.has(word)) return { weight: 0.1, role: 'particle' }
  if (word.length === 1) return { weight: 0.25, role: inPerson ? 'name' : 'particle' }
  if (!inPerson && isLegal(word)) return { weight: 0.05, role: 'legal' }
  if (!inPerson && BUSINESS.has(word)) return { weight: BUSINESS_WEIGHT, role: 'business' }
  if (!inPerson && PLACES.has(word)) return { weight: PLACE_WEIGHT, role: 'business' }
  frequencies ??= loadFrequencies()
  const found = frequencies.get(word)
  const count = found ? (inPerson ? found.persons : Math.max(found.companies, found.persons)) : 0
  const rarity = count < 24 ? 1 : Math.max(0.35, 1 - 0.1 * Math.log2(count / 12))
  const length = word.length === 2 ? 0.6 : word.length === 3 ? 0.8 : 1
  return { weight: Math.round(rarity * length * 100) / 100, role: 'name' }
}

function loadFrequencies(): Map<string, { persons: number; companies: number }> {
  const table = new Map<string, { persons: number; companies: number }>()
  const text = readFileSync(new URL('./data/common-words.tsv', import.meta.url), 'utf8')
  for (const line of text.split('\n').slice(1)) {
    const [word, persons, companies] = line.split('\t')
    if (word && persons && companies)
      table.set(word, { persons: Number(persons), companies: Number(companies) })
  }
  return table
}
