import type { Json } from '../trail/canonical.ts'

export type RefusalKind = 'invalid' | 'forbidden' | 'missing' | 'conflict'

/** One rule which said no. The code is worded as the rule; the sentence for people comes from the contract's refusals. */
export interface Reason {
  code: string
  /** The input field at fault, as a path: `people.0.familyName`. */
  field?: string
  /** Overrides the contract's sentence where facts belong in it. */
  message?: string
  facts?: { [key: string]: Json | undefined }
}

/** An expected no, with all reasons at once. Anything else that is thrown is our bug. */
export class Refusal extends Error {
  readonly kind: RefusalKind
  readonly reasons: Reason[]
  constructor(kind: RefusalKind, reasons: Reason[]) {
    super(`${kind}: ${reasons.map(reason => reason.code).join(', ')}`)
    this.name = 'Refusal'
    this.kind = kind
    this.reasons = reasons
  }
}

/** Refuses with one reason when the rule does not hold. */
export function refuseUnless(
  holds: boolean,
  code: string,
  more: Omit<Reason, 'code'> & { kind?: RefusalKind } = {},
): asserts holds {
  if (holds) return
  const { kind = 'conflict', ...rest } = more
  throw new Refusal(kind, [{ code, ...rest }])
}

/** Refuses with every reason that was found; does nothing when there is none. */
export function refuseAll(reasons: Reason[], kind: RefusalKind = 'conflict'): void {
  if (reasons.length) throw new Refusal(kind, reasons)
}

/** The record, or a refusal that names what was looked for. */
export function found<T>(record: T | undefined | null, what: string): T {
  if (record === undefined || record === null)
    throw new Refusal('missing', [{ code: 'record_must_exist', facts: { what } }])
  return record
}
