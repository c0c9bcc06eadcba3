import { CodeText, DateTimeText, type KeyValueItem, StatusTag } from '../../../ui/index.ts'
import type { EventShown, ViewShown } from '../detail-contract.ts'

/** How an entry is kept and sealed: the same lines for an event and a view. */
export function sealItems(
  entry: Pick<EventShown | ViewShown, 'contentHash' | 'hashAgrees' | 'leaf' | 'sealedBlock'>,
): KeyValueItem[] {
  const { leaf, sealedBlock } = entry
  return [
    {
      key: 'hash',
      label: '照合値（SHA-256）',
      value: (
        <>
          <CodeText code={entry.contentHash} />{' '}
          {entry.hashAgrees ? (
            <StatusTag tone="success" word="原文と一致" />
          ) : (
            <StatusTag tone="danger" word="原文と不一致" />
          )}
        </>
      ),
      wide: true,
    },
    {
      key: 'leaf',
      label: '封印の位置',
      value: leaf ? `第${leaf.block}塊の${leaf.position + 1}件目` : '封印待ち',
    },
    ...(sealedBlock
      ? [
          { key: 'sealedAt', label: '封印日時', value: <DateTimeText at={sealedBlock.sealedAt} /> },
          { key: 'count', label: '塊の記録数', value: sealedBlock.leafCount.toLocaleString('ja-JP') },
          {
            key: 'merkle',
            label: '塊のハッシュ木の根',
            value: <CodeText code={sealedBlock.merkleRoot} />,
            wide: true,
          },
          {
            key: 'previous',
            label: '前の塊の根',
            value: <CodeText code={sealedBlock.previousRoot} />,
            wide: true,
          },
          { key: 'root', label: 'この塊の根', value: <CodeText code={sealedBlock.root} />, wide: true },
          {
            key: 'signature',
            label: '署名（Ed25519）',
            value: <CodeText code={sealedBlock.signature} />,
            wide: true,
          },
        ]
      : []),
  ]
}

/** The exact text that is hashed, folded until somebody wants it. */
export function CanonicalText({ text }: { text: string }) {
  return (
    <details>
      <summary>照合値の元になる原文（個人情報は暗号文です）</summary>
      <pre className="audit-text">{text}</pre>
    </details>
  )
}
