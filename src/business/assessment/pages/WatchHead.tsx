import { useApi } from '../../../platform/web/api.ts'
import { Notice, StatusTag, UiLink } from '../../../ui/index.ts'
import { watchOfParty } from '../contract.ts'
import { watchEffects, watchLabels } from '../labels.ts'
import { WatchTag } from './words.tsx'

/** Beside the name: watched or stopped, and a personal guarantee nobody has judged. Nothing for a company in order. */
export function WatchHeadTags({ recordId }: { recordId: string }) {
  const watch = useApi(watchOfParty, { partyId: recordId })
  if (watch.state !== 'ready') return null
  const { state, reason, guaranteesToJudge } = watch.value
  return (
    <>
      {state !== 'normal' && <WatchTag state={state} detail={reason} />}
      {guaranteesToJudge > 0 && (
        <StatusTag
          tone="warning"
          word="個人保証あり"
          detail="貸付とみなされるおそれがないか、コンプライアンスの確認を待っています。"
        />
      )}
    </>
  )
}

/** Over the tabs: why a company is watched or stopped, since when, and what that forbids. */
export function WatchHeadNotice({ recordId }: { recordId: string }) {
  const watch = useApi(watchOfParty, { partyId: recordId })
  if (watch.state !== 'ready' || watch.value.state === 'normal') return null
  const { state, reason, since, setBy, reviewOn } = watch.value
  return (
    <Notice
      tone={state === 'stop' ? 'danger' : 'warning'}
      title={`監視区分「${watchLabels[state]}」：${watchEffects[state]}`}
      action={<UiLink href={`/parties/${recordId}?tab=credit-file`}>審査を開く</UiLink>}
    >
      <p>{`${reason ?? ''}（${since ?? ''}　${setBy ?? ''}${reviewOn ? `　見直し ${reviewOn}` : ''}）`}</p>
    </Notice>
  )
}
