import { addressOf } from '../../../platform/http/client.ts'
import { useApi } from '../../../platform/web/api.ts'
import { DateTimeText, Loaded } from '../../../ui/index.ts'
import { downloadDocument, listDocuments } from '../contract.ts'
import { docKindLabels } from '../labels.ts'
import { DocumentTags } from './document-tags.tsx'

/** Documents named by a decision, each opening in a tab of its own; what this person may not see is counted. */
export function EvidenceList({ ids }: { ids: readonly string[] }) {
  const found = useApi(listDocuments, { ids: [...ids], limit: 100 }, { enabled: ids.length > 0 })
  if (ids.length === 0) return <span className="ui-faint">なし</span>
  return (
    <Loaded from={found} rows={2}>
      {({ rows }) => (
        <ul className="ui-plain-list">
          {rows.map(row => (
            <li key={row.id}>
              <a
                className="ui-link"
                href={addressOf(downloadDocument, {
                  documentId: row.id,
                  versionNo: row.versions[0]?.versionNo ?? 1,
                })}
                target="_blank"
                rel="noreferrer"
              >
                {row.title}
              </a>{' '}
              <DocumentTags document={row} />
              <span className="ui-faint">
                {`　${docKindLabels[row.docKind]}　${row.docNo}　${row.versions[0]?.addedBy.name ?? ''}　`}
                <DateTimeText at={row.versions[0]?.addedAt ?? null} />
              </span>
            </li>
          ))}
          {rows.length < ids.length && (
            <li className="ui-faint">{`ほか${ids.length - rows.length}件は、閲覧の権限がありません。`}</li>
          )}
        </ul>
      )}
    </Loaded>
  )
}
