import type { z } from 'zod'
import { type Contract, type PendingAnswer, type Problem, pathFields } from './contract.ts'

/** A problem answered by the server; `reasons` carry the sentence and the field. */
export class ApiProblem extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail || problem.title)
    this.name = 'ApiProblem'
    this.problem = problem
  }
}

/** The server could not be reached; nothing is known about whether it acted, so the same key must be sent again. */
export class Unreachable extends Error {}

export interface CallOptions {
  /** The same key for the same act, however often it is sent. */
  idempotencyKey?: string
  dryRun?: boolean
  signal?: AbortSignal
}

export function isPending(answer: unknown): answer is PendingAnswer {
  return typeof answer === 'object' && answer !== null && 'pending' in answer && answer.pending === true
}

/** Calls one contract from the browser (or a test with `baseUrl`), typed by it; throws ApiProblem or Unreachable. */
export async function call<C extends Contract>(
  contract: C,
  input: z.input<C['input']>,
  options: CallOptions & { baseUrl?: string; headers?: Record<string, string> } = {},
): Promise<
  C extends { critical: 'always' | 'sometimes' }
    ? z.output<C['output']> | PendingAnswer
    : z.output<C['output']>
> {
  const { url, body } = requestFor(contract, input as Record<string, unknown>)
  let response: Response
  try {
    response = await fetch((options.baseUrl ?? '') + url, {
      method: contract.method,
      credentials: 'same-origin',
      signal: options.signal ?? null,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json', 'x-daicho-request': '1' }),
        ...(contract.kind === 'command'
          ? { 'idempotency-key': options.idempotencyKey ?? crypto.randomUUID() }
          : {}),
        ...(options.dryRun ? { 'x-dry-run': 'true' } : {}),
        ...options.headers,
      },
      ...(body === undefined ? {} : { body }),
    })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Unreachable('サーバーに接続できません。ネットワークを確認して、もう一度お試しください。', {
      cause: error,
    })
  }
  return (await readAnswer(response)) as never
}

/** The address of a query, for links which download a file. */
export function addressOf<C extends Contract>(contract: C, input: z.input<C['input']>): string {
  return requestFor(contract, input as Record<string, unknown>).url
}

function requestFor(contract: Contract, input: Record<string, unknown>): { url: string; body?: string } {
  const inPath = new Set(pathFields(contract.path))
  const url = contract.path.replace(/:([A-Za-z]+)/g, (_all, name: string) =>
    encodeURIComponent(String(input[name])),
  )
  const rest = Object.fromEntries(
    Object.entries(input).filter(([name, value]) => !inPath.has(name) && value !== undefined),
  )
  if (contract.method !== 'GET') return { url, body: JSON.stringify(rest) }
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(rest))
    for (const item of Array.isArray(value) ? value : [value])
      if (item !== null) search.append(name, String(item))
  const text = search.toString()
  return { url: text ? `${url}?${text}` : url }
}

async function readAnswer(response: Response): Promise<unknown> {
  const text = await response.text()
  const parsed: unknown = text ? JSON.parse(text) : null
  if (response.ok) return parsed
  throw new ApiProblem(parsed as Problem)
}
