import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { z } from 'zod'
import type { BulkOutcome } from '../../ui/index.ts'
import { call, isPending } from '../http/client.ts'
import type { CommandContract } from '../http/contract.ts'
import { problemOfError } from './api.ts'

/** One record of many; its input may have to be asked for first (its version). */
export interface BulkItem<C extends CommandContract> {
  key: string
  name: string
  input: () => z.input<C['input']> | Promise<z.input<C['input']>>
}

export interface Bulk<C extends CommandContract> {
  run(items: readonly BulkItem<C>[]): void
  running: boolean
  total: number
  /** One for each record that has been answered; null before the first run. */
  outcomes: readonly BulkOutcome[] | null
  /** The keys of records that were refused or not reached: they stay chosen. */
  left: readonly string[]
  /** Ends after the record at hand; what was done stays done. */
  stop(): void
  reset(): void
}

/**
 * The same act on many records: one command each, one after the other, under its own key, so that each record has its own event and
 * its own refusal. What is refused does not keep the others back.
 */
export function useBulk<C extends CommandContract>(contract: C): Bulk<C> {
  const queries = useQueryClient()
  const [state, setState] = useState<{ keys: string[]; outcomes: BulkOutcome[]; running: boolean } | null>(
    null,
  )
  const stopAsked = useRef(false)
  const run = async (items: readonly BulkItem<C>[]) => {
    stopAsked.current = false
    const outcomes: BulkOutcome[] = []
    const keys = items.map(item => item.key)
    setState({ keys, outcomes: [], running: true })
    for (const item of items) {
      if (stopAsked.current) break
      outcomes.push(await runOne(contract, item))
      setState({ keys, outcomes: [...outcomes], running: true })
    }
    setState({ keys, outcomes, running: false })
    await queries.invalidateQueries()
  }
  return {
    run: items => void run(items),
    running: state?.running ?? false,
    total: state?.keys.length ?? 0,
    outcomes: state?.outcomes ?? null,
    left: state ? leftOf(state.keys, state.outcomes) : [],
    stop: () => {
      stopAsked.current = true
    },
    reset: () => setState(null),
  }
}

function leftOf(keys: readonly string[], outcomes: readonly BulkOutcome[]): string[] {
  const settled = new Set(outcomes.flatMap(one => (one.state === 'refused' ? [] : one.key)))
  return keys.filter(key => !settled.has(key))
}

async function runOne<C extends CommandContract>(contract: C, item: BulkItem<C>): Promise<BulkOutcome> {
  const { key, name } = item
  try {
    const answer = await call(contract as CommandContract, (await item.input()) as never, {
      idempotencyKey: crypto.randomUUID(),
    })
    return { key, name, state: isPending(answer) ? 'pending' : 'done', sentence: null }
  } catch (error) {
    const { title, reasons } = problemOfError(error)
    return {
      key,
      name,
      state: 'refused',
      sentence: reasons.map(reason => reason.sentence).join('　') || title,
    }
  }
}
