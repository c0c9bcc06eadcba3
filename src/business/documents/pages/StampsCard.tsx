import { addressOf } from '../../../platform/http/client.ts'
import { useSession } from '../../../platform/web/session.ts'
import {
  Card,
  DateText,
  DateTimeText,
  KeyValue,
  Notice,
  ScrollBox,
  Stack,
  StatusTag,
} from '../../../ui/index.ts'
import type { DocumentShown } from '../contract.ts'
import { authenticityLabels } from '../labels.ts'
import { downloadTimeStamp } from '../stamps/contract.ts'
import { authenticityOf } from '../stamps/labels.ts'

type Token = DocumentShown['timeStamps'][number]

/** Each time-stamp token: what it says, that it belongs to the file, and that nobody has verified its authority. */
export function StampsCard({ tokens }: { tokens: readonly Token[] }) {
  if (tokens.length === 0) return null
  return (
    <Card title="タイムスタンプ" note="登録したときにファイルのハッシュ値と照合しています">
      <Stack>
        {tokens.map(token => (
          <TokenShown key={token.id} token={token} />
        ))}
      </Stack>
    </Card>
  )
}

function TokenShown({ token }: { token: Token }) {
  const { permissions } = useSession()
  return (
    <section aria-label={`第${token.versionNo}版のタイムスタンプ`}>
      <KeyValue
        items={[
          {
            key: 'at',
            label: '日時',
            value: <DateTimeText at={token.stampedAt} />,
            note: `第${token.versionNo}版`,
          },
          {
            key: 'match',
            label: 'ファイルのハッシュ値',
            value: <StatusTag tone="success" word="一致" />,
            note: `${token.algorithm.toUpperCase()} ${token.digest.slice(0, 24)}…`,
          },
          {
            key: 'signature',
            label: '署名',
            value:
              token.signature === 'matches' ? (
                <StatusTag tone="success" word="証明書と一致" />
              ) : (
                <StatusTag tone="warning" word="確かめていません" />
              ),
            ...(token.signature === 'matches' ? {} : { note: 'トークンに証明書が含まれていません' }),
          },
          { key: 'serial', label: 'シリアル番号', value: token.serial, note: `ポリシー ${token.policy}` },
          { key: 'by', label: '区分', value: authenticityLabels[authenticityOf[token.stampedBy]] },
          {
            key: 'file',
            label: 'トークン',
            value: permissions.has('documents.download') ? (
              <a className="ui-link" href={addressOf(downloadTimeStamp, { stampId: token.id })} download>
                {token.fileName}
              </a>
            ) : (
              token.fileName
            ),
            note: `登録 ${token.addedBy}`,
          },
        ]}
      />
      <Notice tone="warning" title="タイムスタンプ局の証明書は検証していません">
        下の証明書はトークンに含まれていたものです。信頼できる認証局まで確かめるには、タイムスタンプ局の検証ソフトを使ってください。
      </Notice>
      {token.chain.length > 0 && (
        <ScrollBox label="証明書">
          <table className="ui-lines">
            <thead>
              <tr>
                <th scope="col">証明書</th>
                <th scope="col">発行者</th>
                <th scope="col">シリアル番号</th>
                <th scope="col">有効期間</th>
              </tr>
            </thead>
            <tbody>
              {token.chain.map(one => (
                <tr key={`${one.issuer} ${one.serial}`}>
                  <th scope="row">{one.subject}</th>
                  <td>{one.issuer}</td>
                  <td>{one.serial}</td>
                  <td>
                    <DateText date={one.validFrom.slice(0, 10)} />〜
                    <DateText date={one.validTo.slice(0, 10)} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </section>
  )
}
