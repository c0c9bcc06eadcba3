import { Modal } from 'antd'
import { useApi } from '../../../platform/web/api.ts'
import { DateText, DateTimeText, Loaded, PlainText, ScrollBox } from '../../../ui/index.ts'
import { EvidenceList } from '../../documents/web.tsx'
import { type Holding, holdingHistory } from '../contract.ts'
import { sourceLabels } from '../labels.ts'

/** Every share one holding ever had: from when, why, on what evidence, by whom. */
export function HoldingHistory({ holding, onClose }: { holding: Holding; onClose: () => void }) {
  const history = useApi(holdingHistory, { holdingId: holding.id })
  const label = `${holding.holderName} の持分の履歴`
  return (
    <Modal open onCancel={onClose} footer={null} title={label} width={860} destroyOnHidden>
      <Loaded from={history} rows={4}>
        {({ rows }) => (
          <ScrollBox label={label} className="ui-chart-table">
            <table>
              <caption className="ui-hidden">{label}</caption>
              <thead>
                <tr>
                  <th scope="col">いつから</th>
                  <th scope="col">持分</th>
                  <th scope="col">出所</th>
                  <th scope="col">理由</th>
                  <th scope="col">記録・承認</th>
                  <th scope="col">裏付け資料</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(row => (
                  <tr key={`${row.recordedAt}${row.validFrom}${row.share}`}>
                    <th scope="row">{row.validFrom ? <DateText date={row.validFrom} /> : '不明'}</th>
                    <td>
                      {row.share ?? 'なし'}
                      {row.votes !== null && row.total !== null && (
                        <span className="ui-faint">{`　${row.votes.toLocaleString('ja-JP')}/${row.total.toLocaleString('ja-JP')}`}</span>
                      )}
                    </td>
                    <td>{row.source ? sourceLabels[row.source] : ''}</td>
                    <td>
                      <PlainText text={row.reasonText} />
                    </td>
                    <td>
                      {[row.recordedBy, row.approvedBy].filter(Boolean).join('・')}{' '}
                      <span className="ui-faint">
                        <DateTimeText at={row.recordedAt} />
                      </span>
                    </td>
                    <td>
                      <EvidenceList ids={row.evidence} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollBox>
        )}
      </Loaded>
    </Modal>
  )
}
