import { type Actor, mayDo } from '../../platform/commands/actor.ts'
import type { Confidentiality } from './tables.ts'

/** Which classes of document this person may see; what they may not see they may not add to either. */
export function visibleClasses({ actor }: { actor: Actor }): Confidentiality[] {
  const classes: Confidentiality[] = ['normal']
  if (mayDo(actor, 'documents.readPersonal')) classes.push('personal', 'special')
  if (mayDo(actor, 'documents.readCompliance')) classes.push('compliance')
  return classes
}
