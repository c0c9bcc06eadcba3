import type { QueryContract } from './http/contract.ts'
import type { QueryContext, Seen } from './http/route.ts'
import type { ListExport } from './list-export.ts'

/** All slices' lists and queries, for readers which put together what others answer: exports, prints. */
export interface Reading {
  lists: readonly ListExport[]
  /** What the route of this name lets people do, in the words of its permission; null for routes without one, or of earlier versions. */
  words(routeName: string): string | null
  /**
   * Asks a query as the actor of the context: its permission is checked and its input parsed as over HTTP. The caller leaves the view
   * record, naming what was seen. Refuses `permission_must_be_held`.
   */
  ask<C extends QueryContract>(
    context: QueryContext,
    contract: C,
    input: unknown,
  ): Promise<Seen<C['output']['_output']>>
}
