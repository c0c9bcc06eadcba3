import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { useToday, useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  Card,
  DateText,
  DateTimeText,
  EmptyState,
  KeyValue,
  Loaded,
  Notice,
  Row,
  Stack,
  StatusTag,
} from '../../../ui/index.ts'
import { EvidenceList } from '../../documents/web.tsx'
import { mediaFields as fields } from '../fields.ts'
import { mediaScopeLabels } from '../labels.ts'
import { type MediaSearch, mediaSearchesOfParty, type NeededSearch } from '../media-contract.ts'
import { MediaDialog } from './MediaDialog.tsx'
import { NewsNeeded } from './NewsNeeded.tsx'
import { CaseStateTag, JudgementTag } from './tags.tsx'

/** Searches of news and credit events about the customer and its people: what was sent where, what came back, what two people said. */
export function MediaCard({ partyId }: { partyId: string }) {
  const whyNot = useWhyNot()
  const shown = useApi(mediaSearchesOfParty, { partyId })
  const [open, setOpen] = useState<{ first: NeededSearch | null } | null>(null)
  const subjects = shown.state === 'ready' ? shown.value.subjects : []
  return (
    <Card
      title="報道・信用情報の検索"
      actions={
        <ActionButton
          disabledReason={
            whyNot('screening.judge') ?? (subjects.length === 0 ? '照合の対象がありません。' : null)
          }
          onClick={() => setOpen({ first: null })}
        >
          検索を記録
        </ActionButton>
      }
    >
      <Loaded from={shown} rows={3}>
        {({ searches, needed }) => (
          <Stack>
            {needed.length > 0 && <NewsNeeded needed={needed} onRecord={first => setOpen({ first })} />}
            {searches.length === 0 ? (
              <EmptyState
                title="検索はまだ記録されていません"
                hint="新聞記事・ニュース・官報などを検索した人が、検索先・語句・件数と保存したページを記録します。1件以上あったときは2人で判断します。"
              />
            ) : (
              <Stack>
                {searches.some(one => one.stopsDeals) && (
                  <Notice tone="danger" title="買取を止めている検索結果があります">
                    上申中・取引不可・条件の期限切れの結果は、新しい検索で「該当なし」または条件付きとなるまで買取を止めます。
                  </Notice>
                )}
                {searches.map(one => (
                  <OneSearch key={one.id} search={one} />
                ))}
              </Stack>
            )}
          </Stack>
        )}
      </Loaded>
      {open && (
        <MediaDialog partyId={partyId} subjects={subjects} first={open.first} onClose={() => setOpen(null)} />
      )}
    </Card>
  )
}

function OneSearch({ search }: { search: MediaSearch }) {
  const today = useToday()
  return (
    <section aria-label={`${search.searchNo} ${search.subjectName}`}>
      <Row>
        <strong>
          {search.searchNo}　{search.subjectName}
        </strong>
        <CaseStateTag state={search.verdict} />
        {search.inForce ? (
          search.nextDueOn < today && <StatusTag tone="warning" word="再検索の期日超過" />
        ) : (
          <StatusTag tone="neutral" word="過去の検索" />
        )}
      </Row>
      <KeyValue
        items={[
          {
            key: 'scope',
            label: fields.scope.label.ja,
            value: search.scope.map(scope => mediaScopeLabels[scope]).join('、'),
          },
          { key: 'at', label: '検索日時', value: <DateTimeText at={search.searchedAt} /> },
          {
            key: 'provider',
            label: fields.provider.label.ja,
            value: `${search.provider}${search.queryId ? `　${search.queryId}` : ''}`,
          },
          { key: 'keywords', label: fields.keywordSetVersion.label.ja, value: search.keywordSetVersion },
          {
            key: 'query',
            label: fields.queryText.label.ja,
            wide: true,
            value: search.queryText ?? '（廃棄済）',
          },
          {
            key: 'count',
            label: fields.resultCount.label.ja,
            value: `${search.resultCount.toLocaleString('ja-JP')}件`,
          },
          { key: 'due', label: '次回の期日', value: <DateText date={search.nextDueOn} /> },
          {
            key: 'by',
            label: search.confirmedBy ? '記録・確認した人' : '記録した人',
            value: search.confirmedBy ? `${search.recordedBy}・${search.confirmedBy}` : search.recordedBy,
          },
          ...(search.conditions
            ? [
                {
                  key: 'conditions',
                  label: '条件',
                  wide: true,
                  value: `${search.conditions}（${search.conditionsUntil}まで）`,
                },
              ]
            : []),
          ...search.findings.map((finding, at) => ({
            key: `finding-${at}`,
            label: `確認した記事 ${at + 1}`,
            wide: true,
            value: (
              <span>
                <JudgementTag judgement={finding.judgement} />
                {'　'}
                {finding.url ? (
                  <a className="ui-link" href={finding.url} target="_blank" rel="noreferrer noopener">
                    {finding.title}
                  </a>
                ) : (
                  finding.title
                )}
                {finding.publishedOn ? `（${finding.publishedOn}）` : ''}　{finding.reason}
              </span>
            ),
          })),
          ...(search.evidence.length > 0
            ? [
                {
                  key: 'evidence',
                  label: '保存したページ',
                  wide: true,
                  value: (
                    <>
                      <EvidenceList ids={search.evidence.map(one => one.documentId)} />
                      <span className="ui-faint">
                        {`記録した時の版とハッシュ値：${search.evidence
                          .map(one => `第${one.versionNo}版 ${one.evidenceHash.slice(0, 16)}…`)
                          .join('、')}`}
                      </span>
                    </>
                  ),
                },
              ]
            : []),
        ]}
      />
    </section>
  )
}
