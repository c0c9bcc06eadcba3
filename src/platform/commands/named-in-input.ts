import type { Id } from '../ids/uuid.ts'
import type { Json } from '../trail/canonical.ts'

/** Documents named by an input, with the field that names them. */
export interface Evidence {
  field: string
  documentIds: readonly Id[]
}

/** The documents a command rests on, wherever the contract asks for a reason (`changeReason`), for evidence alone, or for papers. */
export function evidenceIn(input: Json): Evidence[] {
  if (input === null || typeof input !== 'object' || Array.isArray(input)) return []
  const { change, evidence, documentIds } = input
  const ofChange =
    change !== null && typeof change === 'object' && !Array.isArray(change) ? change.evidence : undefined
  return [
    { field: 'change.evidence', given: ofChange },
    { field: 'evidence', given: evidence },
    { field: 'documentIds', given: documentIds },
  ].flatMap(({ field, given }) => {
    const ids = Array.isArray(given) ? given.filter(id => typeof id === 'string') : []
    return ids.length > 0 ? [{ field, documentIds: ids }] : []
  })
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Fields called somethingId which hold a UUID name records: the refused attempt shows in the history of each. */
export function recordsNamedIn(input: Json): { kind: string; id: Id }[] {
  if (input === null || typeof input !== 'object' || Array.isArray(input)) return []
  return Object.entries(input).flatMap(([field, value]) =>
    field.endsWith('Id') && typeof value === 'string' && UUID.test(value)
      ? [{ kind: field.slice(0, -2), id: value }]
      : [],
  )
}
