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
  Notice,
  UiLink,
} from '../../../ui/index.ts'
import { RecordTimeline } from '../../audit/web.tsx'
import { CustomCard } from '../../customization/web.tsx'
import { EvidenceInput } from '../../documents/web.tsx'
import { JournalsCard } from '../../moneyledger/web.tsx'
import {
  type ContractShown,
  contractRefusals,
  executeContract,
  moveContract,
  openContract,
  terminateContract,
} from '../contract.ts'
import { contractKindLabels, contractStateLabels, stepLabels } from '../labels.ts'
import { ContractStateTag, TermsTable } from './contract-words.tsx'
import { SigningCard } from './SigningCard.tsx'

type Step = ContractShown['nextSteps'][number]
type Dialog = { kind: 'step'; to: Step } | { kind: 'execute' } | { kind: 'terminate' }

/** One contract: where it stands, what comes next, its terms and every version. */
export default function ContractPage() {
  const contractId = usePathId('contractId')
  const contract = useApi(openContract, { contractId })
  const [url, setUrl] = useUrlState()
  const [dialog, setDialog] = useState<Dialog | null>(null)
  return (
    <>
      <DetailShell
        record={contract}
        header={value => ({
          title: `${contractKindLabels[value.contractKind]}　${value.partyName}`,
          code: value.contractNo,
          crumbs: [{ label: '契約', href: '/contracts' }],
          tags: <ContractStateTag state={value.state} />,
          actions: <Actions contract={value} onDialog={setDialog} />,
        })}
        summary={value =>
          value.hindrances.length > 0 ? (
            <Notice tone="warning" title="この契約では、まだ買い取れません">
              {value.hindrances.map(code => (contractRefusals as Record<string, string>)[code]).join(' ')}
            </Notice>
          ) : null
        }
        tabs={value => [
          { key: 'terms', label: '条件', content: () => <Terms contract={value} /> },
          { key: 'signing', label: '締結の記録', content: () => <SigningCard contract={value} /> },
          {
            key: 'versions',
            label: `版の履歴（${value.versions.length}）`,
            content: () => <Versions contract={value} />,
          },
          {
            key: 'custom',
            label: '自社の項目',
            content: () => <CustomCard kind="contract" recordId={value.id} />,
          },
          { key: 'ledger', label: '仕訳', content: () => <JournalsCard of="contract" recordId={value.id} /> },
        ]}
        activeTab={one(url.tab) ?? 'terms'}
        onTab={tab => setUrl({ tab })}
        aside={value => <RecordTimeline recordId={value.id} />}
      />
      {contract.state === 'ready' && dialog && (
        <ContractDialog contract={contract.value} dialog={dialog} onClose={() => setDialog(null)} />
      )}
    </>
  )
}

const TERMINABLE = ['executed', 'active']

function Actions({ contract, onDialog }: { contract: ContractShown; onDialog: (dialog: Dialog) => void }) {
  const whyNot = useWhyNot()
  const [forward, ...others] = contract.nextSteps.filter(step => step !== 'executed' && step !== 'voided')
  const canExecute = contract.nextSteps.includes('executed')
  return (
    <>
      {TERMINABLE.includes(contract.state) && (
        <ActionButton
          kind="danger"
          disabledReason={whyNot('contracts.terminate')}
          onClick={() => onDialog({ kind: 'terminate' })}
        >
          解約
        </ActionButton>
      )}
      {[...others, ...(contract.nextSteps.includes('voided') ? (['voided'] as const) : [])].map(step => (
        <ActionButton
          key={step}
          disabledReason={whyNot('contracts.draft')}
          onClick={() => onDialog({ kind: 'step', to: step })}
        >
          {stepLabels[step] ?? step}
        </ActionButton>
      ))}
      {forward && (
        <ActionButton
          kind={canExecute ? 'default' : 'primary'}
          disabledReason={whyNot('contracts.draft')}
          onClick={() => onDialog({ kind: 'step', to: forward })}
        >
          {stepLabels[forward] ?? forward}
        </ActionButton>
      )}
      {canExecute && (
        <ActionButton
          kind="primary"
          disabledReason={whyNot('contracts.draft')}
          onClick={() => onDialog({ kind: 'execute' })}
        >
          締結を申請
        </ActionButton>
      )}
    </>
  )
}

function Terms({ contract }: { contract: ContractShown }) {
  return (
    <>
      <Card title="契約">
        <KeyValue
          items={[
            {
              key: 'party',
              label: '顧客',
              value: (
                <UiLink href={`/parties/${contract.partyId}?tab=contracts`}>{contract.partyName}</UiLink>
              ),
            },
            { key: 'draftedBy', label: '作成者', value: contract.draftedBy },
            { key: 'signedOn', label: '締結日', value: <DateText date={contract.signedOn} /> },
            { key: 'effectiveOn', label: '発効日', value: <DateText date={contract.effectiveOn} /> },
            {
              key: 'endsOn',
              label: '終了日',
              value: contract.endsOn ? <DateText date={contract.endsOn} /> : '定めなし',
            },
            ...(contract.terminatedOn
              ? [
                  {
                    key: 'terminatedOn',
                    label: '解約日',
                    value: <DateText date={contract.terminatedOn} />,
                    note: contract.terminationReason,
                  },
                ]
              : []),
          ]}
        />
      </Card>
      <Card title="現在の条件">
        <TermsTable terms={contract.terms} />
      </Card>
    </>
  )
}

