import type { Role } from '../../src/business/access/index.ts'
import { addDays } from '../../src/platform/dates/calendar-date.ts'
import type { IsoDate } from '../../src/platform/dates/iso-date.ts'
import type { Desk, FileToGive } from '../support/desk.ts'
import type { Stage } from '../support/stage.ts'

/** The customer whose case runs through the day, as the ledger, the lists and the bank write it. */
export const CLIENT = {
  name: '株式会社青葉メタル工業',
  kana: 'アオバメタルコウギョウ',
  holder: 'カ）アオバメタルコウギヨウ',
  bankKana: 'ｶ)ｱｵﾊﾞﾒﾀﾙｺｳｷﾞﾖｳ',
} as const
export const DEBTOR = '北陸精機販売株式会社'
/** He bears the name of a man on the American list, who was born in 1947. */
export const REPRESENTATIVE = {
  role: '代表者',
  basis: null,
  family: '高山',
  given: '潔',
  familyKana: 'タカヤマ',
  givenKana: 'キヨシ',
  born: '1981-05-20',
} as const
export const PEOPLE = [
  REPRESENTATIVE,
  {
    role: '実質的支配者',
    basis: '議決権25%超',
    family: '高山',
    given: '由紀',
    familyKana: 'タカヤマ',
    givenKana: 'ユキ',
    born: '昭和59年2月11日',
  },
] as const

/** Where the story stands: who sits where, what day it is, and the records made so far. */
export interface Day {
  stage: Stage
  today: IsoDate
  clientId: string
  debtorId: string
  contractId: string
  /** The claim that is paid back, and the one that is left overdue. */
  paidClaimId: string
  lateClaimId: string
  payoutId: string
  suspectId: string
  doubleRequest: string
}

export const daysAfter = (day: Day, days: number): IsoDate => addDays(day.today, days)

/** A PDF as a scanner would make it, distinct by its title. */
export function scan(title: string): FileToGive {
  const body = `%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n% ${title}\ntrailer<</Root 1 0 R>>\n%%EOF\n`
  return { name: `${title}.pdf`, mimeType: 'application/pdf', buffer: Buffer.from(body) }
}

/** The open request decided by another role on its own page; ends when it has been applied. */
export async function approve({ stage }: Day, role: Role, address: string, shot?: string): Promise<Desk> {
  const desk = await stage.desk(role)
  await desk.open(address)
  if (shot) await desk.look(shot)
  await desk.press('承認する')
  await desk.confirm('承認する')
  await desk.sees('適用済')
  return desk
}
