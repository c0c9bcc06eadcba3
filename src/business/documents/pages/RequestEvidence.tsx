import { addressOf } from '../../../platform/http/client.ts'
import { useApi } from '../../../platform/web/api.ts'
import { Card, EmptyState, Loaded } from '../../../ui/index.ts'
import { openChangeRequest } from '../../approvals/contract.ts'
import { downloadDocument, listDocuments } from '../contract.ts'
import { docKindLabels } from '../labels.ts'

/** On a change request: the documents it rests on, to be read before deciding. */
export default function RequestEvidence({ recordId }: { recordId: string }) {
  const request = useApi(openChangeRequest, { changeRequestId: recordId })
  return (
    <Loaded from={request} rows={2}>
      {({ evidence }) =>
        evidence.length === 0 ? (
          <Card title="裏付け資料">
            <EmptyState
              title="裏付け資料は添付されていません"
              hint="この変更には添付が必須ではありません。"
            />
          </Card>
        ) : (
          <Evidence ids={evidence} />
        )
      }
    </Loaded>
  )
}

function Evidence({ ids }: { ids: string[] }) {
  const page = useApi(listDocuments, { ids, limit: 50 })
  return (
    <Card title="裏付け資料">
      <Loaded from={page} rows={2}>
        {({ rows }) => (
          <>
            {rows.map(row => (
              <p key={row.id}>
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
                </a>
                {`　${docKindLabels[row.docKind]}　${row.docNo}`}
              </p>
            ))}
            {rows.length < ids.length && (
              <p>{`ほかに、あなたには表示できない書類が${ids.length - rows.length}件あります。`}</p>
            )}
          </>
        )}
      </Loaded>
    </Card>
  )
}
