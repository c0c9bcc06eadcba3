/**
 * Sole proprietors stand in ledgers under their shop, their own name, or both: 城南デザイン　坂口 雅之, 坂口雅之（城南デザイン）.
 * Source: matching.md §6.2; the person is told from the shop by the representative's column, never guessed.
 */
import { compatible } from './kana.ts'
import { normalizePersonName } from './person-name.ts'

const ROLE = /^(?:代表者?|店主|事業主|経営者|こと|屋号)[:：]?$/

/** A company is no person's other name; most rows end here. */
const COMPANY = /[会會]社|法人|㈱|㈲|㍿|[(（][株有同][)）]/

/** The shop without its owner's name, or null where the name does not carry the owner or nothing else would remain. */
export function withoutOwner(typedName: string, representative: string): string | null {
  if (COMPANY.test(typedName)) return null
  const words = compatible(typedName)
    .split(/[\s()（）【】「」/・]+|こと(?=\S)/)
    .filter(word => word !== '' && !ROLE.test(word))
  if (words.length < 2) return null
  const owner = normalizePersonName(representative).foldedCore
  if (owner.length < 2) return null
  const isOwner = (part: readonly string[]) => normalizePersonName(part.join('')).foldedCore === owner
  for (const count of [1, 2]) {
    if (words.length <= count) break
    if (isOwner(words.slice(-count))) return words.slice(0, -count).join(' ')
    if (isOwner(words.slice(0, count))) return words.slice(count).join(' ')
  }
  return null
}
