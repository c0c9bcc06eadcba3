import { useApi } from '../../../platform/web/api.ts'
import { Card, DateText, EmptyState, Loaded, ScrollBox, StatusTag, UiLink } from '../../../ui/index.ts'
import { virtualAccounts } from '../contract.ts'
import { virtualFields as fields } from '../fields.ts'

/** Which company pays in to which virtual account, and which numbers rest until when. */
export function VirtualAccounts() {
  const shown = useApi(virtualAccounts, {})
  return (
    <Card title="バーチャル口座の割当" flush>
      <Loaded from={shown} rows={4}>
        {({ rows, more }) =>
          rows.length === 0 ? (
            <EmptyState
              title="バーチャル口座はまだありません"
              hint="割り当てる会社の「口座」タブで、用途「バーチャル口座」として登録します。"
            />
          ) : (
            <ScrollBox label="バーチャル口座の割当">
              <table className="ui-guide">
                <thead>
                  <tr>
                    <th scope="col">口座</th>
                    <th scope="col">{fields.virtualOf.label.ja}</th>
                    <th scope="col">割当の期間</th>
                    <th scope="col">状態</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map(row => (
                    <tr key={row.id}>
                      <th scope="row">
                        {row.bankName} {row.branchName} ●●●●{row.accountNoLast}
                      </th>
                      <td>
                        <UiLink href={`/parties/${row.virtualOf.partyId}?tab=accounts`}>
                          {row.virtualOf.legalName}
                        </UiLink>
                        {`　${row.virtualOf.partyNo}`}
                      </td>
                      <td>
                        <DateText date={row.validFrom} />〜
                        {row.releasedOn ? <DateText date={row.releasedOn} /> : '現在'}
                      </td>
                      <td>
                        {row.reusableFrom ? (
                          <>
                            <StatusTag tone="neutral" word="返却済" />
                            {`　${row.reusableFrom}から別の会社に割当可`}
                          </>
                        ) : (
                          <StatusTag tone="accent" word="使用中" />
                        )}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
              {more && (
                <p>
                  使用中と返却の新しい{rows.length}
                  件を表示しています。ほかは各社の「口座」タブで確認できます。
                </p>
              )}
            </ScrollBox>
          )
        }
      </Loaded>
    </Card>
  )
}
