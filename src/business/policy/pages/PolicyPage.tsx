import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  Card,
  EmptyState,
  Loaded,
  Notice,
  PageHeader,
  Stack,
  StatusTag,
} from '../../../ui/index.ts'
import { openPolicy, type Policy } from '../contract.ts'
import { DraftForm } from './DraftForm.tsx'
import { ListOfVersions } from './ListOfVersions.tsx'
import { VersionCards } from './VersionCards.tsx'

/** 運用規程: the version in force, the draft that waits for the heads, and the versions before. */
export default function PolicyPage() {
  const page = useApi(openPolicy, {})
  return (
    <Loaded from={page} rows={10}>
      {value => <Shown policy={value} />}
    </Loaded>
  )
}

function Shown({ policy }: { policy: Policy }) {
  const [writing, setWriting] = useState(false)
  const why = useWhyNot()('policy.draft')
  const inForce = policy.versions.find(version => version.state === 'in_force')
  const draft = policy.versions.find(version => version.state === 'draft')
  return (
    <>
      <PageHeader
        title="運用規程"
        detail="段階ごとの必須項目・承認の権限・KPIの目標・保存期間。4部門の責任者が確認すると施行されます"
        tags={
          inForce ? (
            <StatusTag tone="success" word={`第${inForce.versionNo}版 施行中`} />
          ) : (
            <StatusTag tone="warning" word="未施行" />
          )
        }
        actions={
          <ActionButton kind="primary" disabledReason={why} onClick={() => setWriting(true)}>
            {policy.versions.length === 0 ? '最初の案を作る' : '改定の案を作る'}
          </ActionButton>
        }
      />
      <Stack>
        {policy.differs && (
          <Notice tone="warning" title="必須項目または承認の権限が、施行中の版から変わっています">
            プログラムの更新や権限の変更によるものです。内容を確かめ、改定の案を作って4部門の確認を受けてください。
          </Notice>
        )}
        {writing && (
          <DraftForm base={draft ?? inForce ?? null} policy={policy} onClose={() => setWriting(false)} />
        )}
        {!writing && draft && <VersionCards version={draft} />}
        {!writing && inForce && <VersionCards version={inForce} />}
        {!writing && policy.versions.length === 0 && (
          <Card title="まだ規程がありません">
            <EmptyState
              title="最初の案を作成してください"
              hint="必須項目と承認の権限は今のプログラムの内容が入ります。目標と保存期間を決め、4部門の責任者の確認を受けます。"
            />
          </Card>
        )}
        {!writing && policy.versions.length > 0 && <ListOfVersions versions={policy.versions} />}
      </Stack>
    </>
  )
}
