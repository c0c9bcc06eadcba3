/** Legal forms in Latin letters (Co., Ltd., Inc., K.K., GmbH …), cut off by whole words. Source: data/SOURCES.md. */
import { readFileSync } from 'node:fs'
import type { LegalFormPosition } from './legal-forms.ts'

let forms: Map<string, string> | null = null
/** Words which may end a legal form, so that most names are answered without trying every length. */
let lastWords: Set<string> | null = null

/** Forms which may also stand in front of a name. */
const LEADING = new Set([
  'kk',
  'k k',
  'yk',
  'y k',
  'gk',
  'kabushiki kaisha',
  'kabushiki gaisha',
  'yugen kaisha',
  'godo kaisha',
  'pt',
  'ooo',
  'oao',
  'zao',
])

export type LatinFormCut = { rest: string; form: string; position: LegalFormPosition }

/** Cuts the longest Latin legal form at the end, else one of a few at the start; null if none or nothing would remain. */
export function cutLatinForm(text: string): LatinFormCut | null {
  if (!/[A-Za-z]/.test(text)) return null
  forms ??= loadForms()
  lastWords ??= new Set([...forms.keys()].map(alias => alias.slice(alias.lastIndexOf(' ') + 1)))
  const words = [...text.matchAll(/[\p{L}\p{N}]+(?:\.(?=[\p{L}\p{N}]))?[\p{L}\p{N}]*(?:\.[\p{L}\p{N}])*/gu)]
  const keys = words.map(word => word[0].toLowerCase().replaceAll('.', ''))
  if (lastWords.has(keys.at(-1) ?? '')) {
    for (let count = Math.min(8, keys.length - 1); count >= 1; count--) {
      const form = forms.get(keys.slice(-count).join(' '))
      if (form === undefined) continue
      const rest = text.slice(0, words[keys.length - count]!.index).replace(/[\s,、(&-]+$/, '')
      return { rest, form, position: 'after' }
    }
  }
  for (let count = Math.min(2, keys.length - 1); count >= 1; count--) {
    const alias = keys.slice(0, count).join(' ')
    const form = forms.get(alias)
    if (form === undefined || !LEADING.has(alias)) continue
    return { rest: text.slice(words[count]!.index), form, position: 'before' }
  }
  return null
}

function loadForms(): Map<string, string> {
  const table = new Map<string, string>()
  const text = readFileSync(new URL('./data/latin-legal-forms.tsv', import.meta.url), 'utf8')
  for (const line of text.split('\n').slice(1)) {
    const [alias, form] = line.split('\t')
    if (alias !== undefined && form !== undefined && alias !== '') table.set(alias, form)
  }
  return table
}
