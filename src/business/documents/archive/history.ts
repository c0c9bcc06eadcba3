import type { QueryContext } from '../../../platform/http/route.ts'
import type { Reading } from '../../../platform/reading.ts'
import { recordHistory, type TrailEvent } from '../../audit/contract.ts'
import { documentFields } from '../fields.ts'
import { eventLabels } from '../labels.ts'
import type { DocumentRecord } from '../records.ts'

/** The columns of the history that lies beside the index. */
export const historyTitles = ['番号', '日時', '行った人', '内容', '項目', '変更前', '変更後', '理由']

const MOST_EVENTS = 200

/** What was done to a paper since it was filed: corrections with the old and the new value, versions, strikes and their withdrawal. */
export async function historyOf(
  { ask }: Pick<Reading, 'ask'>,
  context: QueryContext,
  document: DocumentRecord,
): Promise<(string | null)[][]> {
  if (document.corrected_at === null && document.struck_at === null && document.newest_version === 1)
    return []
  const { body } = await ask(context, recordHistory, { recordId: document.id, limit: MOST_EVENTS })
  return body.rows.toReversed().flatMap(event => linesOf(document.doc_no, event))
}

const labels: Readonly<Record<string, { label: { ja: string } }>> = documentFields
const minute = (at: string) =>
  new Date(Date.parse(at) + 9 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
const said = (value: unknown) =>
  value === undefined || value === null ? null : typeof value === 'string' ? value : JSON.stringify(value)

function linesOf(docNo: string, event: TrailEvent): (string | null)[][] {
  const what = eventLabels[event.verb]
  if (!what) return []
  const head = [docNo, minute(event.at), event.actor.name, what]
  const items =
    event.verb === 'document_corrected'
      ? Object.keys(event.after ?? {}).filter(item => item in labels)
      : ([] as string[])
  if (items.length === 0) return [[...head, null, null, null, event.reason]]
  return items.map(item => [
    ...head,
    labels[item]!.label.ja,
    said(event.before?.[item]),
    said(event.after?.[item]),
    event.reason,
  ])
}
