import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useToday, useWhyNot } from '../../../platform/web/session.ts'
import { one, useFollow, usePathId, useUrlState } from '../../../platform/web/url.ts'
import {
  ActionButton,
  Card,
  ConfirmAction,
  DateText,
  DateTimeText,
  DetailShell,
  FieldInput,
  KeyValue,
  type KeyValueItem,
  Notice,
  Row,
  Stack,
  StatusTag,
  UiLink,
  Yen,
} from '../../../ui/index.ts'
import { RecordTimeline } from '../../audit/web.tsx'
import { CustomCard } from '../../customization/web.tsx'
import { newTaskHref } from '../../tasks/web.tsx'
import {
  closeIncident,
  fileIncident,
  type IncidentShown,
  incidentRefusals,
  openIncidentPage,
  reopenIncident,
} from '../contract.ts'
import { breachGroundLabels, filingLabels, incidentKindLabels, subjectRoleLabels } from '../labels.ts'
import type { Filing } from '../tables.ts'
import { IncidentStateTag } from './incident-words.tsx'
import './incidents.css'

type Dialog = { kind: 'close' | 'reopen' } | { kind: 'file'; filing: Filing }

/** One incident: what happened, what is due, why, and what keeps it from happening again. */
export default function IncidentPage() {
  const incidentId = usePathId('incidentId')
  const incident = useApi(openIncidentPage, { incidentId })
  const [url, setUrl] = useUrlState()
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const follow = useFollow()
  const whyNot = useWhyNot()
  return (
    <>
      <DetailShell
        record={incident}
        header={value => ({
          title: value.title,
          code: value.incidentNo,
          crumbs: [{ label: '事故', href: '/incidents' }],
          tags: (
            <>
              <StatusTag tone="danger" word={incidentKindLabels[value.kind]} />{' '}
              <IncidentStateTag row={value} />
            </>
          ),
          actions:
            value.closedOn === null ? (
              <>
                <ActionButton
                  disabledReason={whyNot('tasks.handle')}
                  onClick={() =>
                    follow(
                      newTaskHref({
                        origin: { kind: 'incident', id: value.id },
                        partyId: value.subjects[0]?.partyId,
                        title: value.title,
                      }),
                    )
                  }
                >
                  タスクを登録
                </ActionButton>
                <ActionButton
                  disabledReason={
                    whyNot('incidents.close') ?? (value.hindrances.length ? sentences(value)[0]! : null)
                  }
                  onClick={() => setDialog({ kind: 'close' })}
                >
                  終了する
                </ActionButton>
                <ActionButton
                  kind="primary"
                  disabledReason={whyNot('incidents.report')}
                  onClick={() => follow(`/incidents/${value.id}/edit`)}
                >
                  内容を変更
                </ActionButton>
              </>
            ) : (
              <ActionButton
                disabledReason={whyNot('incidents.close')}
                onClick={() => setDialog({ kind: 'reopen' })}
              >
                再開する
              </ActionButton>
            ),
        })}
        summary={value =>
          value.hindrances.length > 0 ? (
            <Notice tone="warning" title="終了するまでに必要なこと">
              {sentences(value).map(sentence => (
                <p key={sentence}>{sentence}</p>
              ))}
            </Notice>
          ) : null
        }
        tabs={value => [
          {
            key: 'content',
            label: '内容',
            content: () => (
              <Content incident={value} onFile={filing => setDialog({ kind: 'file', filing })} />
            ),
          },
          {
            key: 'custom',
            label: '自社の項目',
            content: () => <CustomCard kind="incident" recordId={value.id} />,
          },
        ]}
        activeTab={one(url.tab) ?? 'content'}
        onTab={tab => setUrl({ tab })}
        aside={value => <RecordTimeline recordId={value.id} />}
      />
      {incident.state === 'ready' && dialog && dialog.kind !== 'file' && (
        <Turn incident={incident.value} kind={dialog.kind} onClose={() => setDialog(null)} />
      )}
      {incident.state === 'ready' && dialog?.kind === 'file' && (
        <FileDialog incident={incident.value} filing={dialog.filing} onClose={() => setDialog(null)} />
      )}
    </>
  )
}

const sentences = (incident: IncidentShown) =>
  incident.hindrances.map(code => (incidentRefusals as Record<string, string>)[code] ?? code)

function Content({ incident, onFile }: { incident: IncidentShown; onFile: (filing: Filing) => void }) {
  const why = useWhyNot()('incidents.report')
  return (
    <Stack>
      <Card title="期限">
        <ul className="incidents-filings">
          {incident.filings.map(one => (
            <li key={one.filing}>
              <Row>
                {filingLabels[one.filing]}　期限 <DateText date={one.dueOn} />
                {one.filedOn ? (
                  <>
                    <StatusTag tone="success" word="済" /> <DateText date={one.filedOn} />
                  </>
                ) : (
                  incident.closedOn === null && (
                    <ActionButton size="small" disabledReason={why} onClick={() => onFile(one.filing)}>
                      済んだことを記録
                    </ActionButton>
                  )
                )}
              </Row>
            </li>
          ))}
        </ul>
      </Card>
      <Words title="事実" text={incident.facts} />
      <Words title="原因" text={incident.cause} />
      <Words title="再発防止策" text={incident.recurrencePrevention} />
      <Card title="概要">
        <KeyValue items={itemsOf(incident)} />
      </Card>
    </Stack>
  )
}

