import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { ActionButton, ConfirmAction, FieldInput, useSay } from '../../../ui/index.ts'
import { type ShownMark, setMarks } from '../mark-contract.ts'
import type { CustomKind } from '../tables.ts'
import { useMarks } from './definitions.ts'

interface SetMarksProps {
  kind: CustomKind
  recordId: string
  marks: readonly ShownMark[]
}

const NONE = 'none'

/** Opens the choice of status and tags; shown only where the company has defined some. */
export function SetMarksButton({ kind, recordId, marks }: SetMarksProps) {
  const whyNot = useWhyNot()
  const say = useSay()
  const defined = useMarks(kind)
  const [open, setOpen] = useState(false)
  const [statusId, setStatus] = useState<string | null>(null)
  const [tagIds, setTags] = useState<readonly string[]>([])
  const run = useCommand(setMarks, {
    onDone: () => {
      setOpen(false)
      say.done('状態とタグを変更しました。')
    },
  })
  if (defined.length === 0 && marks.length === 0) return null
  const begin = () => {
    setStatus(marks.find(mark => mark.markKind === 'status')?.id ?? null)
    setTags(marks.filter(mark => mark.markKind === 'tag').map(mark => mark.id))
    run.reset()
    setOpen(true)
  }
  const options = (of: 'status' | 'tag') =>
    [
      ...defined.filter(mark => mark.markKind === of),
      ...marks.filter(mark => mark.markKind === of && !defined.some(one => one.id === mark.id)),
    ].map(mark => ({ value: mark.id, label: mark.label }))
  const chosen = [...(statusId ? [statusId] : []), ...tagIds]
  const needsReason = defined.some(
    mark => mark.needsReason && chosen.includes(mark.id) && !marks.some(held => held.id === mark.id),
  )
  return (
    <>
      <ActionButton disabledReason={whyNot('customization.setMarks')} onClick={begin}>
        状態・タグ
      </ActionButton>
      <ConfirmAction
        open={open}
        title="状態とタグを変更します"
        what="変更の前後は、だれが・いつ付けたかとともに履歴に残ります。"
        confirmLabel="変更する"
        reason={needsReason ? 'required' : 'optional'}
        running={run.running}
        problem={run.problem}
        onConfirm={reason =>
          run.run({
            recordKind: kind,
            recordId,
            statusId,
            tagIds: [...tagIds],
            ...(reason ? { reason } : {}),
          })
        }
        onClose={() => setOpen(false)}
      >
        {options('status').length > 0 && (
          <FieldInput
            field={{
              name: 'statusId',
              type: 'choice',
              label: '状態',
              width: 'full',
              options: [{ value: NONE, label: 'なし' }, ...options('status')],
            }}
            value={statusId ?? NONE}
            onChange={value => setStatus(value === NONE ? null : value)}
          />
        )}
        {options('tag').length > 0 && (
          <FieldInput
            field={{ name: 'tagIds', type: 'multi', label: 'タグ', width: 'full', options: options('tag') }}
            value={tagIds}
            onChange={value => setTags(value)}
          />
        )}
      </ConfirmAction>
    </>
  )
}
