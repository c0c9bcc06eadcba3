import type { TrailEvent } from '../contract.ts'

/** The rules a refused attempt broke, as the person was told; attempts of older versions kept only their codes. */
export function refusedRules({ facts }: TrailEvent): string {
  const rules = Array.isArray(facts?.rules) ? facts.rules.map(String) : []
  return [...new Set(rules)].join(' ') || '規則により拒否（文言の記録なし）'
}
