import { useApi } from '../../../platform/web/api.ts'
import { one, useUrlState } from '../../../platform/web/url.ts'
import { mapLoadable, PageHeader, StatusTag, WorkbenchShell } from '../../../ui/index.ts'
import { type CandidatePair, type Cluster, listClusters } from '../contract.ts'
import { ClusterPane } from './ClusterPane.tsx'
import { verdictActions } from './PairReasons.tsx'
import { ScoreTag } from './ReasonLines.tsx'
import { useJudge } from './use-judge.tsx'

/** Groups of records that may be one company, surest first: look, judge, merge. */
export default function ClustersPage() {
  const [url, setUrl] = useUrlState()
  const clusters = useApi(listClusters, {})
  const judge = useJudge(clusters.refetch)
  const list = clusters.state === 'ready' ? clusters.value.clusters : []
  const active = list.find(cluster => cluster.key === one(url.cluster)) ?? list[0]
  const more = clusters.state === 'ready' && clusters.value.more
  return (
    <>
      <PageHeader
        title="名寄せ"
        detail="同じ会社とみられる記録を確実な順に表示します。統合しても元の記録は残り、いつでも元に戻せます。"
      />
      <WorkbenchShell<Cluster>
        label="名寄せの候補"
        items={mapLoadable(clusters, body => body.clusters)}
        itemKey={cluster => cluster.key}
        entry={cluster => <Entry cluster={cluster} />}
        activeKey={one(url.cluster) ?? null}
        onActivate={cluster => setUrl({ cluster })}
        keys={verdictActions.map(({ verdict, key, label }) => ({
          key,
          label,
          disabledReason: judge.disabledReason,
          onPress: () => {
            const pair = active && openPair(active)
            if (pair) judge.ask({ ...pair, verdict, names: namesOf(active, pair) })
          },
        }))}
        empty={{
          title: '名寄せの候補はありません',
          hint: '登録や取込のたびに、名称・カナ・番号・電話・住所が近い記録を自動で探します。',
        }}
        below={more ? <p className="ui-faint">判断が進むと、続きの候補が表示されます。</p> : undefined}
      >
        {cluster => (
          <ClusterPane
            key={cluster.key}
            partyIds={cluster.members.map(member => member.id)}
            onJudged={clusters.refetch}
          />
        )}
      </WorkbenchShell>
      {judge.dialog}
    </>
  )
}

/** The surest pair nobody has judged on the facts as they stand. */
function openPair({ pairs }: Cluster): Pick<CandidatePair, 'partyId' | 'otherPartyId'> | undefined {
  return pairs.find(({ judgement }) => judgement === null || judgement.changed.length > 0) ?? pairs[0]
}

function namesOf({ members }: Cluster, pair: Pick<CandidatePair, 'partyId' | 'otherPartyId'>): string {
  return members
    .filter(member => member.id === pair.partyId || member.id === pair.otherPartyId)
    .map(member => `${member.partyNo} ${member.legalName}`)
    .join(' ／ ')
}

function Entry({ cluster }: { cluster: Cluster }) {
  const best = cluster.pairs[0]
  return (
    <>
      <strong>{cluster.members[0]?.legalName}</strong>
      <br />
      <span className="ui-faint">
        {cluster.members
          .slice(1)
          .map(member => member.legalName)
          .join('、')}
      </span>
      {best && (
        <>
          {'　'}
          <ScoreTag decision={best.decision} score={cluster.score} />
        </>
      )}
      {cluster.pairs.some(pair => (pair.judgement?.changed.length ?? 0) > 0) && (
        <>
          {'　'}
          <StatusTag tone="warning" word="判断後に変更" />
        </>
      )}
    </>
  )
}
