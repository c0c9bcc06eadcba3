import type { Reason } from '../../../platform/commands/refusal.ts'
import type { BatchOptions } from '../tables.ts'

/** Balances stand at the end of a day: without it they mean nothing. */
export function cutOverReasons({ cutOverOn }: Pick<BatchOptions, 'cutOverOn'>): Reason[] {
  return cutOverOn === null ? [{ code: 'cut_over_day_must_be_given', field: 'options.cutOverOn' }] : []
}
