import type pg from 'pg'
import { search, searchTextsOf } from '../../src/business/parties/search.ts'
import type { QueryContext } from '../../src/platform/http/route.ts'
import { type Spelled, spellingsOf } from './spellings.ts'

const SHOWN = 20

/**
 * For each company under each spelling: is it among the first 20? Texts which more than 20 companies share (namesakes, common parts)
 * are told apart: nobody can be expected among the first 20 of them by that text alone.
 */
export async function recall(
  client: pg.Client,
  context: QueryContext,
  companies: readonly { id: string; company: Spelled }[],
): Promise<Record<string, unknown>> {
  const ways = new Map<string, { asked: number; found: number; shared: number }>()
  const missed: string[] = []
  for (const { id, company } of companies)
    for (const { way, text, part } of spellingsOf(company)) {
      const count = ways.get(way) ?? { asked: 0, found: 0, shared: 0 }
      ways.set(way, count)
      const { body } = await search(context, { text, limit: SHOWN })
      if (body.rows.some(row => row.id === id)) {
        count.asked++
        count.found++
      } else if (body.rows.length >= SHOWN && (await isShared(client, text, part))) count.shared++
      else {
        count.asked++
        missed.push(`${way}: ${text} (${company.legalName})`)
      }
    }
  const all = [...ways.values()]
  const sum = (of: 'asked' | 'found' | 'shared') => all.reduce((total, way) => total + way[of], 0)
  return {
    recall: Math.round((sum('found') / sum('asked')) * 100_000) / 100_000,
    asked: sum('asked'),
    shared: sum('shared'),
    below1: Object.fromEntries(
      [...ways].flatMap(([way, { asked, found }]) => (found < asked ? [[way, `${found}/${asked}`]] : [])),
    ),
    missed: missed.slice(0, 10),
  }
}

/** More companies than are shown answer to the text just as well. */
async function isShared(client: pg.Client, text: string, part: boolean): Promise<boolean> {
  const { keys } = searchTextsOf(text)
  const { rows } = part
    ? await client.query(
        `select distinct party_id from unnest($1::text[]) w(word) cross join lateral (
          select party_id from party_search_key s where s.key like '%' || w.word || '%' and s.key !~ '^[0-9]+$' limit 500) e`,
        [keys],
      )
    : await client.query('select distinct party_id from party_search_key where key = any($1)', [keys])
  return rows.length > SHOWN
}
