import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useFollow, usePathId } from '../../../platform/web/url.ts'
import { Card, FormShell, Loaded, PageHeader } from '../../../ui/index.ts'
import { changePlanVersion, draftPlanVersion, openPlan, type PlanShown } from '../contract.ts'
import { missingOf, typedVersion, usualVersion, writtenOf } from './typed-plan.ts'
import { VersionSections } from './VersionSections.tsx'

/** Writes on the draft of a plan, or begins its next version with what the newest says. */
export default function PlanDraftPage() {
  const planId = usePathId('planId')
  const plan = useApi(openPlan, { planId })
  return (
    <Loaded from={plan} rows={10}>
      {value => <DraftForm plan={value} />}
    </Loaded>
  )
}

function DraftForm({ plan }: { plan: PlanShown }) {
  const follow = useFollow()
  const home = `/plans/${plan.id}`
  const standing = plan.versions.find(version => version.state === 'draft')
  const newest = plan.versions.find(version => version.state !== 'discarded')
  const [first] = useState(() =>
    standing
      ? typedVersion(standing)
      : newest
        ? { ...typedVersion(newest), effectiveFrom: null, effectiveTo: null, note: '' }
        : usualVersion,
  )
  const [typed, setTyped] = useState(first)
  const change = useCommand(changePlanVersion, { onDone: () => follow(home) })
  const draft = useCommand(draftPlanVersion, { onDone: () => follow(home) })
  const { problem, running } = standing ? change : draft
  const title = standing ? `第${standing.version}版の下書きを変更する` : '新しい版を作る'
  return (
    <>
      <PageHeader
        title={title}
        detail={`${plan.code}　${plan.name}`}
        crumbs={[
          { label: '商品', href: '/plans' },
          { label: plan.name, href: home },
        ]}
      />
      <Card title="版の内容">
        <FormShell
          label={title}
          loading={false}
          submitError={problem}
          submitting={running}
          submitLabel={standing ? '下書きを保存する' : '下書きを作成する'}
          submitDisabledReason={missingOf(typed)}
          onSubmit={() =>
            standing
              ? change.run({
                  planVersionId: standing.id,
                  rowVersion: standing.rowVersion,
                  ...writtenOf(typed),
                })
              : draft.run({ planId: plan.id, ...writtenOf(typed) })
          }
          onCancel={() => follow(home)}
          dirty={typed !== first}
          draft={{ state: 'off' }}
          footnote="下書きのままでは使えません。別の担当者の承認で適用され、その版は以後変わりません。"
        >
          <VersionSections typed={typed} set={part => setTyped({ ...typed, ...part })} />
        </FormShell>
      </Card>
    </>
  )
}
