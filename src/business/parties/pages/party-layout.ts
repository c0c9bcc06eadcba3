import type { CustomField } from '../../customization/contract.ts'
import type { LayoutSection } from '../../customization/tables.ts'
import { arranged } from '../../customization/web.tsx'
import { fieldsOfSection, type PartySection, partyFields, partySections } from '../fields.ts'

/** Fields which stand above the headings of the form or inside of another one: they are not moved. */
const fixed: readonly string[] = ['partyKind', 'legalName']
const isFixed = (name: string) => fixed.includes(name)

/** The program's own headings and order, custom fields under a heading of their own. */
export function ownLayout(custom: readonly CustomField[]): LayoutSection[] {
  const sections = (Object.keys(partySections) as PartySection[]).map(section => ({
    key: section as string,
    title: partySections[section] as string,
    fields: fieldsOfSection(section).map(name => name as string),
  }))
  return [
    ...sections,
    { key: 'custom', title: '追加項目', fields: custom.map(field => `custom.${field.key}`) },
  ]
}

/** The headings of the party's form and page in force; what a party is and is called stands first on its page whatever the order. */
export function partyLayout(
  custom: readonly CustomField[],
  company: readonly LayoutSection[] | null,
): LayoutSection[] {
  const sections = arranged(ownLayout(custom), company).map(section => ({
    ...section,
    fields: [...section.fields.filter(isFixed), ...section.fields.filter(name => !isFixed(name))],
  }))
  const first = sections.filter(section => section.fields.some(isFixed))
  return [...first, ...sections.filter(section => !first.includes(section))]
}

/** The same without the fields that do not move, for whoever sets the order. */
export function movable(sections: readonly LayoutSection[]): LayoutSection[] {
  return sections.map(section => ({
    ...section,
    fields: section.fields.filter(name => !fixed.includes(name)),
  }))
}

export function labelOfField(custom: readonly CustomField[]): (name: string) => string {
  return name =>
    custom.find(field => `custom.${field.key}` === name)?.label ??
    (partyFields as Readonly<Record<string, { label: { ja: string } }>>)[name]?.label.ja ??
    name
}
