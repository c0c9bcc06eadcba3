import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  Card,
  ConfirmAction,
  EmptyState,
  FieldInput,
  Loaded,
  MarkTag,
  Notice,
  ScrollBox,
  StatusTag,
  useSay,
} from '../../../ui/index.ts'
import { colourLabels, markKindLabels } from '../labels.ts'
import {
  changeMark,
  defineMark,
  listMarks,
  type Mark,
  orderMarks,
  restoreMark,
  retireMark,
} from '../mark-contract.ts'
import { type CustomKind, type MarkColour, type MarkKind, markColours } from '../tables.ts'
import { Arrows } from './FieldsCard.tsx'

interface MarksCardProps {
  kind: CustomKind
  markKind: MarkKind
}

/** The statuses or the tags of a kind of record, in the colours they have. */
export function MarksCard({ kind, markKind }: MarksCardProps) {
  const whyNot = useWhyNot()
  const marks = useApi(listMarks, { recordKind: kind })
  const [editing, setEditing] = useState<Mark | 'new' | null>(null)
  const refused = whyNot('customization.manage')
  const word = markKindLabels[markKind]
  return (
    <Card
      title={markKind === 'status' ? '独自の状態' : 'タグ'}
      note={markKind === 'status' ? '1つの記録に1つまで' : '1つの記録にいくつでも'}
      flush
      actions={
        <ActionButton size="small" disabledReason={refused} onClick={() => setEditing('new')}>
          {word}を追加
        </ActionButton>
      }
    >
      <Loaded from={marks} rows={2}>
        {answer => {
          const own = answer.marks.filter(mark => mark.markKind === markKind)
          return own.length === 0 ? (
            <EmptyState
              title={`${word}はまだありません`}
              hint={
                markKind === 'status'
                  ? '「審査書類待ち」「重点管理」など、自社の進み具合を表す状態を定義します。'
                  : '「年末注意」「紹介案件」など、絞り込みに使う目印を定義します。'
              }
            />
          ) : (
            <MarkTable kind={kind} markKind={markKind} marks={own} refused={refused} onEdit={setEditing} />
          )
        }}
      </Loaded>
      {editing && (
        <MarkDialog
          key={editing === 'new' ? 'new' : editing.id}
          kind={kind}
          markKind={markKind}
          mark={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
        />
      )}
    </Card>
  )
}

interface MarkTableProps extends MarksCardProps {
  marks: readonly Mark[]
  refused: string | null
  onEdit: (mark: Mark) => void
}

function MarkTable({ kind, markKind, marks, refused, onEdit }: MarkTableProps) {
  const say = useSay()
  const [retiring, setRetiring] = useState<Mark | null>(null)
  const order = useCommand(orderMarks)
  const restore = useCommand(restoreMark, { onDone: () => say.done('再び使えるようにしました。') })
  const retire = useCommand(retireMark, {
    onDone: () => {
      setRetiring(null)
      say.done('廃止しました。付いている記録にはそのまま残ります。')
    },
  })
  const inUse = marks.filter(mark => !mark.retired)
  const problem = order.problem ?? restore.problem
  const word = markKindLabels[markKind]
  const move = (at: number, by: -1 | 1) => {
    const ids = inUse.map(mark => mark.id)
    ids.splice(at + by, 0, ...ids.splice(at, 1))
    order.run({ recordKind: kind, markKind, markIds: ids })
  }
  return (
    <>
      {problem && <Notice tone="danger" live title={problem.reasons[0]?.sentence ?? problem.title} />}
      <ScrollBox label={word}>
        <table className="ui-guide">
          <caption className="ui-hidden">{word}</caption>
          <thead>
            <tr>
              <th scope="col">順</th>
              <th scope="col">表示</th>
              <th scope="col">理由</th>
              <th scope="col">操作</th>
            </tr>
          </thead>
          <tbody>
            {marks.map((mark, at) => (
              <tr key={mark.id}>
                <td style={{ whiteSpace: 'nowrap' }}>
                  {!mark.retired && (
                    <Arrows
                      label={mark.label}
                      refused={refused}
                      first={at === 0}
                      last={at === inUse.length - 1}
                      move={by => move(at, by)}
                    />
                  )}
                </td>
                <th scope="row">
                  <MarkTag label={mark.label} colour={mark.colour} filled={markKind === 'status'} />{' '}
                  {mark.retired && <StatusTag tone="neutral" word="廃止" />}
                </th>
                <td>{mark.needsReason ? '付けるときに理由が必要' : '任意'}</td>
                <td>
                  {mark.retired ? (
                    <ActionButton
                      size="small"
                      disabledReason={refused}
                      onClick={() => restore.run({ markId: mark.id, rowVersion: mark.rowVersion })}
                    >
                      再開する
                    </ActionButton>
                  ) : (
                    <span style={{ display: 'inline-flex', gap: 8 }}>
                      <ActionButton size="small" disabledReason={refused} onClick={() => onEdit(mark)}>
                        変更する
                      </ActionButton>
                      <ActionButton size="small" disabledReason={refused} onClick={() => setRetiring(mark)}>
                        廃止する
                      </ActionButton>
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <ConfirmAction
        open={retiring !== null}
        title={`${word}「${retiring?.label}」を廃止します`}
        what="新しく付けられなくなります。付いている記録にはそのまま残ります。"
        confirmLabel="廃止する"
        reason="required"
        running={retire.running}
        problem={retire.problem}
        onConfirm={reason =>
          retiring && retire.run({ markId: retiring.id, rowVersion: retiring.rowVersion, reason })
        }
        onClose={() => setRetiring(null)}
      />
    </>
  )
}

interface MarkDialogProps extends MarksCardProps {
  mark: Mark | null
  onClose: () => void
}

function MarkDialog({ kind, markKind, mark, onClose }: MarkDialogProps) {
  const say = useSay()
  const [label, setLabel] = useState(mark?.label ?? '')
  const [colour, setColour] = useState<MarkColour>(mark?.colour ?? 'blue')
  const [needsReason, setNeedsReason] = useState(mark?.needsReason ?? false)
  const onDone = () => {
    say.done(`${markKindLabels[markKind]}「${label}」を保存しました。`)
    onClose()
  }
  const define = useCommand(defineMark, { onDone })
  const change = useCommand(changeMark, { onDone })
  const wording = { label, colour, needsReason }
  return (
    <ConfirmAction
      open
      title={
        mark ? `${markKindLabels[markKind]}「${mark.label}」の変更` : `${markKindLabels[markKind]}の追加`
      }
      what={
        <>
          表示：
          <MarkTag label={label || '名前'} colour={colour} filled={markKind === 'status'} />
        </>
      }
      confirmLabel="保存する"
      reason="none"
      running={define.running || change.running}
      problem={define.problem ?? change.problem}
      onConfirm={() =>
        mark
          ? change.run({ markId: mark.id, rowVersion: mark.rowVersion, ...wording })
          : define.run({ recordKind: kind, markKind, ...wording })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{ name: 'label', type: 'text', label: '名前', required: true, maxLength: 20, width: 'full' }}
        value={label}
        onChange={setLabel}
      />
      <FieldInput
        field={{
          name: 'colour',
          type: 'choice',
          label: '色',
          width: 'full',
          options: markColours.map(value => ({ value, label: colourLabels[value] })),
        }}
        value={colour}
        onChange={value => setColour((value ?? 'blue') as MarkColour)}
      />
      <FieldInput
        field={{
          name: 'needsReason',
          type: 'bool',
          label: '理由',
          sentence: '付けるときに理由の入力を必要とする',
        }}
        value={needsReason}
        onChange={setNeedsReason}
      />
    </ConfirmAction>
  )
}
