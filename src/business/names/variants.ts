/**
 * Old and new forms of kanji. Two strengths: `foldOldForms` applies the government tables only (same word, other
 * print); `foldVariants` also applies MJ縮退 and the 斎/斉 family, for searching and for lower scores, never for display.
 * Source: JR §7.4; data/SOURCES.md.
 */
import { readFileSync } from 'node:fs'

const dataFile = (name: string) => readFileSync(new URL(`./data/${name}`, import.meta.url), 'utf8')

/** Forms the notices leave apart but names mix freely (JR §7.4). */
const FAMILIES: readonly (readonly [from: string, to: string])[] = [
  ['斉', '斎'],
  ['嶋', '島'],
  ['嶌', '島'],
  ['冨', '富'],
  ['舘', '館'],
  ['渕', '淵'],
  ['㐂', '喜'],
  ['靍', '鶴'],
  ['靏', '鶴'],
]

/** Folds which the kanji tables do not carry but company names need, kana in the clothes of kanji included. */
const ALWAYS: readonly (readonly [from: string, to: string])[] = [
  ['髙', '高'],
  ['﨑', '崎'],
  ['𠮷', '吉'],
  ['濵', '浜'],
  ['邉', '辺'],
  ['邊', '辺'],
  ['栁', '柳'],
  ['德', '徳'],
]

type FoldTable = Map<number, string>

let oldForms: FoldTable | null = null
let allForms: FoldTable | null = null

/** Old printed forms to today's: 國→国, 髙→高, 邉→辺. The result is for comparison only. */
export function foldOldForms(text: string): string {
  oldForms ??= loadOldForms()
  return fold(text, oldForms)
}

/** Every known variant to one form: also 斉→斎, 嶋→島 and 18,000 characters of MJ縮退. */
export function foldVariants(text: string): string {
  allForms ??= loadAllForms()
  return fold(text, allForms)
}

function fold(text: string, table: FoldTable): string {
  let out = ''
  let from = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x3400) continue
    const point = code >= 0xd800 && code < 0xdc00 ? text.codePointAt(i)! : code
    const target = table.get(point)
    const width = point > 0xffff ? 2 : 1
    if (target !== undefined) {
      out += text.slice(from, i) + target
      from = i + width
    }
    i += width - 1
  }
  return from === 0 ? text : out + text.slice(from)
}

function loadOldForms(): FoldTable {
  const table: FoldTable = new Map()
  for (const file of ['joyo', 'jinmei', 'hyogai']) {
    for (const line of dataFile(`${file}-variants.txt`).split('\n')) {
      const [proper, relation, variant] = line.split(',')
      if (proper === undefined || variant === undefined || !relation?.endsWith('/variant')) continue
      if ([...proper].length !== 1 || [...variant].length !== 1) continue
      // 人名用漢字 and 表外漢字 list the traditional form on either side; an earlier (常用) entry wins.
      if (!table.has(variant.codePointAt(0)!) && !table.has(proper.codePointAt(0)!))
        add(table, variant, proper)
    }
  }
  for (const [from, to] of ALWAYS) add(table, from, to)
  return closed(table)
}

function loadAllForms(): FoldTable {
  oldForms ??= loadOldForms()
  const table: FoldTable = new Map(oldForms)
  const targets = new Map<string, string[]>()
  for (const line of dataFile('mj-shrink-pairs.tsv').split('\n').slice(1)) {
    const [from, to, , rank, hop] = line.split('\t')
    if (from === undefined || to === undefined || (rank !== '1' && hop !== '1')) continue
    const known = targets.get(from)
    if (known === undefined) targets.set(from, [to])
    else if (!known.includes(to)) known.push(to)
  }
  for (const from of targets.keys()) {
    const end = soleEnd(from, targets, table, 0)
    if (end !== null && end !== from && !table.has(from.codePointAt(0)!)) add(table, from, end)
  }
  for (const [from, to] of FAMILIES) add(table, from, to)
  return closed(table)
}

/** The one form every accepted path leads to; null when paths part, since then nobody may choose. */
function soleEnd(
  char: string,
  targets: Map<string, string[]>,
  table: FoldTable,
  depth: number,
): string | null {
  const old = table.get(char.codePointAt(0)!)
  if (old !== undefined) return old
  const next = targets.get(char)
  if (next === undefined || depth > 6) return char
  const ends = new Set(next.map(to => soleEnd(to, targets, table, depth + 1)))
  return ends.size === 1 ? [...ends][0]! : null
}

function add(table: FoldTable, from: string, to: string): void {
  if (from !== to) table.set(from.codePointAt(0)!, to)
}

/** Follows every entry to its fixed point, so that folding twice changes nothing. */
function closed(table: FoldTable): FoldTable {
  const result: FoldTable = new Map()
  for (const [from, first] of table) {
    let to = first
    const seen = new Set<string>([to])
    for (let next = table.get(to.codePointAt(0)!); next !== undefined && !seen.has(next); ) {
      to = next
      seen.add(to)
      next = table.get(to.codePointAt(0)!)
    }
    if (to.codePointAt(0) !== from) result.set(from, to)
  }
  return result
}
