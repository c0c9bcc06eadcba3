import { useState } from 'react'
import { addressOf } from '../../../platform/http/client.ts'
import { useCommand } from '../../../platform/web/api.ts'
import { useSession, useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  Card,
  CardGrid,
  ConfirmAction,
  DateText,
  KeyValue,
  Notice,
  Reasons,
  ScrollBox,
} from '../../../ui/index.ts'
import { confirmPolicy, type PolicyVersion, printPolicy, withdrawPolicy } from '../contract.ts'
import { departmentLabels, directionLabels, stateLabels } from '../labels.ts'
import { type Department, departments, kpis, retentionItems } from '../rules.ts'

/** Everything one version says. */
export function VersionCards({ version }: { version: PolicyVersion }) {
  return (
    <>
      <Confirmations version={version} />
      <CardGrid least={480}>
        <Card title={`第${version.versionNo}版　KPIの目標`}>
          <KeyValue
            items={kpis.map(kpi => ({
              key: kpi.code,
              label: kpi.label,
              value: `${version.targets[kpi.code] ?? '－'}${kpi.unit}${directionLabels[kpi.direction]}`,
              note: kpi.formula,
            }))}
          />
        </Card>
        <Card title={`第${version.versionNo}版　保存期間`}>
          <KeyValue
            items={retentionItems.map(item => ({
              key: item.code,
              label: item.label,
              value: `${version.retention[item.code] ?? '－'}年`,
              note: `${item.from}から・${item.basis}`,
            }))}
          />
        </Card>
      </CardGrid>
      <Card
        title={`第${version.versionNo}版　段階ごとの必須項目`}
        note={`${version.requiredItems.length}項目・${version.stages?.enforced ? 'そろわない顧客は次の段階に進めない' : '不足は表示のみ'}`}
      >
        <KeyValue
          items={[...new Set(version.requiredItems.map(item => item.stage))].map(stage => ({
            key: stage,
            label: stage,
            wide: true,
            value: version.requiredItems
              .filter(item => item.stage === stage)
              .map(item => (item.condition ? `${item.label}（${item.condition}）` : item.label))
              .join('、'),
          }))}
        />
      </Card>
      <Card title={`第${version.versionNo}版　承認の権限`} note="承認・判断・確認ができる役割">
        {version.furtherApprovals.length > 0 && (
          <KeyValue
            items={version.furtherApprovals.map(one => ({
              key: `${one.permission} ${one.role}`,
              label: one.label,
              value: `さらに${one.roleLabel}の承認（${one.fromYen === null ? '全て' : `${one.fromYen.toLocaleString('ja-JP')}円以上`}）`,
            }))}
          />
        )}
        {version.authority.length > 0 && (
          <KeyValue
            items={[...new Set(version.authority.map(one => one.permission))].map(permission => {
              const own = version.authority.filter(one => one.permission === permission)
              return {
                key: `authority ${permission}`,
                label: own[0]?.label ?? permission,
                wide: true,
                value: `決裁権限：${own
                  .map(one =>
                    one.uptoYen === null
                      ? `${one.roleLabel} 上限なし`
                      : `${one.roleLabel} ${one.uptoYen.toLocaleString('ja-JP')}円まで`,
                  )
                  .join('、')}`,
              }
            })}
          />
        )}
        <ScrollBox label="承認の権限">
          <table className="ui-compare">
            <caption className="ui-hidden">承認の権限</caption>
            <thead>
              <tr>
                <th scope="col">承認すること</th>
                <th scope="col">役割</th>
              </tr>
            </thead>
            <tbody>
              {version.approvals.map(one => (
                <tr key={one.code} data-same={true}>
                  <td>{one.label}</td>
                  <td>{one.roles.join('・') || 'なし'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      </Card>
    </>
  )
}

function Confirmations({ version }: { version: PolicyVersion }) {
  const [asked, setAsked] = useState<Department | 'withdraw' | null>(null)
  const { personId } = useSession()
  const whyNot = useWhyNot()
  const close = () => setAsked(null)
  const confirm = useCommand(confirmPolicy, { onDone: close })
  const withdraw = useCommand(withdrawPolicy, { onDone: close })
  const isDraft = version.state === 'draft'
  const why =
    whyNot('policy.confirm') ??
    (version.draftedBy.id === personId ? '案を作成した人は確認できません。' : null)
  return (
    <Card
      title={`第${version.versionNo}版　${stateLabels[version.state]}`}
      note={version.note}
      actions={
        <>
          {isDraft && (
            <ActionButton disabledReason={whyNot('policy.draft')} onClick={() => setAsked('withdraw')}>
              取り下げる
            </ActionButton>
          )}
          <a
            className="ui-link"
            href={addressOf(printPolicy, { versionId: version.id })}
            target="_blank"
            rel="noreferrer"
          >
            規程集（PDF）
          </a>
        </>
      }
    >
      {confirm.problem && (
        <Notice tone="danger" live title={confirm.problem.title}>
          <Reasons reasons={confirm.problem.reasons} />
        </Notice>
      )}
      <KeyValue
        items={[
          ...departments.map(department => {
            const given = version.confirmations.find(one => one.department === department)
            return {
              key: department,
              label: departmentLabels[department],
              value: given ? (
                <>
                  {given.name}　<DateText date={given.confirmedOn} />
                </>
              ) : isDraft ? (
                <ActionButton size="small" disabledReason={why} onClick={() => setAsked(department)}>
                  確認する
                </ActionButton>
              ) : (
                '未確認'
              ),
            }
          }),
          { key: 'by', label: '作成', value: `${version.draftedBy.name}　${version.draftedAt.slice(0, 10)}` },
          { key: 'from', label: '施行', value: version.inForceFrom?.slice(0, 10) ?? '4部門の確認で施行' },
        ]}
      />
      <ConfirmAction
        open={asked !== null && asked !== 'withdraw'}
        title={`${asked && asked !== 'withdraw' ? departmentLabels[asked] : ''}として第${version.versionNo}版を確認します`}
        what={<p>氏名と今日の日付が規程集に残ります。4部門がそろうと施行され、今の版は旧版になります。</p>}
        confirmLabel="確認する"
        reason="none"
        running={confirm.running}
        problem={confirm.problem}
        onConfirm={() =>
          asked && asked !== 'withdraw' && confirm.run({ versionId: version.id, department: asked })
        }
        onClose={() => {
          confirm.reset()
          close()
        }}
      />
      <ConfirmAction
        open={asked === 'withdraw'}
        title={`第${version.versionNo}版の案を取り下げます`}
        what={<p>施行中の版は変わりません。</p>}
        confirmLabel="取り下げる"
        danger
        reason="none"
        running={withdraw.running}
        problem={withdraw.problem}
        onConfirm={() => withdraw.run({ versionId: version.id })}
        onClose={close}
      />
    </Card>
  )
}
