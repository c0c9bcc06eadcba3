import type { FieldDescription } from '../../../platform/fields.ts'
import { partyFields } from '../fields.ts'
import { industryText } from '../industries.ts'
import { roleLabels, stageLabels, statusLabels } from '../labels.ts'
import type { PartyRole, PartyStage, PartyStatus } from '../tables.ts'

/** A stored value of a party as people read it: choices in words, yen with their sign, postal codes with their hyphen. */
export function sayValue(field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return '（空欄）'
  if (field === 'roles') return (value as PartyRole[]).map(role => roleLabels[role] ?? role).join('・')
  if (field === 'stage') return stageLabels[value as PartyStage] ?? String(value)
  if (field === 'status') return statusLabels[value as PartyStatus] ?? String(value)
  if (field === 'industryCode') return industryText(String(value)) ?? String(value)
  const described = (partyFields as Readonly<Record<string, FieldDescription>>)[field]
  if (described?.type === 'yen') return `¥${Number(value).toLocaleString('ja-JP')}`
  if (described?.type === 'number') return Number(value).toLocaleString('ja-JP')
  if (described?.type === 'postalCode') return `${String(value).slice(0, 3)}-${String(value).slice(3)}`
  return described?.choices?.find(choice => choice.value === value)?.label ?? String(value)
}

/** A date of which only the year or the month is sure, as far as it is sure. */
export function partialDate(date: string, precision: 'day' | 'month' | 'year' | null): string {
  const [year, month] = date.split('-')
  if (precision === 'year') return `${year}年`
  return precision === 'month' ? `${year}年${Number(month)}月` : date
}
