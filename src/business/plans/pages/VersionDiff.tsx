import { one, useUrlState } from '../../../platform/web/url.ts'
import { Card, DiffTable, EmptyState, FieldInput, Row } from '../../../ui/index.ts'
import type { PlanShown } from '../contract.ts'
import { versionStateLabels } from '../labels.ts'
import { versionLines } from '../parameter-lines.ts'

/** Two versions side by side: at first the newest against the one before it. */
export function VersionDiff({ plan }: { plan: PlanShown }) {
  const [url, setUrl] = useUrlState()
  if (plan.versions.length < 2)
    return (
      <Card title="版の比較">
        <EmptyState
          title="比べる版がまだありません"
          hint="新しい版を作ると、前の版との違いをここで確かめられます。"
        />
      </Card>
    )
  const of = (number: string | undefined, otherwise: number) =>
    plan.versions.find(version => String(version.version) === number) ?? plan.versions[otherwise]!
  const before = of(one(url.before), 1)
  const after = of(one(url.after), 0)
  const old = new Map(versionLines(before).map(line => [line.key, line.value]))
  const options = plan.versions.map(version => ({
    value: String(version.version),
    label: `第${version.version}版（${versionStateLabels[version.state]}）`,
  }))
  const rows = versionLines(after).map(({ key, label, value }) => ({
    key,
    label,
    before: old.get(key) ?? '',
    after: value,
    change: old.get(key) === value ? ('same' as const) : ('changed' as const),
  }))
  return (
    <Card title="版の比較" note={`異なる項目 ${rows.filter(row => row.change === 'changed').length}件`}>
      <Row>
        <FieldInput
          field={{ name: 'before', type: 'choice', label: '前', options }}
          value={String(before.version)}
          onChange={next => setUrl({ before: next ?? undefined })}
        />
        <FieldInput
          field={{ name: 'after', type: 'choice', label: '後', options }}
          value={String(after.version)}
          onChange={next => setUrl({ after: next ?? undefined })}
        />
      </Row>
      <DiffTable label={`第${before.version}版から第${after.version}版への違い`} rows={rows} />
    </Card>
  )
}
