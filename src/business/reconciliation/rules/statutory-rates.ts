import type { StatutoryRate } from './damages.ts'

/** 法定利率 as dated data: 5 % before the reform of 民法404条, 3 % since 2020-04-01, reviewed every three years (JR §6.5). */
export const STATUTORY_RATES: StatutoryRate[] = [
  { from: '1896-04-27', ratePpm: 50_000 },
  { from: '2020-04-01', ratePpm: 30_000 },
]
