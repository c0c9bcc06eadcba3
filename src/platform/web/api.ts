import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import type { z } from 'zod'
import { ApiProblem, call, isPending, Unreachable } from '../http/client.ts'
import type { CommandContract, Contract, PendingAnswer, QueryContract } from '../http/contract.ts'
import { type Loadable, loadableOf, type Problem } from './problem.ts'

/** What went wrong, in the shape the screens show. Anything unknown is said to be our fault. */
export function problemOfError(error: unknown): Problem {
  if (error instanceof ApiProblem) {
    const { status, title, reasons, requestId } = error.problem
    return {
      kind:
        status === 403 || status === 401
          ? 'forbidden'
          : status === 404
            ? 'missing'
            : status === 409
              ? 'conflict'
              : status < 500
                ? 'invalid'
                : 'failed',
      title,
      reasons: reasons.map(reason => ({
        code: reason.code,
        sentence: reason.message,
        field: reason.field ?? null,
      })),
      requestId,
    }
  }
  const sentence =
    error instanceof Unreachable ? error.message : '画面の処理中に問題が起きました。読み込み直してください。'
  return {
    kind: 'failed',
    title: '通信できませんでした',
    reasons: [{ code: 'unreachable', sentence, field: null }],
    requestId: null,
  }
}

/** A query as a Loadable; asks again when the input changes, keeping the old answer on the screen meanwhile. */
export function useApi<I extends z.ZodObject, O extends z.ZodType>(
  contract: QueryContract<I, O>,
  input: z.input<I>,
  options: { enabled?: boolean; refetchMs?: number } = {},
): Loadable<z.output<O>> & { refetch: () => void } {
  const query = useQuery({
    queryKey: [contract.name, input],
    queryFn: ({ signal }) => call(contract, input, { signal }),
    placeholderData: keepPreviousData,
    enabled: options.enabled ?? true,
    ...(options.refetchMs ? { refetchInterval: options.refetchMs } : {}),
  })
  return { ...loadableOf<z.output<O>>(query as never, problemOfError), refetch: () => void query.refetch() }
}

export interface Run<C extends CommandContract> {
  run(input: z.input<C['input']>): void
  running: boolean
  /** What the server said to the last attempt; null before and after a success. */
  problem: Problem | null
  reset(): void
}

export interface RunHandlers<C extends CommandContract> {
  onDone?(answer: z.output<C['output']>): void
  /** The change waits for a second person now. */
  onPending?(answer: PendingAnswer): void
}

/**
 * A command, ready to run. The same attempt keeps its idempotency key until it is answered, so pressing again after a broken
 * connection does not do it twice. Afterwards every query on the page asks anew.
 */
export function useCommand<C extends CommandContract>(contract: C, handlers: RunHandlers<C> = {}): Run<C> {
  const queries = useQueryClient()
  const key = useRef<{ text: string; key: string } | null>(null)
  const mutation = useMutation({
    mutationFn: (input: z.input<C['input']>) => {
      const text = JSON.stringify(input)
      if (key.current?.text !== text) key.current = { text, key: crypto.randomUUID() }
      return call(contract as Contract, input as never, { idempotencyKey: key.current.key })
    },
    onSuccess: async answer => {
      key.current = null
      if (isPending(answer)) handlers.onPending?.(answer)
      else handlers.onDone?.(answer as z.output<C['output']>)
      // A first answer still on its way would count as fresh, though it was read before the command: it is asked for again.
      await queries.cancelQueries()
      await queries.invalidateQueries()
    },
    onError: error => {
      if (error instanceof ApiProblem) key.current = null
    },
  })
  return {
    run: input => mutation.mutate(input),
    running: mutation.isPending,
    problem: mutation.error ? problemOfError(mutation.error) : null,
    reset: () => mutation.reset(),
  }
}
