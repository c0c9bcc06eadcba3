import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useSession, useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ActionButton, ConfirmAction, FieldInput } from '../../../ui/index.ts'
import { newTaskHref } from '../../tasks/web.tsx'
import { type AlertRow, resolveAlert, snoozeAlert, takeAlert } from '../contract.ts'

/** What can be done with one alert: take it, put it off, close it. */
export function AlertActions({ alert }: { alert: AlertRow }) {
  const { personId } = useSession()
  const whyNot = useWhyNot()
  const follow = useFollow()
  const [dialog, setDialog] = useState<'snooze' | 'resolve' | null>(null)
  const take = useCommand(takeAlert)
  if (alert.state === 'resolved') return alert.outcome
  const which = { alertId: alert.id, rowVersion: alert.rowVersion }
  const refused = whyNot('alerts.handle')
  const close = () => setDialog(null)
  return (
    <>
      <ActionButton
        size="small"
        kind="quiet"
        disabledReason={
          refused ??
          (alert.owner?.id === personId && alert.state !== 'open' ? '既に自分が引き受けています。' : null)
        }
        running={take.running}
        onClick={() => take.run(which)}
      >
        引き受ける
      </ActionButton>
      <ActionButton size="small" kind="quiet" disabledReason={refused} onClick={() => setDialog('snooze')}>
        保留
      </ActionButton>
      <ActionButton size="small" kind="quiet" disabledReason={refused} onClick={() => setDialog('resolve')}>
        解決
      </ActionButton>
      <ActionButton
        size="small"
        kind="quiet"
        label="タスクにする"
        disabledReason={whyNot('tasks.handle')}
        onClick={() =>
          follow(
            newTaskHref({
              origin: { kind: 'alert', id: alert.id },
              partyId: alert.party?.id,
              title: alert.sentence,
            }),
          )
        }
      >
        タスク
      </ActionButton>
      {dialog === 'snooze' && <SnoozeDialog which={which} alert={alert} onClose={close} />}
      {dialog === 'resolve' && <ResolveDialog which={which} alert={alert} onClose={close} />}
    </>
  )
}

interface DialogProps {
  which: { alertId: string; rowVersion: number }
  alert: AlertRow
  onClose: () => void
}

function SnoozeDialog({ which, alert, onClose }: DialogProps) {
  const [until, setUntil] = useState<string | null>(null)
  const snooze = useCommand(snoozeAlert, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title={`${alert.alertNo} を保留します`}
      what="指定した日に再び表示されます。それまでに状況が悪化したときは、すぐに表示されます。"
      confirmLabel="保留する"
      reason="required"
      running={snooze.running}
      problem={snooze.problem}
      onConfirm={reason => snooze.run({ ...which, until: until ?? '', reason })}
      onClose={onClose}
    >
      <FieldInput
        field={{ name: 'until', label: 'いつまで', type: 'date', required: true, help: '30日以内' }}
        value={until}
        onChange={setUntil}
      />
    </ConfirmAction>
  )
}

function ResolveDialog({ which, alert, onClose }: DialogProps) {
  const resolve = useCommand(resolveAlert, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title={`${alert.alertNo} を解決済にします`}
      what={`「${alert.sentence}」への対応の結果を記録します。原因が残っていても、悪化するまで再び表示されません。`}
      confirmLabel="解決済にする"
      reason="required"
      running={resolve.running}
      problem={resolve.problem}
      onConfirm={outcome => resolve.run({ ...which, outcome })}
      onClose={onClose}
    />
  )
}
