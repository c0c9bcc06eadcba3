import { useState } from 'react'
import { addressOf } from '../../../platform/http/client.ts'
import { useApi } from '../../../platform/web/api.ts'
import { useRecordHref } from '../../../platform/web/catalogue.ts'
import { useSession, useWhyNot } from '../../../platform/web/session.ts'
import { one, usePathId, useUrlState } from '../../../platform/web/url.ts'
import {
  ActionButton,
  Card,
  DateText,
  DateTimeText,
  DetailShell,
  KeyValue,
  Notice,
  Stack,
  sayBytes,
  UiLink,
  Yen,
} from '../../../ui/index.ts'
import { RecordTimeline } from '../../audit/web.tsx'
import { type DocumentShown, downloadDocument, openDocument } from '../contract.ts'
import { documentFields as fields } from '../fields.ts'
import { authenticityLabels, confidentialityLabels, docKindLabels, receivedViaLabels } from '../labels.ts'
import { type DocumentAct, DocumentDialog } from './DocumentDialogs.tsx'
import { DocumentTags } from './document-tags.tsx'
import { QuarantineDialog } from './QuarantineDialog.tsx'
import { ReadingsCard } from './ReadingsCard.tsx'
import { StampDialog } from './StampDialog.tsx'
import { StampsCard } from './StampsCard.tsx'

type PageAct = DocumentAct | 'quarantine' | 'stamp'

/** One document: what it is found by, how it came, how long it is kept, every version and what was done to it. */
export default function DocumentPage() {
  const documentId = usePathId('documentId')
  const document = useApi(openDocument, { documentId })
  const [url, setUrl] = useUrlState()
  const [act, setAct] = useState<PageAct | null>(null)
  return (
    <>
      <DetailShell
        record={document}
        header={value => ({
          title: value.title,
          code: value.docNo,
          crumbs: [{ label: '書類', href: '/documents' }],
          tags: <DocumentTags document={value} />,
          actions: <Actions document={value} onAct={setAct} />,
        })}
        summary={value =>
          value.quarantine ? (
            <Notice tone="danger" title="マイナンバー（個人番号）の疑いがあるため隔離しています">
              <p>
                {value.quarantine.by}　<DateTimeText at={value.quarantine.at} />
              </p>
              <p>
                コンプライアンス担当だけがファイルを開けます。番号を隠した版を「新しい版」で登録し、コンプライアンス担当が隔離を解きます。
              </p>
            </Notice>
          ) : value.strike || value.findings.length > 0 ? (
            <Notice
              tone="warning"
              title={value.strike ? 'この書類は抹消されています' : '証明に使う前に確かめてください'}
            >
              {value.strike ? (
                <p>
                  {value.strike.by}　<DateTimeText at={value.strike.at} />
                  {`　理由：${value.strike.reason}`}
                </p>
              ) : (
                value.findings.map(sentence => <p key={sentence}>{sentence}</p>)
              )}
            </Notice>
          ) : null
        }
        tabs={value => [
          { key: 'content', label: '内容', content: () => <Content document={value} /> },
          {
            key: 'versions',
            label: `版（${value.versions.length}）`,
            content: () => <Versions document={value} />,
          },
        ]}
        activeTab={one(url.tab) ?? 'content'}
        onTab={tab => setUrl({ tab })}
        aside={value => <RecordTimeline recordId={value.id} />}
      />
      {document.state === 'ready' && act === 'quarantine' && (
        <QuarantineDialog document={document.value} onClose={() => setAct(null)} />
      )}
      {document.state === 'ready' && act === 'stamp' && (
        <StampDialog document={document.value} onClose={() => setAct(null)} />
      )}
      {document.state === 'ready' && act && act !== 'quarantine' && act !== 'stamp' && (
        <DocumentDialog act={act} document={document.value} onClose={() => setAct(null)} />
      )}
    </>
  )
}

function Actions({ document, onAct }: { document: DocumentShown; onAct: (act: PageAct) => void }) {
  const whyNot = useWhyNot()
  const held = document.legalHold ? '保全中の書類は抹消できません。' : null
  if (document.disposed) return null
  if (document.struck)
    return (
      <ActionButton disabledReason={whyNot('documents.strike')} onClick={() => onAct('restore')}>
        抹消を取り消す
      </ActionButton>
    )
  return (
    <>
      {document.quarantined && (
        <ActionButton disabledReason={whyNot('documents.quarantine')} onClick={() => onAct('quarantine')}>
          隔離を解く
        </ActionButton>
      )}
      <ActionButton
        kind="danger"
        disabledReason={whyNot('documents.strike') ?? held}
        onClick={() => onAct('strike')}
      >
        抹消
      </ActionButton>
      <ActionButton
        disabledReason={whyNot('documents.hold')}
        onClick={() => onAct(document.legalHold ? 'release' : 'hold')}
      >
        {document.legalHold ? '保全を解除' : '保全'}
      </ActionButton>
      <ActionButton disabledReason={whyNot('documents.correct')} onClick={() => onAct('stamp')}>
        タイムスタンプ
      </ActionButton>
      <ActionButton disabledReason={whyNot('documents.add')} onClick={() => onAct('version')}>
        新しい版
      </ActionButton>
      <ActionButton
        kind="primary"
        disabledReason={whyNot('documents.correct')}
        onClick={() => onAct('correct')}
      >
        項目を訂正
      </ActionButton>
    </>
  )
}

