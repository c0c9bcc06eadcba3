import { Card, type Loadable, Loaded, Notice, type RuleResult, RuleResults } from '../../../ui/index.ts'
import type { Ownership } from '../contract.ts'
import { outcomeLabels, ownerBasisLabels } from '../labels.ts'

/** Computed beneficial owners and parent, each with its rule, beside what was declared. */
export function OwnersCard({ ownership }: { ownership: Loadable<Ownership> }) {
  return (
    <Card
      title="実質的支配者・親会社（計算）"
      note="記録された持分から規則で計算した結果。申告と異なるときは確認が必要です"
    >
      <Loaded from={ownership} rows={4}>
        {value => <Results value={value} />}
      </Loaded>
    </Card>
  )
}

function Results({ value: { owners, parent, nodes } }: { value: Ownership }) {
  const nameOf = (id: string) => nodes.find(node => node.id === id)?.name ?? ''
  const rules: RuleResult[] = owners.rows.map(owner => ({
    key: owner.id,
    name: `${nameOf(owner.id)}　${ownerBasisLabels[owner.basis] ?? owner.basis}`,
    outcome: owner.declared || owner.deemed ? 'passed' : 'unknown',
    word: wordOf(owner, owners.certain),
    sentence: owner.explanation.sentence,
    source: owner.explanation.source,
  }))
  const isMissing = owners.rows.length === 0 && owners.outcome !== 'not_needed'
  return (
    <>
      {!owners.certain && (
        <Notice
          tone="warning"
          title="持ち主が記録されていない持分があり、結果が変わる可能性があります。不足する株主を確認してください。"
        />
      )}
      {owners.declaredOnly.length > 0 && owners.outcome !== 'not_needed' && (
        <Notice
          tone={owners.certain ? 'warning' : 'neutral'}
          title={`${owners.certain ? '申告された実質的支配者のうち、持分の記録では該当しない人' : '申告された実質的支配者のうち、持分の記録が足りず、まだ確認できない人'}：${owners.declaredOnly.map(one => one.name).join('、')}`}
        />
      )}
      <RuleResults
        label="実質的支配者と親会社の判定"
        rules={[
          ...rules,
          ...owners.explanations.map(
            (rule, at): RuleResult => ({
              key: `rule-${at}`,
              name: `判定：${outcomeLabels[owners.outcome] ?? owners.outcome}`,
              outcome: isMissing || rule.code in lacking ? 'unknown' : 'passed',
              word: lacking[rule.code] ?? '規則',
              sentence: rule.sentence,
              source: rule.source,
            }),
          ),
          {
            key: 'parent',
            name: parent.id ? `親会社　${nameOf(parent.id)}` : '親会社なし',
            outcome: 'passed',
            word: '計算',
            sentence: parent.explanation.sentence,
            source: parent.explanation.source,
          },
        ]}
      />
    </>
  )
}

function wordOf(owner: { deemed: boolean; declared: boolean; basis: string }, certain: boolean): string {
  if (owner.deemed) return 'みなし自然人'
  if (owner.declared) return '申告あり'
  return owner.basis === 'representative' && !certain ? '暫定' : '申告なし'
}

/** Rules that say what is wrong with the records. */
const lacking: Readonly<Record<string, string>> = {
  holders_must_be_complete: '不足',
  shares_must_not_exceed_the_whole: '超過',
}
