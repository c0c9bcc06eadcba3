import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  Card,
  DateTimeText,
  EmptyState,
  KeyValue,
  Loaded,
  Notice,
  PageHeader,
  Stack,
  StatusTag,
  UiLink,
  useSay,
  Yen,
} from '../../../ui/index.ts'
import { proofRuleLabels } from '../labels.ts'
import { type BookProof, listProofs, proveBooks } from '../proof-contract.ts'

/** 帳簿の照合: whether exposure, journal and claims say the same, every night and on demand. */
export default function BookProofPage() {
  const proofs = useApi(listProofs, {})
  const say = useSay()
  const whyNot = useWhyNot()
  const prove = useCommand(proveBooks, {
    onDone: answer =>
      say.done(
        answer.differences === 0
          ? `債権${answer.claimsChecked}件を照合し、不一致はありませんでした。`
          : `不一致が${answer.differences}件あります。`,
      ),
  })
  return (
    <Stack>
      <PageHeader
        title="帳簿の照合"
        detail="与信残高・元帳・債権・入金の金額が一致しているかを、毎晩自動で確かめます。"
        actions={
          <ActionButton
            kind="primary"
            running={prove.running}
            disabledReason={whyNot('reconciliation.proveBooks')}
            onClick={() => prove.run({})}
          >
            今すぐ照合
          </ActionButton>
        }
      />
      <Loaded from={proofs} rows={6}>
        {({ proofs: all }) => {
          const [newest, ...earlier] = all
          return newest ? (
            <>
              <Newest proof={newest} />
              <Earlier proofs={earlier} />
            </>
          ) : (
            <Card title="最新の照合">
              <EmptyState
                title="まだ照合していません"
                hint="午前2時を過ぎると自動で照合します。「今すぐ照合」でも確かめられます。"
              />
            </Card>
          )
        }}
      </Loaded>
    </Stack>
  )
}

function Newest({ proof }: { proof: BookProof }) {
  return (
    <Card title="最新の照合">
      <KeyValue
        items={[
          { key: 'at', label: '照合日時', value: <DateTimeText at={proof.provedAt} /> },
          { key: 'by', label: '実行', value: proof.provedBy },
          { key: 'claims', label: '照合した債権', value: `${proof.claimsChecked.toLocaleString('ja-JP')}件` },
          { key: 'result', label: '結果', value: <Result proof={proof} /> },
        ]}
      />
      {proof.differences.length > 0 && (
        <Notice tone="danger" title={`${proof.differenceCount}件の不一致があります`}>
          <ul>
            {proof.differences.map(one => (
              <li key={`${one.rule}${one.recordNo}`}>
                {one.receivableId ? (
                  <UiLink href={`/receivables/${one.receivableId}`}>{one.recordNo}</UiLink>
                ) : (
                  one.recordNo
                )}
                　{proofRuleLabels[one.rule] ?? one.rule}：あるべき額 <Yen value={one.expectedYen} />
                　実際 <Yen value={one.foundYen} />
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </Card>
  )
}

function Earlier({ proofs }: { proofs: readonly BookProof[] }) {
  if (proofs.length === 0) return null
  return (
    <Card title="これまでの照合">
      <ul>
        {proofs.map(proof => (
          <li key={proof.id}>
            <DateTimeText at={proof.provedAt} />　{proof.provedBy}　<Result proof={proof} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Result({ proof }: { proof: BookProof }) {
  return proof.differenceCount === 0 ? (
    <StatusTag tone="success" word="一致" />
  ) : (
    <StatusTag tone="danger" word={`不一致 ${proof.differenceCount}件`} />
  )
}
