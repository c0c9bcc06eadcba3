import { useState } from 'react'
import type { z } from 'zod'
import { call } from '../../../platform/http/client.ts'
import type { CommandContract, QueryContract } from '../../../platform/http/contract.ts'
import { problemOfError } from '../../../platform/web/api.ts'
import type { Problem } from '../../../ui/index.ts'

export interface Ask<I extends z.ZodObject, O extends z.ZodType> {
  ask(input: z.input<I>): Promise<z.output<O> | null>
  running: boolean
  problem: Problem | null
  reset(): void
}

/** Asks one of the sign-in doors, or runs a command outside the work: null and a problem when it says no. */
export function useAsk<I extends z.ZodObject, O extends z.ZodType>(
  contract: QueryContract<I, O> | CommandContract<I, O>,
): Ask<I, O> {
  const [running, setRunning] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  return {
    running,
    problem,
    reset: () => setProblem(null),
    async ask(input) {
      setRunning(true)
      setProblem(null)
      try {
        return (await call(contract, input)) as z.output<O>
      } catch (error) {
        setProblem(problemOfError(error))
        return null
      } finally {
        setRunning(false)
      }
    },
  }
}
