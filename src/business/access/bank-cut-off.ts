import type { Db, Tx } from '../../platform/database/database.ts'
import { isBusinessDay, JP_BANK, roll } from '../../platform/dates/business-calendar.ts'
import { addDays } from '../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import { minutesOfTime } from './business-hours.ts'
import { currentCompany } from './company.ts'

/** Before a company has said otherwise: its banks take orders of the day until 15:00. */
const STANDARD_CUT_OFF = '15:00'

export interface TransferDay {
  /** The first day a transfer handed in now is carried out. */
  earliestOn: IsoDate
  /** HH:MM, Tokyo time. */
  cutOff: string
}

export async function transferDayNow(db: Db | Tx, now: Date): Promise<TransferDay> {
  const cutOff = (await currentCompany(db))?.settings.bankCutOff ?? STANDARD_CUT_OFF
  return { earliestOn: earliestTransferDay(now, cutOff), cutOff }
}

/**
 * The first day on which a bank carries out a transfer handed in now: today on a bank's business day before the cut-off (HH:MM, Tokyo time),
 * else the next business day (company setting; FF §7, bank cut-off of a same-day promise).
 */
export function earliestTransferDay(now: Date, cutOff: string): IsoDate {
  const today = todayInTokyo(now)
  if (!isBusinessDay(today, JP_BANK)) return roll(today, 'following', JP_BANK)
  return minutesInTokyo(now) < minutesOfTime(cutOff) ? today : roll(addDays(today, 1), 'following', JP_BANK)
}

/** Minutes of the day in Tokyo, which keeps UTC+9 all year. */
function minutesInTokyo(now: Date): number {
  const tokyo = new Date(now.getTime() + 9 * 3_600_000)
  return tokyo.getUTCHours() * 60 + tokyo.getUTCMinutes()
}
