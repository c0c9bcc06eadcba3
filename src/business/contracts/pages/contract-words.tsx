import { KeyValue, StatusTag, type Tone } from '../../../ui/index.ts'
import { contractStateLabels } from '../labels.ts'
import type { ContractState } from '../rules/states.ts'
import { termLines } from '../term-items.ts'
import type { ContractTerms } from '../terms.ts'

const tones: Partial<Record<ContractState, Tone>> = {
  active: 'success',
  executed: 'accent',
  declined: 'danger',
  voided: 'neutral',
  terminated: 'neutral',
  completed: 'neutral',
  sign_expired: 'warning',
}

export function ContractStateTag({ state }: { state: ContractState }) {
  return <StatusTag tone={tones[state] ?? 'waiting'} word={contractStateLabels[state]} />
}

/** Every term in words, in the order in which a contract is read. */
export function TermsTable({ terms }: { terms: ContractTerms }) {
  return <KeyValue items={termLines(terms)} />
}
