/** One thing that stands in the way, in the words of the rule. */
export interface ProblemReason {
  /** The refusal code, e.g. `limit_must_be_active`. */
  code: string
  /** A whole Japanese sentence. */
  sentence: string
  /** The field it belongs to; null for the record as a whole. */
  field: string | null
  /** Where the rule comes from: a policy clause, a law. */
  source?: string
  /** Who may lift it: a role or a step, e.g. 「承認者（与信）」. */
  mayLift?: string
}

/** What the server or the network answered instead of the thing asked for. All reasons come at once. */
export interface Problem {
  kind: 'invalid' | 'forbidden' | 'missing' | 'conflict' | 'failed'
  title: string
  reasons: readonly ProblemReason[]
  requestId: string | null
}

/** Something that is on its way, refused, broken or here. A page cannot show the data without deciding about the other three. */
export type Loadable<T> =
  | { state: 'loading' }
  | { state: 'problem'; problem: Problem; retry: () => void }
  | { state: 'ready'; value: T; updating?: boolean }

/** The shape of a query of @tanstack/react-query, as far as the kit looks at it. */
export interface QueryLike<T> {
  data: T | undefined
  error: unknown
  isFetching: boolean
  refetch(): unknown
}

/** A query's state as a Loadable; data already here stays on the screen while newer data is fetched. */
export function loadableOf<T>(query: QueryLike<T>, toProblem: (error: unknown) => Problem): Loadable<T> {
  if (query.data !== undefined) return { state: 'ready', value: query.data, updating: query.isFetching }
  if (query.error)
    return { state: 'problem', problem: toProblem(query.error), retry: () => void query.refetch() }
  return { state: 'loading' }
}

/** The Loadable with its value changed; loading and problems pass through. */
export function mapLoadable<T, U>(loadable: Loadable<T>, change: (value: T) => U): Loadable<U> {
  return loadable.state === 'ready' ? { ...loadable, value: change(loadable.value) } : loadable
}
