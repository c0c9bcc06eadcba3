import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  Card,
  DateText,
  FieldInput,
  KeyValue,
  Notice,
  Row,
  StatusTag,
  UiLink,
  useSay,
} from '../../../ui/index.ts'
import { EvidenceList } from '../../documents/web.tsx'
import { type CreditFile, judgeGuarantee } from '../contract.ts'
import { guaranteeJudgementLabels, guaranteeKindLabels } from '../labels.ts'
import type { GuaranteeJudgement } from '../tables.ts'
import { EndDialog } from './EndDialog.tsx'
import { EntryDialog } from './EntryDialog.tsx'
import { GuaranteeDialog } from './GuaranteeDialog.tsx'
import { TermTag } from './TermTag.tsx'
import { options, yenText } from './words.tsx'

type Guarantee = CreditFile['guarantees'][number]

/** Who answers for the company, up to how much; a living person's guarantee for a client stands out until compliance has judged it. */
export function GuaranteesCard({ partyId, file }: { partyId: string; file: CreditFile }) {
  const whyNot = useWhyNot()
  const [registering, setRegistering] = useState(false)
  const [ending, setEnding] = useState<Guarantee | null>(null)
  const [judging, setJudging] = useState<Guarantee | null>(null)
  return (
    <Card
      title="保証"
      note={file.guarantees.length ? `${file.guarantees.filter(one => one.standing).length}件が有効` : ''}
      actions={
        <ActionButton disabledReason={whyNot('assessment.record')} onClick={() => setRegistering(true)}>
          保証を登録
        </ActionButton>
      }
    >
      {file.guarantees.length === 0 && (
        <p className="ui-faint">
          保証はありません。保証人・種類・金額（根保証では極度額）を登録します。個人保証はコンプライアンスが確認します。
        </p>
      )}
      {file.guarantees.map(guarantee => (
        <OneGuarantee
          key={guarantee.id}
          guarantee={guarantee}
          noticeDays={file.rules.noticeDays}
          onEnd={() => setEnding(guarantee)}
          onJudge={() => setJudging(guarantee)}
        />
      ))}
      {registering && (
        <GuaranteeDialog
          partyId={partyId}
          isClient={file.roles.includes('client')}
          onClose={() => setRegistering(false)}
        />
      )}
      {ending && (
        <EndDialog
          what="guarantee"
          id={ending.id}
          partyId={partyId}
          title={`保証 ${ending.guaranteeNo}`}
          onClose={() => setEnding(null)}
        />
      )}
      {judging && <JudgeDialog guarantee={judging} onClose={() => setJudging(null)} />}
    </Card>
  )
}

function OneGuarantee({
  guarantee,
  noticeDays,
  onEnd,
  onJudge,
}: {
  guarantee: Guarantee
  noticeDays: number
  onEnd: () => void
  onJudge: () => void
}) {
  const whyNot = useWhyNot()
  const { guarantor, judgement } = guarantee
  const waits = guarantee.looksLikeLending && guarantee.validTo === null && judgement === null
  return (
    <section aria-label={`保証 ${guarantee.guaranteeNo}`} className="ui-stack">
      <Row>
        <strong>{`${guarantee.guaranteeNo}　${guaranteeKindLabels[guarantee.guaranteeKind]}`}</strong>
        <TermTag term={guarantee} noticeDays={noticeDays} />
        {guarantee.personal && <StatusTag tone={waits ? 'warning' : 'neutral'} word="個人保証" />}
      </Row>
      {waits && (
        <Notice tone="warning" title="コンプライアンスの確認待ち">
          <p>
            利用者のための個人保証は、売買ではなく貸付とみなされるおそれがあります。償還請求や買戻しの定めがないかを確認します。
          </p>
        </Notice>
      )}
      <KeyValue
        items={[
          {
            key: 'guarantor',
            label: '保証人',
            value: (
              <UiLink
                href={guarantor.kind === 'party' ? `/parties/${guarantor.id}` : `/people/${guarantor.id}`}
              >
                {guarantor.name}
              </UiLink>
            ),
          },
          { key: 'amount', label: '保証金額', value: yenText(guarantee.amountYen) },
          { key: 'cap', label: '極度額', value: yenText(guarantee.guaranteeCapYen) },
          { key: 'from', label: '開始日', value: <DateText date={guarantee.validFrom} /> },
          { key: 'to', label: '期限', value: <DateText date={guarantee.expiresOn} /> },
          { key: 'notarised', label: '公正証書', value: <DateText date={guarantee.notarisedOn} /> },
          ...(judgement
            ? [
                {
                  key: 'judgement',
                  label: 'コンプライアンスの確認',
                  value: `${guaranteeJudgementLabels[judgement.result]}　${judgement.reason}`,
                  note: `${judgement.by}　${judgement.on}`,
                  wide: true,
                },
              ]
            : []),
          ...(guarantee.evidence.length
            ? [
                {
                  key: 'evidence',
                  label: '資料',
                  value: <EvidenceList ids={guarantee.evidence} />,
                  wide: true,
                },
              ]
            : []),
        ]}
      />
      {guarantee.validTo === null && (
        <Row>
          {guarantee.personal && judgement === null && (
            <ActionButton
              size="small"
              kind={waits ? 'primary' : 'default'}
              disabledReason={whyNot('assessment.judgeGuarantee')}
              onClick={onJudge}
            >
              個人保証を確認
            </ActionButton>
          )}
          <ActionButton size="small" disabledReason={whyNot('assessment.record')} onClick={onEnd}>
            解除
          </ActionButton>
        </Row>
      )}
    </section>
  )
}

function JudgeDialog({ guarantee, onClose }: { guarantee: Guarantee; onClose: () => void }) {
  const say = useSay()
  const [judgement, setJudgement] = useState<string | null>(null)
  const run = useCommand(judgeGuarantee, {
    onDone: () => {
      say.done('個人保証の確認を記録しました。')
      onClose()
    },
  })
  return (
    <EntryDialog
      title={`個人保証 ${guarantee.guaranteeNo} を確認します`}
      what="利用者の個人保証は、貸付とみなされるおそれがあります（貸金業法・利息制限法）。確認の結果は変更できません。"
      confirmLabel="記録する"
      reason="required"
      missing={[judgement === null && '確認の結果を選んでください。']}
      running={run.running}
      problem={run.problem}
      onConfirm={reason =>
        run.run({ guaranteeId: guarantee.id, judgement: judgement as GuaranteeJudgement, reason })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'judgement',
          type: 'choice',
          label: '確認の結果',
          required: true,
          width: 'full',
          options: options(guaranteeJudgementLabels),
        }}
        value={judgement}
        onChange={setJudgement}
      />
    </EntryDialog>
  )
}
