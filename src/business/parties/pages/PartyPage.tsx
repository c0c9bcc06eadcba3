import { Suspense } from 'react'
import { addDays } from '../../../platform/dates/calendar-date.ts'
import { todayInTokyo } from '../../../platform/dates/today.ts'
import { useApi } from '../../../platform/web/api.ts'
import { useOfferedHeads, useOfferedLinks, useOfferedTabs } from '../../../platform/web/catalogue.ts'
import { useSession, useWhyNot } from '../../../platform/web/session.ts'
import { one, useFollow, usePathId, useUrlState } from '../../../platform/web/url.ts'
import { ActionButton, DetailShell, type DetailTab, Loaded, LoadingState, Notice } from '../../../ui/index.ts'
import { RecordTimeline } from '../../audit/web.tsx'
import { PlannedChanges } from '../../changes/web.tsx'
import { MarkTags, SetMarksButton } from '../../customization/web.tsx'
import { openParty, type Party } from '../contract.ts'
import { MissingItems } from './MissingItems.tsx'
import { OverviewTab } from './OverviewTab.tsx'
import { PastParty } from './PastParty.tsx'
import { StandingStrip } from './StandingStrip.tsx'
import { sayValue } from './say-value.ts'
import { DisposedTag, MergedTag, PartyStatusTag, rolesText, StageTag } from './tags.tsx'

/** One company: header, tabs of this and later slices, and the timeline of everything that happened. */
export default function PartyPage() {
  const partyId = usePathId('partyId')
  const party = useApi(openParty, { partyId })
  const [url, setUrl] = useUrlState()
  const { permissions } = useSession()
  const offered = useOfferedTabs('party', permissions)
  const tabs = (value: Party): DetailTab[] => [
    { key: 'overview', label: '基本情報', content: () => <OverviewTab party={value} /> },
    ...offered.map(tab => ({
      key: tab.key,
      label: tab.label,
      content: () => (
        <Suspense fallback={<LoadingState rows={6} />}>
          <tab.component recordId={value.id} />
        </Suspense>
      ),
    })),
  ]
  const asOf = one(url.asOf)
  if (asOf)
    return (
      <Loaded from={party} rows={12}>
        {value => (
          <PastParty
            key={`${asOf} ${one(url.known)} ${one(url.compareWith)}`}
            party={value}
            day={{ asOf, known: one(url.known) === 'now' ? 'now' : 'then' }}
            compareWith={one(url.compareWith) ?? null}
          />
        )}
      </Loaded>
    )
  return (
    <DetailShell
      record={party}
      header={value => ({
        title: value.legalName,
        code: value.partyNo,
        crumbs: [
          value.disposedAt || value.roles.includes('client')
            ? { label: '顧客', href: '/parties' }
            : { label: '売掛先', href: '/debtors' },
        ],
        tags: (
          <>
            {value.disposedAt ? <DisposedTag /> : <StageTag stage={value.stage} />}
            <PartyStatusTag status={value.status} />
            <MergedTag records={value.records.length} />
            <MarkTags marks={value.marks} />
            <Heads place="tags" recordId={value.id} />
          </>
        ),
        detail: [value.legalNameKana, rolesText(value.roles), `担当 ${value.owner.name}`]
          .filter(Boolean)
          .join('　'),
        actions: value.disposedAt ? null : <PartyActions party={value} />,
      })}
      summary={value => (
        <>
          {value.disposedAt ? (
            <Notice
              tone="neutral"
              title={`${todayInTokyo(new Date(value.disposedAt))} に廃棄しました。廃棄証明書は「書類」にあります。`}
            />
          ) : (
            <>
              <StandingStrip partyId={value.id} />
              <Heads place="summary" recordId={value.id} />
              <MissingItems party={value} />
              <PlannedChanges recordId={value.id} say={sayValue} />
            </>
          )}
        </>
      )}
      tabs={tabs}
      activeTab={one(url.tab) ?? 'overview'}
      onTab={tab => setUrl({ tab })}
      aside={value => <RecordTimeline recordId={value.id} />}
    />
  )
}

/** What other slices have to say of this company before anything else; nothing while they have not. */
function Heads({ place, recordId }: { place: 'tags' | 'summary'; recordId: string }) {
  const heads = useOfferedHeads('party', place, useSession().permissions)
  return heads.map(head => (
    <Suspense key={head.key} fallback={null}>
      <head.component recordId={recordId} />
    </Suspense>
  ))
}

function PartyActions({ party }: { party: Party }) {
  const follow = useFollow()
  const whyNot = useWhyNot()
  const links = useOfferedLinks('party', useSession().permissions)
  return (
    <>
      <SetMarksButton kind="party" recordId={party.id} marks={party.marks} />
      {links.map(link => (
        <a key={link.key} className="ui-link" href={link.href(party.id)} target="_blank" rel="noreferrer">
          {link.label}
        </a>
      ))}
      <ActionButton
        disabledReason={null}
        onClick={() => follow(`/parties/${party.id}?asOf=${addDays(todayInTokyo(new Date()), -1)}`)}
      >
        過去の時点を見る
      </ActionButton>
      <ActionButton
        disabledReason={whyNot('parties.change')}
        onClick={() => follow(`/parties/${party.id}/rename`)}
      >
        商号変更を申請
      </ActionButton>
      <ActionButton
        kind="primary"
        disabledReason={whyNot('parties.change')}
        onClick={() => follow(`/parties/${party.id}/edit`)}
      >
        基本情報を変更
      </ActionButton>
    </>
  )
}
