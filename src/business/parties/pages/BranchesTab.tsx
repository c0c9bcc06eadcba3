import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  Card,
  CodeText,
  EmptyState,
  Loaded,
  ScrollBox,
  Stack,
  StatusTag,
} from '../../../ui/index.ts'
import { branchKindLabels, issuerLabels } from '../labels.ts'
import { type Branch, type Identifier, placesOfParty } from '../places-contract.ts'
import { BranchDialogs, type PlaceDialog } from './BranchDialogs.tsx'
import { sayValue } from './say-value.ts'

const itemLabels: Readonly<Record<string, string>> = {
  branchKind: '種類',
  branchName: '名称',
  branchKana: 'フリガナ',
  branchPostalCode: '郵便番号',
  branchAddress: '所在地',
  branchPhone: '電話',
}

/** Branches and offices of a company, and the codes other houses give it: those in force and, behind them, those that were. */
export default function BranchesTab({ recordId }: { recordId: string }) {
  const whyNot = useWhyNot()
  const places = useApi(placesOfParty, { partyId: recordId })
  const [dialog, setDialog] = useState<PlaceDialog | null>(null)
  const refused = whyNot('parties.change')
  return (
    <Stack>
      <Card
        title="支店・営業所・工場"
        note="支店は会社ではありません。与信枠と契約は会社ごとに管理します"
        flush
        actions={
          <ActionButton
            size="small"
            disabledReason={refused}
            onClick={() => setDialog({ kind: 'addBranch' })}
          >
            支店を追加
          </ActionButton>
        }
      >
        <Loaded from={places} rows={3}>
          {({ branches }) =>
            branches.length === 0 ? (
              <EmptyState
                title="支店・営業所はまだありません"
                hint="請求書や納品書に出てくる支店・営業所を登録すると、その名前や電話番号でも会社が見つかります。"
              />
            ) : (
              <Branches branches={branches} refused={refused} onDialog={setDialog} />
            )
          }
        </Loaded>
      </Card>
      <Card
        title="外部コード"
        note="信用調査会社などが付けた番号"
        flush
        actions={
          <ActionButton
            size="small"
            disabledReason={refused}
            onClick={() => setDialog({ kind: 'recordCode' })}
          >
            コードを記録
          </ActionButton>
        }
      >
        <Loaded from={places} rows={2}>
          {({ identifiers }) =>
            identifiers.length === 0 ? (
              <EmptyState
                title="外部コードはまだありません"
                hint="TDB・TSRの企業コード、LEI、EDINETコードなどを記録すると、その番号でも会社が見つかります。"
              />
            ) : (
              <Codes codes={identifiers} refused={refused} onDialog={setDialog} />
            )
          }
        </Loaded>
      </Card>
      {dialog && <BranchDialogs dialog={dialog} partyId={recordId} onClose={() => setDialog(null)} />}
    </Stack>
  )
}

interface TableProps {
  refused: string | null
  onDialog: (dialog: PlaceDialog) => void
}

function Branches({ branches, refused, onDialog }: TableProps & { branches: readonly Branch[] }) {
  return (
    <ScrollBox label="支店・営業所">
      <table className="ui-guide">
        <caption className="ui-hidden">支店・営業所</caption>
        <thead>
          <tr>
            <th scope="col">名称</th>
            <th scope="col">種類</th>
            <th scope="col">所在地・電話</th>
            <th scope="col">期間</th>
            <th scope="col">操作</th>
          </tr>
        </thead>
        <tbody>
          {branches.map(branch => (
            <tr key={branch.id}>
              <th scope="row">
                {branch.name}
                {[branch.nameKana, branch.partyNo].filter(Boolean).map(note => (
                  <span key={note} className="ui-facts-note">
                    {note}
                  </span>
                ))}
                {branch.earlier.map(was => (
                  <span key={`${was.field} ${was.to}`} className="ui-facts-note">
                    {`${was.from ?? '登録時'} 〜 ${was.to}　${itemLabels[was.field]}：${was.field === 'branchKind' ? branchKindLabels[was.value as Branch['kind']] : was.value}`}
                  </span>
                ))}
              </th>
              <td>{branchKindLabels[branch.kind]}</td>
              <td>
                {[branch.postalCode && sayValue('postalCode', branch.postalCode), branch.address]
                  .filter(Boolean)
                  .join('　') || '—'}
                {branch.phone && (
                  <span className="ui-facts-note">
                    <CodeText code={branch.phone} />
                  </span>
                )}
              </td>
              <td>
                {branch.validTo ? (
                  <StatusTag tone="neutral" word={`${branch.validTo} 閉鎖`} />
                ) : (
                  <StatusTag tone="success" word="営業中" />
                )}
                <span className="ui-facts-note">
                  {branch.validFrom ? `${branch.validFrom} から` : '開設日は不明'}
                </span>
              </td>
              <td>
                {!branch.validTo && (
                  <span style={{ display: 'inline-flex', gap: 8 }}>
                    <ActionButton
                      size="small"
                      disabledReason={refused}
                      onClick={() => onDialog({ kind: 'changeBranch', branch })}
                    >
                      変更
                    </ActionButton>
                    <ActionButton
                      size="small"
                      disabledReason={refused}
                      onClick={() => onDialog({ kind: 'closeBranch', branch })}
                    >
                      閉鎖
                    </ActionButton>
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

function Codes({ codes, refused, onDialog }: TableProps & { codes: readonly Identifier[] }) {
  return (
    <ScrollBox label="外部コード">
      <table className="ui-guide">
        <caption className="ui-hidden">外部コード</caption>
        <thead>
          <tr>
            <th scope="col">発行元</th>
            <th scope="col">コード</th>
            <th scope="col">期間</th>
            <th scope="col">操作</th>
          </tr>
        </thead>
        <tbody>
          {codes.map(code => (
            <tr key={code.id}>
              <th scope="row">
                {code.issuerName ?? issuerLabels[code.issuer]}
                {code.partyNo && <span className="ui-facts-note">{code.partyNo}</span>}
              </th>
              <td>
                <CodeText code={code.value} />
              </td>
              <td>
                {code.validTo ? (
                  <StatusTag tone="neutral" word="終了" />
                ) : (
                  <StatusTag tone="success" word="有効" />
                )}
                <span className="ui-facts-note">
                  {[code.validFrom ?? '登録時', code.validTo ?? '現在'].join(' 〜 ')}
                </span>
              </td>
              <td>
                {!code.validTo && (
                  <ActionButton
                    size="small"
                    disabledReason={refused}
                    onClick={() => onDialog({ kind: 'endCode', code })}
                  >
                    終了
                  </ActionButton>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
