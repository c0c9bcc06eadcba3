import { type PlanDocument, planDocuments } from '../../plans/contract.ts'

/** What a client may owe for a deal: what plans ask for, and what is named by hand (FF §5, document sets). */
export const itemKinds = [...planDocuments, 'other'] as const
export type ItemKind = (typeof itemKinds)[number]
export type ItemState = 'missing' | 'received' | 'returned' | 'waived'

/** The documents asked for at first: those of the plan, else set A of the short form, C of a corporation, S of a sole proprietor (FF §5). */
export function initialItems(
  form: 'full' | 'short',
  partyKind: string,
  plan: { corp: readonly PlanDocument[]; sole: readonly PlanDocument[] } | null = null,
): ItemKind[] {
  if (plan) return [...(partyKind === 'sole_proprietor' ? plan.sole : plan.corp)]
  if (form === 'short') return ['invoice', 'bank_statement']
  return partyKind === 'sole_proprietor'
    ? ['invoice', 'bank_statement', 'identity', 'tax_return']
    : ['invoice', 'bank_statement', 'identity', 'deal_evidence', 'registry', 'accounts']
}

/** The items the client still owes. */
export const owed = <T extends { state: ItemState }>(items: readonly T[]): T[] =>
  items.filter(item => item.state === 'missing' || item.state === 'returned')
