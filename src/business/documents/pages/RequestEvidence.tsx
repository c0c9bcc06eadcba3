import { useApi } from '../../../platform/web/api.ts'
import { Card, Loaded } from '../../../ui/index.ts'
import { openChangeRequest } from '../../approvals/contract.ts'
import { EvidenceList } from './EvidenceList.tsx'

/** On a change request: the documents it rests on, to be read before deciding. */
export default function RequestEvidence({ recordId }: { recordId: string }) {
  const request = useApi(openChangeRequest, { changeRequestId: recordId })
  return (
    <Card title="裏付け資料">
      <Loaded from={request} rows={2}>
        {({ evidence }) =>
          evidence.length === 0 ? (
            <p className="ui-faint">添付されていません。この変更には添付が必須ではありません。</p>
          ) : (
            <EvidenceList ids={evidence} />
          )
        }
      </Loaded>
    </Card>
  )
}