const unknown = '未記録'

function Content({ document }: { document: DocumentShown }) {
  const recordHref = useRecordHref()
  const line = (name: keyof typeof fields, value: React.ReactNode) => ({
    key: name,
    label: fields[name].label.ja,
    value: value ?? unknown,
  })
  const day = (date: string | null) => date && <DateText date={date} />
  const electronic = document.electronic
  return (
    <Stack>
      <ReadingsCard document={document} />
      <Card title="検索項目">
        <KeyValue
          items={[
            line('docKind', docKindLabels[document.docKind]),
            line('transactionDate', day(document.transactionDate)),
            line('amountYen', document.amountYen === null ? '金額なし' : <Yen value={document.amountYen} />),
            {
              ...line('counterparty', document.counterparty),
              ...(document.counterpartyParty
                ? {
                    note: (
                      <UiLink href={`/parties/${document.counterpartyParty.id}`}>
                        {document.counterpartyParty.name}
                      </UiLink>
                    ),
                  }
                : {}),
            },
          ]}
        />
      </Card>
      <Card title="受領と真実性">
        <KeyValue
          items={[
            {
              ...line('receivedVia', document.receivedVia && receivedViaLabels[document.receivedVia]),
              ...(electronic === null
                ? {}
                : { note: electronic ? '電子取引：電子のまま保存します' : '電子取引ではありません' }),
            },
            line('receivedOn', day(document.receivedOn)),
            line('authenticity', authenticityLabels[document.authenticity]),
            ...(document.timestampAt
              ? [line('timestampAt', <DateTimeText at={document.timestampAt} />)]
              : []),
            ...(document.validOn ? [line('validOn', day(document.validOn))] : []),
            line('expiresOn', day(document.expiresOn) ?? 'なし'),
            ...(document.docKind === 'consent' ? [line('textVersion', document.textVersion)] : []),
            line('confidentiality', confidentialityLabels[document.confidentiality]),
          ]}
        />
      </Card>
      <StampsCard tokens={document.timeStamps} />
      <Card title="保存">
        <KeyValue
          items={[
            {
              key: 'retentionUntil',
              label: '法定の保存期限',
              value: document.retentionUntil ? (
                <DateText date={document.retentionUntil} />
              ) : (
                '取引終了後に決まります'
              ),
              note: document.retentionBasis,
            },
            ...(document.hold
              ? [
                  {
                    key: 'hold',
                    label: '保全',
                    value: <DateTimeText at={document.hold.at} />,
                    note: `${document.hold.by}　${document.hold.reason}`,
                  },
                ]
              : []),
            ...(document.correction
              ? [
                  {
                    key: 'correction',
                    label: '最後の訂正',
                    value: <DateTimeText at={document.correction.at} />,
                    note: `${document.correction.by}　${document.correction.reason}`,
                  },
                ]
              : []),
            {
              key: 'links',
              label: '登録先',
              value: (
                <>
                  {document.links.map(link => {
                    const href = recordHref(link.kind, link.id)
                    const word = link.name ?? '記録を開く'
                    return <p key={link.id}>{href ? <UiLink href={href}>{word}</UiLink> : word}</p>
                  })}
                </>
              ),
            },
          ]}
        />
      </Card>
    </Stack>
  )
}

function Versions({ document }: { document: DocumentShown }) {
  const { permissions } = useSession()
  const opens = (versionNo: number) =>
    permissions.has('documents.download') &&
    (permissions.has('documents.quarantine') ||
      !(document.quarantined || versionNo <= document.closedVersions))
  return (
    <Stack>
      {document.versions.map(version => (
        <Card
          key={version.versionNo}
          title={`第${version.versionNo}版`}
          note="開くたびに、登録した時のハッシュ値と照合します"
        >
          <KeyValue
            items={[
              {
                key: 'file',
                label: 'ファイル',
                wide: true,
                value: opens(version.versionNo) ? (
                  <a
                    className="ui-link"
                    href={addressOf(downloadDocument, {
                      documentId: document.id,
                      versionNo: version.versionNo,
                    })}
                    target="_blank"
                    rel="noreferrer"
                  >
                    {version.fileName}
                  </a>
                ) : (
                  version.fileName
                ),
                note: sayBytes(version.sizeBytes),
              },
              { key: 'by', label: '追加した人', value: version.addedBy.name },
              { key: 'at', label: '追加日時', value: <DateTimeText at={version.addedAt} /> },
              ...(version.reason
                ? [{ key: 'reason', label: '理由', value: version.reason, wide: true }]
                : []),
            ]}
          />
        </Card>
      ))}
    </Stack>
  )
}
