import type { CommandContext } from '../../platform/commands/command.ts'
import type { Evidence } from '../../platform/commands/named-in-input.ts'
import { refuseUnless } from '../../platform/commands/refusal.ts'
import { visibleClasses } from './visible-classes.ts'
import './tables.ts'

/** Evidence is a document that lies in the store and that the person may see (DD group 12, evidence[]: document version ids). */
export async function refuseStrangeEvidence(
  context: CommandContext,
  { field, documentIds }: Evidence,
): Promise<void> {
  const wanted = [...new Set(documentIds)]
  const known = await context.tx
    .selectFrom('document')
    .select('id')
    .where('id', 'in', wanted)
    .where('struck_at', 'is', null)
    .where('disposed_at', 'is', null)
    .where('confidentiality', 'in', visibleClasses(context))
    .execute()
  refuseUnless(known.length === wanted.length, 'evidence_must_be_a_document', {
    kind: 'invalid',
    field,
  })
}
