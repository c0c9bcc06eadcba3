import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import {
  ActionButton,
  Card,
  ConfirmAction,
  EmptyState,
  Loaded,
  Notice,
  ScrollBox,
  StatusTag,
  UiLink,
  useSay,
} from '../../../ui/index.ts'
import { type CustomField, listCustomFields, orderFields, restoreField, retireField } from '../contract.ts'
import { kindLabels, typeLabels } from '../labels.ts'
import type { CustomKind } from '../tables.ts'

/** The custom fields of a kind of record: order, what each does, and the way to change or retire it. */
export function FieldsCard({ kind }: { kind: CustomKind }) {
  const follow = useFollow()
  const whyNot = useWhyNot()
  const fields = useApi(listCustomFields, { recordKind: kind })
  const refused = whyNot('customization.manage')
  return (
    <Card
      title="追加項目"
      note={`${kindLabels[kind]}の画面・一覧・取込に加わります`}
      flush
      actions={
        <ActionButton
          kind="primary"
          size="small"
          disabledReason={refused}
          onClick={() => follow(`/customization/fields/new?kind=${kind}`)}
        >
          項目を追加
        </ActionButton>
      }
    >
      <Loaded from={fields} rows={3}>
        {answer =>
          answer.fields.length === 0 ? (
            <EmptyState
              title="追加項目はまだありません"
              hint="標準の項目にない内容（紹介元、担当税理士など）を記録したいときに追加します。"
            />
          ) : (
            <FieldTable kind={kind} fields={answer.fields} refused={refused} />
          )
        }
      </Loaded>
    </Card>
  )
}

interface FieldTableProps {
  kind: CustomKind
  fields: readonly CustomField[]
  refused: string | null
}

function FieldTable({ kind, fields, refused }: FieldTableProps) {
  const [retiring, setRetiring] = useState<CustomField | null>(null)
  const say = useSay()
  const order = useCommand(orderFields)
  const retire = useCommand(retireField, {
    onDone: () => {
      setRetiring(null)
      say.done('項目を廃止しました。値は残っています。')
    },
  })
  const restore = useCommand(restoreField, { onDone: () => say.done('項目を再び使えるようにしました。') })
  const inUse = fields.filter(field => !field.retired)
  const problem = order.problem ?? restore.problem
  const move = (at: number, by: -1 | 1) => {
    const ids = inUse.map(field => field.id)
    ids.splice(at + by, 0, ...ids.splice(at, 1))
    order.run({ recordKind: kind, fieldIds: ids })
  }
  return (
    <>
      {problem && <Notice tone="danger" live title={problem.reasons[0]?.sentence ?? problem.title} />}
      <ScrollBox label="追加項目">
        <table className="ui-guide">
          <caption className="ui-hidden">追加項目</caption>
          <thead>
            <tr>
              <th scope="col">順</th>
              <th scope="col">項目名</th>
              <th scope="col">形式</th>
              <th scope="col">扱い</th>
              <th scope="col">API・取込の名前</th>
              <th scope="col">操作</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field, at) => (
              <tr key={field.id}>
                <td style={{ whiteSpace: 'nowrap' }}>
                  {!field.retired && (
                    <Arrows
                      label={field.label}
                      refused={refused}
                      first={at === 0}
                      last={at === inUse.length - 1}
                      move={by => move(at, by)}
                    />
                  )}
                </td>
                <th scope="row">
                  {field.retired || refused ? (
                    field.label
                  ) : (
                    <UiLink href={`/customization/fields/${field.id}?kind=${kind}`}>{field.label}</UiLink>
                  )}
                  {field.help && <span className="ui-facts-note">{field.help}</span>}
                </th>
                <td>
                  {typeLabels[field.type]}
                  {field.choices.length > 0 && (
                    <span className="ui-facts-note">
                      {field.choices
                        .filter(choice => !choice.retired)
                        .map(choice => choice.label)
                        .join('・')}
                    </span>
                  )}
                </td>
                <td>
                  {field.retired && <StatusTag tone="neutral" word="廃止" />} {behaviours(field)}
                </td>
                <td>{field.key}</td>
                <td>
                  {field.retired ? (
                    <ActionButton
                      size="small"
                      disabledReason={refused}
                      running={restore.running}
                      onClick={() => restore.run({ fieldId: field.id, rowVersion: field.rowVersion })}
                    >
                      再開する
                    </ActionButton>
                  ) : (
                    <ActionButton
                      size="small"
                      disabledReason={
                        refused ??
                        (field.required || field.critical
                          ? '先に定義で「必須」「承認」を外してください（もう一人の承認が必要です）。'
                          : null)
                      }
                      onClick={() => setRetiring(field)}
                    >
                      廃止する
                    </ActionButton>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <ConfirmAction
        open={retiring !== null}
        title={`「${retiring?.label}」を廃止します`}
        what="画面・一覧・取込から外れます。登録済みの値と履歴は消えず、再開すると元のまま表示されます。"
        confirmLabel="廃止する"
        reason="required"
        running={retire.running}
        problem={retire.problem}
        onConfirm={reason =>
          retiring && retire.run({ fieldId: retiring.id, rowVersion: retiring.rowVersion, reason })
        }
        onClose={() => setRetiring(null)}
      />
    </>
  )
}

function behaviours(field: CustomField): string {
  return [
    field.required && '必須',
    field.sensitive && '秘匿（暗号化・伏せ字）',
    field.critical && '変更は承認が必要',
    field.searchable && '検索',
    field.inList && '一覧に表示',
    field.transferable && '出力',
  ]
    .filter(Boolean)
    .join('・')
}

interface ArrowsProps {
  label: string
  refused: string | null
  first: boolean
  last: boolean
  move: (by: -1 | 1) => void
}

/** Up and down for one line of a list. */
export function Arrows({ label, refused, first, last, move }: ArrowsProps) {
  return (
    <>
      <ActionButton
        size="small"
        kind="quiet"
        label={`${label}を上へ`}
        icon={<ArrowUpOutlined />}
        disabledReason={refused ?? (first ? '先頭です。' : null)}
        onClick={() => move(-1)}
      >
        {''}
      </ActionButton>
      <ActionButton
        size="small"
        kind="quiet"
        label={`${label}を下へ`}
        icon={<ArrowDownOutlined />}
        disabledReason={refused ?? (last ? '末尾です。' : null)}
        onClick={() => move(1)}
      >
        {''}
      </ActionButton>
    </>
  )
}
