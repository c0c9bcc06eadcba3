import { one, useUrlState } from '../../../platform/web/url.ts'
import { PageHeader, Stack, TabStrip, UiLink } from '../../../ui/index.ts'
import { kindLabels } from '../labels.ts'
import { type CustomKind, customKinds } from '../tables.ts'
import { FieldsCard } from './FieldsCard.tsx'
import { MarksCard } from './MarksCard.tsx'

const PANEL = 'customization-kind'

/** What the company defines for its records without code: fields, statuses, tags; a tab per kind of record. */
export default function SettingsPage() {
  const [url, setUrl] = useUrlState()
  const kind = customKinds.find(known => known === one(url.kind)) ?? 'party'
  return (
    <>
      <PageHeader
        title="項目・状態の設定"
        detail="自社で使う項目・状態・タグを、プログラムの変更なしに定義します。定義の変更は履歴に残ります。"
        actions={<UiLink href="/customization/layout">顧客の入力欄の並びを変える</UiLink>}
      />
      <TabStrip
        label="記録の種類"
        panelId={PANEL}
        active={kind}
        onChoose={next => setUrl({ kind: next })}
        tabs={customKinds.map(key => ({ key, label: kindLabels[key as CustomKind] }))}
      />
      <div id={PANEL} role="tabpanel" aria-label={kindLabels[kind]} style={{ marginTop: 14 }}>
        <Stack>
          <FieldsCard kind={kind} />
          <MarksCard kind={kind} markKind="status" />
          <MarksCard kind={kind} markKind="tag" />
        </Stack>
      </div>
    </>
  )
}
