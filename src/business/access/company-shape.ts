import { z } from 'zod'
import { dealYen, isoDate } from '../../platform/http/contract.ts'
import { claimTypes } from './claim-types.ts'
import { kycPurposes } from './kyc-purposes.ts'

const optionalText = (pattern: RegExp, sentence: string) =>
  z.string().trim().regex(pattern, sentence).nullable().default(null)

const timeOfDay = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, '時刻は 15:00 の形で入力してください。')

/** off: nothing; alert: whoever screens is told; stop: the deal waits for the search. */
export const newsRules = ['off', 'alert', 'stop'] as const
export type NewsRule = (typeof newsRules)[number]
const newsRule = z.enum(newsRules).default('alert')

export const companyShape = z.object({
  legalName: z.string().trim().min(1, '会社名を入力してください。').max(150),
  corporateNumber: optionalText(/^[1-9][0-9]{12}$/, '法人番号は13桁の数字です。'),
  invoiceRegNo: optionalText(/^T[1-9][0-9]{12}$/, '登録番号は T と13桁の数字です。'),
  moneyLenderRegNo: optionalText(/^.{1,30}$/, '貸金業登録番号は30文字以内です。'),
  moneyLenderValidTo: isoDate.nullable().default(null),
  amlRegime: z.enum(['statutory', 'voluntary']).default('voluntary'),
  originatorCode: optionalText(/^[0-9]{10}$/, '委託者コードは10桁の数字です。'),
  taxAmountBasis: z.enum(['tax_included', 'tax_excluded']).default('tax_included'),
  bankCutOff: timeOfDay.default('15:00'),
  bankHolidays: z.enum(['banking_days', 'weekends_only']).default('banking_days'),
  transferFeesYen: z
    .array(z.number().int().min(1).max(10_000))
    .max(50)
    .default([110, 165, 220, 275, 330, 440, 550, 660, 770, 880, 990]),
  exportRowLimit: z.number().int().min(1).max(10_000_000).default(1000),
  toleranceYen: z.number().int().min(0).max(100_000).default(0),
  /** 営業時間: deadlines of applications and inquiries are counted in it, on the days of `bankHolidays` without `closedDays`. */
  opensAt: timeOfDay.default('09:00'),
  closesAt: timeOfDay.default('18:00'),
  closedDays: z.array(isoDate).max(200).default([]),
  /** When anybody may be called, written to or visited; never beyond 8:00–21:00. */
  contactFrom: timeOfDay.default('08:00'),
  contactTo: timeOfDay.default('21:00'),
  contactDays: z.enum(['every_day', 'business_days']).default('every_day'),
  /** From which likeness on a face counts as the one on the document (JR §3.4). */
  faceMatchMinPpm: z.number().int().min(0).max(1_000_000).default(850_000),
  /** Above it assets or income of a high-risk customer are checked (JR §3.2). */
  assetIncomeOverYen: dealYen.min(0).default(2_000_000),
  /** How long a virtual account rests after its release (JR §8). */
  virtualRestMonths: z.number().int().min(0).max(240).default(24),
  /** How many days people have for what an approved change touches (DD group 12, impact). */
  impactTaskDays: z.number().int().min(1).max(90).default(7),
  /** 取引の目的 as customers may give it (JR §3.2). */
  kycPurposes,
  /** What it does that a subject has no search of bad news, or of credit events, in date (JR §3.12). */
  adverseMediaRule: newsRule,
  creditEventRule: newsRule,
  /** 債権の種類コード of the registry of assignments (JR §6.1). */
  claimTypes,
})
export type CompanySettings = z.output<typeof companyShape>
