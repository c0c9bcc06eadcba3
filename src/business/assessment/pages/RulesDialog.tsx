import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ConfirmAction, FieldInput, KeyValue, useSay } from '../../../ui/index.ts'
import { openRules, setRules } from '../contract.ts'
import {
  type AssessmentRules,
  loosened,
  type RuleName,
  ruleLabels,
  sayRule,
} from '../rules/rules-in-force.ts'
import { EntryDialog } from './EntryDialog.tsx'

const names = Object.keys(ruleLabels) as RuleName[]

const help: Record<RuleName, string> = {
  scoreFallPpm:
    '同じ会社・同じ満点の評点が、期間内の最高点からこの割合以上下がると、見直しを始めて与信枠を止めます。',
  fallWindowDays: '評価日からさかのぼって、最高点を探す日数です。',
  reportAgeDays: '調査日からこの日数を過ぎると、取り直しを知らせます。',
  noticeDays: '担保・保証・見直しの期限の、何日前から知らせるかです。',
  basisThresholdYen: '推奨限度額がこの金額以上の審査は、出所の異なる根拠が2つ以上ないと決定できません。',
}

/** The company's own measures; who may, changes them. Loosening takes two people. */
export function RulesDialog({ onClose }: { onClose: () => void }) {
  const answer = useApi(openRules, {})
  const whyNot = useWhyNot()
  if (answer.state !== 'ready') return null
  const { rules, history } = answer.value
  const may = whyNot('assessment.setRules')
  if (may === null) return <EditRules rules={rules} onClose={onClose} />
  return (
    <ConfirmAction
      open
      title="審査の基準"
      what={
        <KeyValue
          items={names.map(name => ({
            key: name,
            label: ruleLabels[name],
            value: sayRule(name, rules[name]),
            note: help[name],
            wide: true,
          }))}
        />
      }
      confirmLabel="閉じる"
      reason="none"
      running={false}
      problem={null}
      onConfirm={onClose}
      onClose={onClose}
    >
      <p className="ui-faint">
        {history[0]
          ? `第${rules.version}版（${history[0].setOn}　${history[0].setBy}）。変更は管理職が行います。`
          : '会社の定めがまだないため、標準の基準です。変更は管理職が行います。'}
      </p>
    </ConfirmAction>
  )
}

function EditRules({ rules, onClose }: { rules: AssessmentRules; onClose: () => void }) {
  const follow = useFollow()
  const say = useSay()
  const [typed, setTyped] = useState<Record<RuleName, number | null>>({ ...rules })
  const run = useCommand(setRules, {
    onDone: answer => {
      say.done(`審査の基準を変更しました（第${answer.version}版）。`)
      onClose()
    },
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
  })
  const values = typed as Record<RuleName, number>
  const complete = names.every(name => typed[name] !== null)
  const looser = complete ? loosened(rules, values) : []
  return (
    <EntryDialog
      title="審査の基準を変更します"
      what={
        looser.length > 0
          ? `基準を緩める変更（${looser.map(name => ruleLabels[name]).join('、')}）があるため、別の担当者の承認後に有効になります。`
          : '基準を厳しくする変更は、すぐに有効になります。緩める変更には2人の確認が必要です。'
      }
      confirmLabel={looser.length > 0 ? '承認を申請する' : '変更する'}
      reason="required"
      missing={[!complete && 'すべての項目を入力してください。']}
      running={run.running}
      problem={run.problem}
      onConfirm={reasonText =>
        run.run({
          version: rules.version,
          ...values,
          change: { reasonCode: 'review', reasonText, evidence: [] },
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'scoreFallPpm',
          type: 'rate',
          label: `${ruleLabels.scoreFallPpm}（満点に対する割合）`,
          required: true,
          help: help.scoreFallPpm,
        }}
        value={typed.scoreFallPpm}
        onChange={scoreFallPpm => setTyped({ ...typed, scoreFallPpm })}
      />
      {(['fallWindowDays', 'reportAgeDays', 'noticeDays'] as const).map(name => (
        <FieldInput
          key={name}
          field={{
            name,
            type: 'number',
            label: ruleLabels[name],
            unit: '日',
            required: true,
            help: help[name],
          }}
          value={typed[name]}
          onChange={value => setTyped({ ...typed, [name]: value })}
        />
      ))}
      <FieldInput
        field={{
          name: 'basisThresholdYen',
          type: 'yen',
          label: ruleLabels.basisThresholdYen,
          required: true,
          help: help.basisThresholdYen,
        }}
        value={typed.basisThresholdYen}
        onChange={basisThresholdYen => setTyped({ ...typed, basisThresholdYen })}
      />
    </EntryDialog>
  )
}
