import { addressOf } from '../../../platform/http/client.ts'
import { Card, KeyValue } from '../../../ui/index.ts'
import { type PolicyVersion, printPolicy } from '../contract.ts'
import { stateLabels } from '../labels.ts'

/** Every version with its rule book; nothing of an earlier one is lost. */
export function ListOfVersions({ versions }: { versions: readonly PolicyVersion[] }) {
  return (
    <Card title="版の一覧">
      <KeyValue
        items={versions.map(version => ({
          key: version.id,
          label: `第${version.versionNo}版　${stateLabels[version.state]}`,
          wide: true,
          value: (
            <>
              {version.note}　
              <a
                className="ui-link"
                href={addressOf(printPolicy, { versionId: version.id })}
                target="_blank"
                rel="noreferrer"
              >
                規程集（PDF）
              </a>
            </>
          ),
          note: version.confirmations.map(one => `${one.name} ${one.confirmedOn}`).join('、'),
        }))}
      />
    </Card>
  )
}
