import type { FieldDescription as StoredField } from '../../../platform/fields.ts'
import { type FieldDescription, type InputMore, inputOf as uiInputOf } from '../../../ui/index.ts'
import type { PartyBasics } from '../contract.ts'
import { type PartyFieldName, partyFields } from '../fields.ts'

export type BasicName = keyof PartyBasics & PartyFieldName

/** What the form holds while typing; empty text is "unknown". */
export type TypedBasics = Record<BasicName, string | number | null>

export const basicNames = (Object.keys(partyFields) as PartyFieldName[]).filter(
  (name): name is BasicName => name !== 'legalName' && name !== 'partyKind',
)

/** Kinds of fields whose empty value is null; the others hold empty text. */
const withNull: readonly StoredField['type'][] = ['yen', 'number', 'date', 'choice', 'staff']

const emptyOf = (name: BasicName) => (withNull.includes(partyFields[name].type) ? null : '')

export const noBasics = Object.fromEntries(basicNames.map(name => [name, emptyOf(name)])) as TypedBasics

/** Typed basics as the contract takes them: empty becomes null. */
export function toInput(typed: TypedBasics): PartyBasics {
  return Object.fromEntries(
    basicNames.map(name => {
      const value = typed[name]
      return [name, typeof value === 'string' && value.trim() === '' ? null : value]
    }),
  ) as PartyBasics
}

/** A stored party as the form holds it. */
export function typedFrom(party: { [name: string]: unknown }): TypedBasics {
  return Object.fromEntries(basicNames.map(name => [name, party[name] ?? emptyOf(name)])) as TypedBasics
}

/** The items that differ from how the form began, as the contract takes them; what is left out stays as it is. */
export function changedInput(typed: TypedBasics, initial: TypedBasics): PartyBasics {
  const all = toInput(typed)
  return Object.fromEntries(
    basicNames.filter(name => typed[name] !== initial[name]).map(name => [name, all[name] ?? null]),
  ) as PartyBasics
}

/** A stored field's description as the form shows it, so that label, help and example are written once. */
export function inputOf(name: PartyFieldName, more: InputMore = {}): FieldDescription {
  return uiInputOf(partyFields[name] as StoredField, more) as FieldDescription
}