function Versions({ contract }: { contract: ContractShown }) {
  return contract.versions.map(version => (
    <Card key={version.version} title={`第${version.version}版`}>
      <p>
        適用開始 {version.validFrom ?? '発効日'}　作成 {version.recordedBy}
        {version.approvedBy && `　承認 ${version.approvedBy}`}　<DateTimeText at={version.recordedAt} />
        {version.reason && `　理由：${version.reason}`}
      </p>
      <TermsTable terms={version.terms} />
    </Card>
  ))
}

interface DialogProps {
  contract: ContractShown
  onClose: () => void
}

function ContractDialog({ contract, dialog, onClose }: DialogProps & { dialog: Dialog }) {
  if (dialog.kind === 'execute') return <ExecuteDialog contract={contract} onClose={onClose} />
  if (dialog.kind === 'terminate') return <TerminateDialog contract={contract} onClose={onClose} />
  return <StepDialog contract={contract} to={dialog.to} onClose={onClose} />
}

function StepDialog({ contract, to, onClose }: DialogProps & { to: Step }) {
  const move = useCommand(moveContract, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title={stepLabels[to] ?? to}
      what={`状態を「${contractStateLabels[contract.state]}」から「${contractStateLabels[to]}」へ進めます。操作は履歴に残ります。`}
      confirmLabel="進める"
      reason="optional"
      running={move.running}
      problem={move.problem}
      onConfirm={reason => move.run({ contractId: contract.id, to: to as 'ready', reason })}
      onClose={onClose}
    />
  )
}

function ExecuteDialog({ contract, onClose }: DialogProps) {
  const follow = useFollow()
  const today = useToday()
  const [signedOn, setSignedOn] = useState<string | null>(today)
  const [effectiveOn, setEffectiveOn] = useState<string | null>(today)
  const [endsOn, setEndsOn] = useState<string | null>(null)
  const [method, setMethod] = useState<string | null>('e_sign')
  const [evidence, setEvidence] = useState<readonly string[]>([])
  const execute = useCommand(executeContract, {
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
    onDone: onClose,
  })
  return (
    <ConfirmAction
      open
      title="契約の締結を申請します"
      what="署名済みの契約書を添えて申請します。作成者でない別の担当者が承認すると、契約が締結され、発効日から買取に使えます。"
      confirmLabel="承認を申請する"
      reason="required"
      running={execute.running}
      problem={execute.problem}
      onConfirm={reasonText =>
        execute.run({
          contractId: contract.id,
          signedOn: signedOn ?? '',
          effectiveOn: effectiveOn ?? '',
          endsOn,
          signMethod: method as 'paper' | 'e_sign',
          change: { reasonCode: 'customer_request', reasonText, evidence: [...evidence] },
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{ name: 'signedOn', type: 'date', label: '締結日', required: true }}
        value={signedOn}
        onChange={setSignedOn}
      />
      <FieldInput
        field={{ name: 'effectiveOn', type: 'date', label: '発効日', required: true }}
        value={effectiveOn}
        onChange={setEffectiveOn}
      />
      <FieldInput
        field={{ name: 'endsOn', type: 'date', label: '終了日' }}
        value={endsOn}
        onChange={setEndsOn}
      />
      <FieldInput
        field={{
          name: 'signMethod',
          type: 'choice',
          label: '署名の方法',
          required: true,
          options: [
            { value: 'e_sign', label: '電子契約' },
            { value: 'paper', label: '書面' },
          ],
        }}
        value={method}
        onChange={setMethod}
      />
      <EvidenceInput
        record={{ kind: 'party', id: contract.partyId }}
        value={evidence}
        onChange={setEvidence}
        docKind="contract"
      />
    </ConfirmAction>
  )
}

function TerminateDialog({ contract, onClose }: DialogProps) {
  const [on, setOn] = useState<string | null>(useToday())
  const terminate = useCommand(terminateContract, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title="契約を解約します"
      what="すぐに効力がなくなり、この契約では新たに買い取れません。買取済みの債権はそのままです。"
      confirmLabel="解約する"
      danger
      reason="required"
      running={terminate.running}
      problem={terminate.problem}
      onConfirm={reason => terminate.run({ contractId: contract.id, terminatedOn: on ?? '', reason })}
      onClose={onClose}
    >
      <FieldInput
        field={{ name: 'terminatedOn', type: 'date', label: '解約日', required: true }}
        value={on}
        onChange={setOn}
      />
    </ConfirmAction>
  )
}
