import { z } from 'zod'
import { type Answered, ask, type Connection } from './ask.ts'

/** A qualified invoice issuer as published; empty texts are null. Individuals carry name and address only as far as they agreed. */
export interface InvoiceIssuer {
  registeredNumber: string
  /** 1 individual, 2 corporation. */
  kind: '1' | '2'
  /** 01 new · 02 change · 03 expired · 04 cancelled · 99 removed. */
  process: string
  registeredOn: string
  cancelledOn: string | null
  expiredOn: string | null
  updatedOn: string | null
  name: string | null
  address: string | null
  tradeName: string | null
}

export type QualifiedState = 'qualified' | 'not_yet' | 'expired' | 'cancelled' | 'not_registered'

/** All values are strings; the first key is spelled as the agency spells it (JR §1.4). */
const announcement = z.object({
  registratedNumber: z.string(),
  process: z.string(),
  kind: z.enum(['1', '2']),
  latest: z.string().optional(),
  registrationDate: z.string(),
  updateDate: z.string().optional(),
  disposalDate: z.string().optional(),
  expireDate: z.string().optional(),
  address: z.string().optional(),
  addressRequest: z.string().optional(),
  name: z.string().optional(),
  tradeName: z.string().optional(),
})
const answerShape = z.object({ announcement: z.array(announcement) })

/** One issuer by T number; null when the number is not registered, which the answer says by leaving it out (JR §1.4, `num`). */
export async function issuerByNumber(
  to: Connection,
  number: string,
): Promise<Answered<InvoiceIssuer | null>> {
  const url = new URL(`${to.baseUrl.replace(/\/$/, '')}/num`)
  for (const [name, value] of Object.entries({ id: to.key, number, type: '21', history: '0' }))
    url.searchParams.set(name, value)
  const answer = await ask(url)
  return answer.ok ? readIssuer(answer.value, number) : answer
}

export function readIssuer(text: string, number: string): Answered<InvoiceIssuer | null> {
  const parsed = answerShape.safeParse(jsonOf(text))
  if (!parsed.success) return { ok: false, why: 'unreadable' }
  const found = parsed.data.announcement.find(one => one.registratedNumber === number && one.latest !== '0')
  if (!found) return { ok: true, value: null }
  return {
    ok: true,
    value: {
      registeredNumber: found.registratedNumber,
      kind: found.kind,
      process: found.process,
      registeredOn: found.registrationDate,
      cancelledOn: found.disposalDate || null,
      expiredOn: found.expireDate || null,
      updatedOn: found.updateDate || null,
      name: found.name || null,
      address: found.address || found.addressRequest || null,
      tradeName: found.tradeName || null,
    },
  }
}

/** Qualified on a day: the invoice's own day counts, not today (JR §1.2). Process 99 means the registration never counts. */
export function qualifiedOn(issuer: InvoiceIssuer | null, day: string): QualifiedState {
  if (!issuer || issuer.process === '99') return 'not_registered'
  if (issuer.registeredOn > day) return 'not_yet'
  if (issuer.expiredOn !== null && day >= issuer.expiredOn) return 'expired'
  if (issuer.cancelledOn !== null && day >= issuer.cancelledOn) return 'cancelled'
  return 'qualified'
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
