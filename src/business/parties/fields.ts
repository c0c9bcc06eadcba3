import type { FieldDescription } from '../../platform/fields.ts'
import { businessFields } from './fields/business.ts'
import { identityFields } from './fields/identity.ts'
import { placeFields } from './fields/place.ts'
import { standingFields } from './fields/standing.ts'

/** Every stored field of a party, once (data dictionary, group 1). Company data stays plain, so that it can be searched. */
export const partyFields = {
  ...identityFields,
  ...placeFields,
  ...businessFields,
  ...standingFields,
} as const satisfies Record<string, FieldDescription>

export type PartyFieldName = keyof typeof partyFields

/** The headings under which forms, pages and the input guide show the fields, in order. */
export const partySections = {
  identity: '名称と番号',
  place: '所在地と連絡先',
  business: '事業の内容',
  standing: '上場・許認可',
  relation: '当社との関係',
} as const

export type PartySection = keyof typeof partySections

export function fieldsOfSection(section: PartySection): PartyFieldName[] {
  return (Object.keys(partyFields) as PartyFieldName[]).filter(name => partyFields[name].section === section)
}

/** Fields that may change at once with reason, or with evidence; the legal name has its own critical command. */
export const ordinaryPartyFields = Object.values(partyFields).filter(
  field => !('critical' in field && field.critical),
)
