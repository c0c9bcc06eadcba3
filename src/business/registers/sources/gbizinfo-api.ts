import { z } from 'zod'
import { type Answered, ask, type Connection } from './ask.ts'

/** What gBizINFO says of a corporation: declared by itself and often old, so a proposal of the lowest grade (JR §1.5). Yen, ISO dates. */
export interface GbizCompany {
  corporateNumber: string
  name: string | null
  kana: string | null
  nameEn: string | null
  representativeName: string | null
  location: string | null
  postalCode: string | null
  capitalYen: number | null
  employees: number | null
  establishedOn: string | null
  website: string | null
  businessSummary: string | null
  updatedOn: string | null
}

const loose = z.union([z.string(), z.number()]).nullish()
const company = z.object({
  corporate_number: z.string(),
  name: loose,
  kana: loose,
  name_en: loose,
  representative_name: loose,
  location: loose,
  postal_code: loose,
  capital_stock: loose,
  employee_number: loose,
  date_of_establishment: loose,
  company_url: loose,
  business_summary: loose,
  update_date: loose,
})
const answerShape = z.object({ 'hojin-infos': z.array(company).nullish() })

/** One corporation by its number; null when gBizINFO does not know it. */
export async function gbizByNumber(to: Connection, number: string): Promise<Answered<GbizCompany | null>> {
  const answer = await ask(new URL(`${to.baseUrl.replace(/\/$/, '')}/${number}`), {
    'X-hojinInfo-api-token': to.key,
    accept: 'application/json',
  })
  return answer.ok ? readGbiz(answer.value, number) : answer
}

export function readGbiz(text: string, number: string): Answered<GbizCompany | null> {
  if (text === '') return { ok: true, value: null }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false, why: 'unreadable' }
    throw error
  }
  const parsed = answerShape.safeParse(json)
  if (!parsed.success) return { ok: false, why: 'unreadable' }
  const found = parsed.data['hojin-infos']?.find(one => one.corporate_number === number)
  if (!found) return { ok: true, value: null }
  return {
    ok: true,
    value: {
      corporateNumber: found.corporate_number,
      name: textOf(found.name),
      kana: textOf(found.kana),
      nameEn: textOf(found.name_en),
      representativeName: textOf(found.representative_name),
      location: textOf(found.location),
      postalCode: textOf(found.postal_code)?.replace(/\D/g, '') || null,
      capitalYen: wholeOf(found.capital_stock),
      employees: wholeOf(found.employee_number),
      establishedOn: dayOf(found.date_of_establishment),
      website: textOf(found.company_url),
      businessSummary: textOf(found.business_summary),
      updatedOn: dayOf(found.update_date),
    },
  }
}

/** The service writes "Null" and "-" for nothing. */
function textOf(value: string | number | null | undefined): string | null {
  const text = String(value ?? '').trim()
  return text === '' || text === '-' || /^null$/i.test(text) ? null : text
}

function wholeOf(value: string | number | null | undefined): number | null {
  const text = textOf(value)
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null
}

function dayOf(value: string | number | null | undefined): string | null {
  return /^\d{4}-\d{2}-\d{2}/.exec(textOf(value) ?? '')?.[0] ?? null
}
