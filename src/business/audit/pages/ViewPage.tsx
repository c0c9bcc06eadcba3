import { useApi } from '../../../platform/web/api.ts'
import { usePathId } from '../../../platform/web/url.ts'
import { Card, DateTimeText, KeyValue, Loaded, PageHeader, Stack } from '../../../ui/index.ts'
import { openView } from '../detail-contract.ts'
import { viewKindLabels } from '../labels.ts'
import { CanonicalText, sealItems } from './trail-words.tsx'
import './audit.css'

/** One view record in full: what was asked and every record that was shown. */
export default function ViewPage() {
  const viewId = usePathId('viewId')
  const view = useApi(openView, { viewId })
  return (
    <Loaded from={view} rows={8}>
      {value => (
        <>
          <PageHeader
            title={`閲覧　${value.queryWords ?? value.query}`}
            crumbs={[{ label: '監査証跡', href: '/audit?tab=views' }]}
            detail={`記録の番号 ${value.id}`}
          />
          <Stack>
            <Card title="だれが・いつ・何を見たか">
              <KeyValue
                items={[
                  { key: 'at', label: '日時', value: <DateTimeText at={value.at} /> },
                  { key: 'actor', label: '見た人', value: value.actor.name },
                  { key: 'kind', label: '見かた', value: viewKindLabels[value.kind] ?? value.kind },
                  { key: 'ip', label: 'IPアドレス', value: value.ip ?? '（プログラム内）' },
                  { key: 'request', label: '要求の番号', value: value.requestId },
                  { key: 'reason', label: '理由', value: value.reason ?? '' },
                  {
                    key: 'asked',
                    label: '照会の条件',
                    value: <span className="ui-code">{JSON.stringify(value.asked)}</span>,
                    wide: true,
                  },
                  {
                    key: 'ids',
                    label: `表示した記録（${value.ids.length.toLocaleString('ja-JP')}件の短い番号）`,
                    value: value.ids.join('、'),
                    wide: true,
                  },
                ]}
              />
            </Card>
            <Card title="封印" note="検証は「daicho audit verify」で行います">
              <KeyValue items={sealItems(value)} />
              <CanonicalText text={value.canonicalText} />
            </Card>
          </Stack>
        </>
      )}
    </Loaded>
  )
}
