import { mayDo } from '../../platform/commands/actor.ts'
import { defineCommand } from '../../platform/commands/command.ts'
import { refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
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

/** A correction keeps the file and every earlier value (電子帳簿保存法施行規則4条1項3号: the history of corrections). */
export const correct = defineCommand(correctDocument, {
  async run(context, { documentId, rowVersion, reason, ...given }) {
    const { tx, actor, now, today } = context
    const before = await lockDocument(context, documentId)
    refuseUnless(before.row_version === rowVersion, 'record_must_be_unchanged')
    refuseUnless(before.struck_at === null, 'document_must_stand')
    const after: DocumentRecord = {
      ...before,
      ...Object.fromEntries(
        Object.entries(given)
          .filter(([, value]) => value !== undefined)
          .map(([name, value]) => [columns[name as Item], value]),
      ),
    }
    if (after.timestamp_at !== null) after.timestamp_at = new Date(after.timestamp_at).toISOString()
    const stood = before.timestamp_at === null ? null : new Date(before.timestamp_at).toISOString()
    const changed = (Object.keys(columns) as Item[]).filter(item =>
      item === 'timestampAt' ? after.timestamp_at !== stood : after[columns[item]] !== before[columns[item]],
    )
    refuseUnless(changed.length > 0, 'document_must_differ')
    refuseAll(paperReasons(factsOf(after), today), 'invalid')
    if (changed.includes('confidentiality')) {
      const classes = [before.confidentiality, after.confidentiality]
      refuseUnless(!classes.includes('compliance'), 'compliance_class_must_stay', {
        kind: 'invalid',
        field: 'confidentiality',
      })
      refuseUnless(visibleClasses(context).includes(after.confidentiality), 'class_must_be_visible', {
        kind: 'forbidden',
        field: 'confidentiality',
      })
    }
    if (isLower(after.confidentiality, before.confidentiality))
      refuseUnless(mayDo(actor, 'documents.lowerClass'), 'class_must_be_lowered_by_compliance', {
        kind: 'forbidden',
        field: 'confidentiality',
      })
    if (changed.includes('counterpartyId')) await refuseStrangeCounterparty(context, after.counterparty_id)
    await tx
      .updateTable('document')
      .set({
        ...Object.fromEntries(changed.map(item => [columns[item], after[columns[item]]])),
        corrected_at: now.toISOString(),
        corrected_by: actor.id,
        correction_reason: reason,
        row_version: before.row_version + 1,
      })
      .where('id', '=', documentId)
      .execute()
    const pick = (of: DocumentRecord) =>
      Object.fromEntries(
        changed.map(item => {
          const value = of[columns[item]]
          return [item, (typeof value === 'string' && words[item]?.[value]) || value]
        }),
      )
    await context.record({
      verb: 'document_corrected',
      subjects: await subjectsOf(context, documentId),
      before: pick(before),
      after: pick(after),
      reason,
      facts: { summary: before.doc_no },
      // Titles and counterparties of a document stand in no history that those who may not see the document read.
      ...(['personal', 'special'].includes(after.confidentiality)
        ? { restrictedTo: 'documents.readPersonal' }
        : restrictionOf(before.confidentiality)),
    })
    return { id: documentId, rowVersion: before.row_version + 1 }
  },
})
