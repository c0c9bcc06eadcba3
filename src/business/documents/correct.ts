import { mayDo } from '../../platform/commands/actor.ts'
import { type CommandContext, defineCommand } from '../../platform/commands/command.ts'
import { correctionOf } from '../../platform/commands/correction.ts'
import { refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Json } from '../../platform/trail/canonical.ts'
import { correctDocument } from './contract.ts'
import { authenticityLabels, confidentialityLabels, docKindLabels, receivedViaLabels } from './labels.ts'
import {
  type DocumentRecord,
  factsOf,
  lockDocument,
  refuseStrangeCounterparty,
  restrictionOf,
  subjectsOf,
} from './records.ts'
import { paperReasons } from './rules/paper.ts'
import { type Confidentiality, confidentialities } from './tables.ts'
import { visibleClasses } from './visible-classes.ts'

const columns = {
  docKind: 'doc_kind',
  title: 'title',
  transactionDate: 'transaction_date',
  amountYen: 'amount_yen',
  counterparty: 'counterparty',
  counterpartyId: 'counterparty_id',
  expiresOn: 'expires_on',
  validOn: 'valid_on',
  receivedVia: 'received_via',
  receivedOn: 'received_on',
  authenticity: 'authenticity',
  timestampAt: 'timestamp_at',
  textVersion: 'text_version',
  confidentiality: 'confidentiality',
} as const satisfies Record<string, keyof DocumentRecord>
type Item = keyof typeof columns

/** The classes stand in order, from what most see to what fewest see. */
const isLower = (to: Confidentiality, from: Confidentiality) =>
  confidentialities.indexOf(to) < confidentialities.indexOf(from)

/** What people read of a value in the history; others read as they are. */
const words: Partial<Record<Item, Readonly<Record<string, string>>>> = {
  docKind: docKindLabels,
  receivedVia: receivedViaLabels,
  authenticity: authenticityLabels,
  confidentiality: confidentialityLabels,
}

type Items = Record<Item, Json>

/** The items of a document, with the instant of its time stamp written one way. */
function itemsOf(row: DocumentRecord): Items {
  const stamp = row.timestamp_at
  const items = Object.entries(columns).map(([item, column]) => [item, row[column]])
  return { ...Object.fromEntries(items), timestampAt: stamp === null ? null : new Date(stamp).toISOString() }
}

/** A correction keeps the file and every earlier value (電子帳簿保存法施行規則4条1項3号: the history of corrections). */
export const correct = defineCommand(correctDocument, {
  async run(context, { documentId, rowVersion, reason, ...given }) {
    const { tx, actor, now, today } = context
    const standing = await lockDocument(context, documentId)
    const before = itemsOf(standing)
    const said = { ...before }
    for (const [item, value] of Object.entries(given)) if (value !== undefined) said[item as Item] = value
    const row = Object.fromEntries(
      Object.entries(columns).map(([item, column]) => [column, said[item as Item]]),
    )
    const after: DocumentRecord = { ...standing, ...row }
    const changed = correctionOf({
      standing,
      rowVersion,
      reason,
      before,
      said: itemsOf(after),
      mustDiffer: 'document_must_differ',
      words: (item, of) => words[item]?.[String(of[item])] ?? of[item],
    })
    refuseUnless(standing.struck_at === null, 'document_must_stand')
    refuseAll(paperReasons(factsOf(after), today), 'invalid')
    if ('timestampAt' in changed.after || 'authenticity' in changed.after)
      await refuseOtherThanToken(context, after)
    if ('confidentiality' in changed.after)
      refuseClass(context, { from: standing.confidentiality, to: after.confidentiality })
    if ('counterpartyId' in changed.after) await refuseStrangeCounterparty(context, after.counterparty_id)
    await tx
      .updateTable('document')
      .set({
        ...row,
        corrected_at: now.toISOString(),
        corrected_by: actor.id,
        correction_reason: reason,
        row_version: standing.row_version + 1,
      })
      .where('id', '=', documentId)
      .execute()
    await context.record({
      verb: 'document_corrected',
      subjects: await subjectsOf(context, documentId),
      ...changed,
      reason,
      facts: { summary: standing.doc_no },
      // Titles and counterparties of a document stand in no history that those who may not see the document read.
      ...(['personal', 'special'].includes(after.confidentiality)
        ? { restrictedTo: 'documents.readPersonal' }
        : restrictionOf(standing.confidentiality)),
    })
    return { id: documentId, rowVersion: standing.row_version + 1 }
  },
})

/** A token says when it was made; a typed time beside it would say something else. */
async function refuseOtherThanToken({ tx }: CommandContext, after: DocumentRecord): Promise<void> {
  const token = await tx
    .selectFrom('document_time_stamp')
    .select(['stamped_at', 'stamped_by'])
    .where('document_id', '=', after.id)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!token) return
  const { timestamp_at, authenticity } = after
  const isTokens =
    authenticity === (token.stamped_by === 'ours' ? 'timestamped' : 'timestamped_by_sender') &&
    timestamp_at !== null &&
    Date.parse(timestamp_at) === Date.parse(token.stamped_at)
  refuseUnless(isTokens, 'time_stamp_is_the_tokens', { kind: 'invalid', field: 'timestampAt' })
}

/** Compliance's own papers keep their class; another class is one the person sees, and a lower one is compliance's to give. */
function refuseClass(context: CommandContext, { from, to }: Record<'from' | 'to', Confidentiality>): void {
  const field = 'confidentiality'
  refuseUnless(![from, to].includes('compliance'), 'compliance_class_must_stay', { kind: 'invalid', field })
  refuseUnless(visibleClasses(context).includes(to), 'class_must_be_visible', { kind: 'forbidden', field })
  refuseUnless(
    !isLower(to, from) || mayDo(context.actor, 'documents.lowerClass'),
    'class_must_be_lowered_by_compliance',
    { kind: 'forbidden', field },
  )
}
