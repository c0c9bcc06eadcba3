import { parse } from 'csv-parse/sync'
import { type CorporateEntry, readCorporateRow } from '../rules/corporate-entry.ts'
import { type Answered, ask, type Connection } from './ask.ts'

/** Code of「CSV UTF-8 (levels 1–4)」; there is no JSON (JR §1.3). */
const CSV_UNICODE = '02'
const NUMBERS_AT_ONCE = 10

/** Up to ten corporations by number, newest states only; an unknown number is simply missing (JR §1.3, `num`). */
export async function corporationsByNumber(
  to: Connection,
  numbers: readonly string[],
): Promise<Answered<CorporateEntry[]>> {
  if (numbers.length > NUMBERS_AT_ONCE)
    throw new Error(`at most ${NUMBERS_AT_ONCE} numbers are asked at once`)
  return entriesFrom(to, 'num', { number: numbers.join(','), type: CSV_UNICODE, history: '0' })
}

/** Corporations whose name contains the words; the register folds small kana and widths itself (JR §1.3, `name`). */
export async function corporationsByName(to: Connection, name: string): Promise<Answered<CorporateEntry[]>> {
  return entriesFrom(to, 'name', {
    name: name.slice(0, 150),
    type: CSV_UNICODE,
    mode: '2',
    target: '1',
    change: '1',
    close: '1',
  })
}

/** What changed in a span of at most 50 days, all parts (JR §1.3, `diff`). */
export async function changedCorporations(
  to: Connection,
  from: string,
  until: string,
): Promise<Answered<CorporateEntry[]>> {
  const all: CorporateEntry[] = []
  for (let part = 1; ; part++) {
    const answer = await pageFrom(to, 'diff', {
      from,
      to: until,
      type: CSV_UNICODE,
      kind: '01,02,03,04',
      divide: String(part),
    })
    if (!answer.ok) return answer
    all.push(...answer.value.entries)
    if (part >= answer.value.parts) return { ok: true, value: all }
  }
}

async function entriesFrom(
  to: Connection,
  verb: string,
  parameters: Record<string, string>,
): Promise<Answered<CorporateEntry[]>> {
  const answer = await pageFrom(to, verb, parameters)
  return answer.ok ? { ok: true, value: answer.value.entries } : answer
}

async function pageFrom(
  to: Connection,
  verb: string,
  parameters: Record<string, string>,
): Promise<Answered<{ entries: CorporateEntry[]; parts: number }>> {
  const url = new URL(`${to.baseUrl.replace(/\/$/, '')}/${verb}`)
  for (const [name, value] of Object.entries({ id: to.key, ...parameters })) url.searchParams.set(name, value)
  const answer = await ask(url)
  return answer.ok ? readAnswer(answer.value) : answer
}

/** Line 1 is `lastUpdateDate,count,divideNumber,divideSize`, then one row of 30 columns each. */
export function readAnswer(text: string): Answered<{ entries: CorporateEntry[]; parts: number }> {
  let records: string[][]
  try {
    records = parse(text, { relax_column_count: true, bom: true, skip_empty_lines: true })
  } catch (error) {
    if (error instanceof Error && 'code' in error) return { ok: false, why: 'unreadable' }
    throw error
  }
  const [head, ...rows] = records
  if (head?.length !== 4 || !/^\d+$/.test(head[1] ?? '')) return { ok: false, why: 'unreadable' }
  const entries: CorporateEntry[] = []
  for (const row of rows) {
    const { entry } = readCorporateRow(row)
    if (!entry) return { ok: false, why: 'unreadable' }
    if (entry.latest) entries.push(entry)
  }
  return { ok: true, value: { entries, parts: Number(head[3]) || 1 } }
}
