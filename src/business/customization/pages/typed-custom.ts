import type { CustomField } from '../contract.ts'
import type { CustomInput, CustomValue } from '../value-contract.ts'

export type TypedValue = string | number | null | readonly string[]
/** What a form holds while typing, by key of the field. Of sensitive fields nothing is known: what is empty stays as it is. */
export type TypedCustom = Readonly<Record<string, TypedValue>>

/** Typed beside a sensitive field: its stored value is to be emptied. */
export const EMPTIED = '（空にする）'

const emptyOf = (field: CustomField): TypedValue =>
  field.type === 'text' ? '' : field.type === 'multiChoice' ? [] : null

/** A form before anything is typed, or with what a record holds. */
export function typedCustom(
  fields: readonly CustomField[],
  values: readonly CustomValue[] = [],
): TypedCustom {
  return Object.fromEntries(
    fields.map(field => {
      const held = values.find(value => value.key === field.key)
      return [field.key, (held?.value as TypedValue | undefined) ?? emptyOf(field)]
    }),
  )
}

/** What differs from how the form began, as commands take it: empty becomes null. */
export function changedCustom(
  fields: readonly CustomField[],
  typed: TypedCustom,
  initial: TypedCustom,
): CustomInput {
  return Object.fromEntries(
    fields
      .filter(
        field => JSON.stringify(typed[field.key] ?? null) !== JSON.stringify(initial[field.key] ?? null),
      )
      .map(field => {
        const value = typed[field.key] ?? null
        const empty = value === '' || value === EMPTIED || (Array.isArray(value) && value.length === 0)
        return [field.key, empty ? null : value]
      }),
  ) as CustomInput
}
