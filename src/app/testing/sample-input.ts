import fc from 'fast-check'
import { z } from 'zod'
import type { Contract } from '../../platform/http/contract.ts'

/** One schema as JSON Schema says it. */
export type Schema = { [key: string]: unknown }

/** Ids and other values by the name of the field that takes them. */
export type Known = Readonly<Record<string, unknown>>

export function schemaFor(contract: Contract): Schema {
  return z.toJSONSchema(contract.input, { io: 'input', unrepresentable: 'any' }) as Schema
}

/** Some input of the right shape, from the contract's own schema; `known` values stand at the fields of their name. */
export function sampleFor(contract: Contract, known: Known = {}): Record<string, unknown> {
  return sampleOf(schemaFor(contract), known) as Record<string, unknown>
}

/** The first choice of an anyOf that is not null, and what allOf says together. */
export function settled(schema: Schema): Schema {
  const choices = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined
  if (Array.isArray(choices)) return settled(choices.find(choice => choice.type !== 'null') ?? choices[0]!)
  if (Array.isArray(schema.allOf)) return settled(Object.assign({}, ...schema.allOf))
  return schema
}

export function sampleOf(unsettled: Schema, known: Known = {}): unknown {
  const schema = settled(unsettled)
  if ('const' in schema) return schema.const
  if (Array.isArray(schema.enum)) return schema.enum[0]
  if (schema.type === 'object') {
    const properties = (schema.properties ?? {}) as Record<string, Schema>
    const required = (schema.required ?? []) as string[]
    return Object.fromEntries(
      required.map(name => [name, name in known ? known[name] : sampleOf(properties[name]!, known)]),
    )
  }
  if (schema.type === 'array')
    return Array.from({ length: Number(schema.minItems ?? 0) }, () => sampleOf(schema.items as Schema, known))
  if (schema.type === 'boolean') return true
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(1, Number(schema.minimum ?? 1))
  if (schema.type === 'string') return textFor(schema)
  return 'x'
}

function textFor({ format, pattern, minLength = 1 }: Schema): string {
  if (format === 'uuid') return '01890a5d-ac96-774b-bcce-b302099a8057'
  if (format === 'date') return '2026-11-24'
  if (format === 'date-time') return '2026-11-24T00:00:00Z'
  if (format === 'email') return 'somebody@example.co.jp'
  if (typeof pattern === 'string')
    return fc.sample(fc.stringMatching(new RegExp(pattern)), { numRuns: 1, seed: 7 })[0]!
  return 'あ'.repeat(Math.max(Number(minLength), 5))
}

export interface Leaf {
  path: readonly (string | number)[]
  schema: Schema
}

/** The fields of an input, those that may be left out included, down to the items of its lists. */
export function leavesOf(unsettled: Schema, path: readonly (string | number)[] = []): Leaf[] {
  const schema = settled(unsettled)
  if (schema.type === 'object' && schema.properties)
    return Object.entries(schema.properties as Record<string, Schema>).flatMap(([name, inner]) =>
      leavesOf(inner, [...path, name]),
    )
  if (schema.type === 'array' && schema.items) return leavesOf(schema.items as Schema, [...path, 0])
  return [{ path, schema }]
}

/** An input with one value put at a path. */
export function withValue(input: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const [first, ...rest] = path
  if (first === undefined) return value
  if (typeof first === 'number') return [withValue(Array.isArray(input) ? input[0] : undefined, rest, value)]
  return { ...(input as object | undefined), [first]: withValue((input as never)?.[first], rest, value) }
}