function Words({ title, text }: { title: string; text: string | null }) {
  return (
    <Card title={title}>
      {text === null ? (
        <p className="ui-faint">まだ書かれていません。</p>
      ) : (
        <p style={{ whiteSpace: 'pre-wrap', margin: 0 }}>{text}</p>
      )}
    </Card>
  )
}

function itemsOf(incident: IncidentShown): KeyValueItem[] {
  const items: KeyValueItem[] = [
    {
      key: 'subjects',
      label: '関係する会社',
      wide: true,
      value: incident.subjects.map(one => (
        <span key={one.partyId}>
          <UiLink href={`/parties/${one.partyId}?tab=incidents`}>{one.name}</UiLink>（
          {subjectRoleLabels[one.role]}）　
        </span>
      )),
    },
    { key: 'found', label: '発見日', value: <DateText date={incident.foundOn} /> },
    { key: 'loss', label: '損失額', value: <Yen value={incident.lossYen} /> },
    { key: 'owner', label: '担当者', value: incident.owner.name },
    {
      key: 'opened',
      label: '登録',
      value: (
        <>
          <DateTimeText at={incident.openedAt} />　{incident.openedBy}
        </>
      ),
    },
  ]
  if (incident.kind === 'insolvency')
    items.push(
      { key: 'filing', label: '申立日', value: <DateText date={incident.filingOn} /> },
      { key: 'court', label: '裁判所', value: incident.court ?? '' },
      { key: 'caseNo', label: '事件番号', value: incident.courtCaseNo ?? '' },
    )
  if (incident.kind === 'data')
    items.push(
      { key: 'known', label: '知った日', value: <DateText date={incident.knownOn} /> },
      {
        key: 'persons',
        label: '本人の数',
        value:
          incident.personsAffected === null ? '' : `${incident.personsAffected.toLocaleString('ja-JP')}人`,
      },
      {
        key: 'grounds',
        label: '報告の事由',
        wide: true,
        value: incident.breachGrounds.map(ground => breachGroundLabels[ground]).join('、') || '報告の対象外',
      },
    )
  if (incident.closedOn)
    items.push({
      key: 'closed',
      label: '終了',
      value: (
        <>
          <DateText date={incident.closedOn} />　{incident.closedBy}
        </>
      ),
    })
  return items
}

const turns = {
  close: {
    title: '終了します',
    what: '終了した事故は、再開するまで変更できません。一覧と会社のページには残ります。',
    confirmLabel: '終了する',
  },
  reopen: {
    title: '再開します',
    what: '新しい事実が分かったときに、同じ事故として続けます。終了した日と人は履歴に残ります。',
    confirmLabel: '再開する',
  },
} as const

/** Ends an incident or goes on with one that was ended, each with its reason. */
function Turn({
  incident,
  kind,
  onClose,
}: {
  incident: IncidentShown
  kind: keyof typeof turns
  onClose: () => void
}) {
  const commands = {
    close: useCommand(closeIncident, { onDone: onClose }),
    reopen: useCommand(reopenIncident, { onDone: onClose }),
  }
  const { title, ...said } = turns[kind]
  const { run, running, problem } = commands[kind]
  return (
    <ConfirmAction
      open
      title={`${incident.incidentNo} を${title}`}
      {...said}
      reason="required"
      running={running}
      problem={problem}
      onConfirm={reason => run({ incidentId: incident.id, rowVersion: incident.rowVersion, reason })}
      onClose={onClose}
    />
  )
}

function FileDialog({
  incident,
  filing,
  onClose,
}: {
  incident: IncidentShown
  filing: Filing
  onClose: () => void
}) {
  const today = useToday()
  const [filedOn, setFiledOn] = useState<string | null>(today)
  const file = useCommand(fileIncident, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title={`${filingLabels[filing]}が済んだことを記録します`}
      what="記録すると、この期限の通知は止まります。"
      confirmLabel="記録する"
      reason="none"
      running={file.running}
      problem={file.problem}
      onConfirm={() =>
        file.run({
          incidentId: incident.id,
          rowVersion: incident.rowVersion,
          filing,
          filedOn: filedOn ?? '',
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{ name: 'filedOn', type: 'date', label: '報告・届出をした日', required: true }}
        value={filedOn}
        onChange={setFiledOn}
      />
    </ConfirmAction>
  )
}
