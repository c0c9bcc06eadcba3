import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  Card,
  DateTimeText,
  EmptyState,
  Loaded,
  PageHeader,
  Row,
  Stack,
  StatusTag,
} from '../../../ui/index.ts'
import { RecordTimeline } from '../../audit/web.tsx'
import { listTemplates, type TemplateShown } from '../contract.ts'
import { letterKindLabels, versionStateLabels } from '../labels.ts'
import { ActivateWords, NewTemplate, RetireTemplate, WriteWords } from './TemplateDialogs.tsx'
import './letters.css'

type Dialog = { kind: 'new' } | { kind: 'write' | 'activate' | 'retire' | 'history'; template: TemplateShown }

/** The words of letters: what may go out, what waits for a second person, and every version before. */
export default function TemplatesPage() {
  const templates = useApi(listTemplates, {})
  const whyNot = useWhyNot()
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const close = () => setDialog(null)
  return (
    <>
      <PageHeader
        title="書状の文面"
        detail="書いた人と別の担当者が承認した文面だけで、書状を送れます"
        actions={
          <ActionButton
            kind="primary"
            disabledReason={whyNot('letters.write')}
            onClick={() => setDialog({ kind: 'new' })}
          >
            文面を作成
          </ActionButton>
        }
      />
      <Loaded from={templates} rows={6}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Card title="文面">
              <EmptyState
                title="文面はまだありません"
                hint="支払の案内・督促などの文面を作り、承認を受けると、顧客・売掛先の「書状」から送れます。"
              />
            </Card>
          ) : (
            <Stack>
              {rows.map(template => (
                <TemplateCard key={template.id} template={template} onDialog={setDialog} />
              ))}
            </Stack>
          )
        }
      </Loaded>
      {dialog?.kind === 'new' && <NewTemplate onClose={close} />}
      {dialog?.kind === 'write' && <WriteWords template={dialog.template} onClose={close} />}
      {dialog?.kind === 'activate' && <ActivateWords template={dialog.template} onClose={close} />}
      {dialog?.kind === 'retire' && <RetireTemplate template={dialog.template} onClose={close} />}
    </>
  )
}

function TemplateCard({
  template,
  onDialog,
}: {
  template: TemplateShown
  onDialog: (dialog: Dialog) => void
}) {
  const why = useWhyNot()('letters.write')
  const [history, setHistory] = useState(false)
  const draft = template.versions.find(one => one.state === 'draft')
  return (
    <Card
      title={template.name}
      note={`${template.code}　${letterKindLabels[template.kind]}`}
      actions={
        <Row>
          <ActionButton
            kind="danger"
            disabledReason={why}
            onClick={() => onDialog({ kind: 'retire', template })}
          >
            使用を終える
          </ActionButton>
          <ActionButton disabledReason={why} onClick={() => onDialog({ kind: 'write', template })}>
            {draft ? '下書きを書き直す' : '改訂する'}
          </ActionButton>
          {draft && (
            <ActionButton
              kind="primary"
              disabledReason={why}
              onClick={() => onDialog({ kind: 'activate', template })}
            >
              使用開始を申請
            </ActionButton>
          )}
        </Row>
      }
    >
      <Stack>
        {template.versions
          .filter(one => history || one.state !== 'past')
          .map(version => (
            <section key={version.id} aria-label={`第${version.version}版`}>
              <p>
                <StatusTag
                  tone={
                    version.state === 'in_force'
                      ? 'success'
                      : version.state === 'draft'
                        ? 'waiting'
                        : 'neutral'
                  }
                  word={`第${version.version}版 ${versionStateLabels[version.state]}`}
                />
                {`　作成 ${version.writtenBy}　`}
                <DateTimeText at={version.writtenAt} />
                {version.approvedBy && `　承認 ${version.approvedBy}`}
                {`　${version.note}`}
              </p>
              <p>
                <strong>{version.subject}</strong>
              </p>
              <p className="letters-words">{version.body}</p>
            </section>
          ))}
        <Row>
          <ActionButton size="small" disabledReason={null} onClick={() => setHistory(!history)}>
            {history ? '旧版と履歴を閉じる' : '旧版と履歴を見る'}
          </ActionButton>
        </Row>
        {history && <RecordTimeline recordId={template.id} />}
      </Stack>
    </Card>
  )
}
