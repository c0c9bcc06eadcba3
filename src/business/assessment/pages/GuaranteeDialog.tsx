import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useToday } from '../../../platform/web/session.ts'
import { FieldInput, type LookupValue, Notice, useSay } from '../../../ui/index.ts'
import { EvidenceInput } from '../../documents/web.tsx'
import { PartyChoice } from '../../parties/web.tsx'
import { peopleOfParty } from '../../people/contract.ts'
import { registerGuarantee } from '../contract.ts'
import { guaranteeFields } from '../fields.ts'
import { isRoot } from '../rules/security.ts'
import type { GuaranteeKind } from '../tables.ts'
import { EntryDialog } from './EntryDialog.tsx'
import { dialogField, options } from './words.tsx'

/** Registers who answers for the company; says before it is sent what the law and compliance ask. */
export function GuaranteeDialog({
  partyId,
  isClient,
  onClose,
}: {
  partyId: string
  isClient: boolean
  onClose: () => void
}) {
  const say = useSay()
  const [who, setWho] = useState<string | null>('party')
  const [party, setParty] = useState<LookupValue | null>(null)
  const [person, setPerson] = useState<string | null>(null)
  const [kind, setKind] = useState<GuaranteeKind>('joint')
  const [typed, setTyped] = useState({
    amountYen: null as number | null,
    guaranteeCapYen: null as number | null,
    notarisedOn: null as string | null,
    validFrom: useToday() as string | null,
    expiresOn: null as string | null,
  })
  const [evidence, setEvidence] = useState<readonly string[]>([])
  const set = (part: Partial<typeof typed>) => setTyped(before => ({ ...before, ...part }))
  const run = useCommand(registerGuarantee, {
    onDone: answer => {
      say.done(
        answer.toCompliance
          ? `保証 ${answer.guaranteeNo} を登録し、コンプライアンスに確認を求めました。`
          : `保証 ${answer.guaranteeNo} を登録しました。`,
      )
      onClose()
    },
  })
  const personal = who === 'person'
  const root = isRoot(kind)
  return (
    <EntryDialog
      title="保証を登録します"
      what="保証契約書のとおりに登録します。保証人も反社・制裁の照合の対象になります。"
      confirmLabel="登録する"
      missing={[
        personal
          ? person === null && '保証人を選んでください。'
          : party === null && '保証人を選んでください。',
        !root && typed.amountYen === null && '保証金額を入力してください。',
        personal &&
          root &&
          typed.guaranteeCapYen === null &&
          '個人の根保証には極度額が必要です（民法465条の2）。',
        typed.validFrom === null && '保証の開始日を入力してください。',
      ]}
      running={run.running}
      problem={run.problem}
      onConfirm={() =>
        run.run({
          partyId,
          guarantorPartyId: personal ? null : (party?.value ?? null),
          guarantorPersonId: personal ? person : null,
          guaranteeKind: kind,
          amountYen: typed.amountYen,
          guaranteeCapYen: root ? typed.guaranteeCapYen : null,
          notarisedOn: typed.notarisedOn,
          validFrom: typed.validFrom ?? '',
          expiresOn: typed.expiresOn,
          evidence: [...evidence],
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'who',
          type: 'choice',
          label: '保証人の区分',
          required: true,
          width: 'full',
          options: options({ party: '会社・個人事業主（登録済み）', person: '個人（この会社の関係者）' }),
        }}
        value={who}
        onChange={setWho}
      />
      {personal ? (
        <PersonGuarantor partyId={partyId} value={person} onChange={setPerson} />
      ) : (
        <PartyChoice
          name="guarantorPartyId"
          label="保証人（役割「保証人」の会社）"
          only="guarantor"
          value={party}
          onChange={setParty}
          required
        />
      )}
      {personal && isClient && (
        <div className="ui-field-full">
          <Notice tone="warning" title="利用者のための個人保証です">
            <p>貸付とみなされるおそれがあるため、登録するとコンプライアンスに確認を求めます。</p>
          </Notice>
        </div>
      )}
      <FieldInput
        field={dialogField(guaranteeFields.guaranteeKind, { required: true, width: 'full' })}
        value={kind}
        onChange={value => setKind((value ?? 'joint') as GuaranteeKind)}
      />
      <FieldInput
        field={dialogField(guaranteeFields.amountYen, { required: !root })}
        value={typed.amountYen}
        onChange={amountYen => set({ amountYen })}
      />
      {root && (
        <FieldInput
          field={dialogField(guaranteeFields.guaranteeCapYen, { required: personal })}
          value={typed.guaranteeCapYen}
          onChange={guaranteeCapYen => set({ guaranteeCapYen })}
        />
      )}
      <FieldInput
        field={dialogField(guaranteeFields.validFrom, { required: true })}
        value={typed.validFrom}
        onChange={validFrom => set({ validFrom })}
      />
      <FieldInput
        field={dialogField(guaranteeFields.expiresOn)}
        value={typed.expiresOn}
        onChange={expiresOn => set({ expiresOn })}
      />
      {personal && (
        <FieldInput
          field={dialogField(guaranteeFields.notarisedOn)}
          value={typed.notarisedOn}
          onChange={notarisedOn => set({ notarisedOn })}
        />
      )}
      <EvidenceInput
        record={{ kind: 'party', id: partyId }}
        value={evidence}
        onChange={setEvidence}
        docKind="contract"
      />
    </EntryDialog>
  )
}

/** People of the company whose role is guarantor: those are screened. */
function PersonGuarantor({
  partyId,
  value,
  onChange,
}: {
  partyId: string
  value: string | null
  onChange: (value: string | null) => void
}) {
  const people = useApi(peopleOfParty, { partyId })
  const guarantors =
    people.state === 'ready'
      ? people.value.people.filter(one => one.role === 'guarantor' && one.validTo === null)
      : []
  return (
    <>
      <FieldInput
        field={{
          name: 'guarantorPersonId',
          type: 'choice',
          label: '保証人',
          required: true,
          width: 'full',
          options: guarantors.map(one => ({
            value: one.personId,
            label: one.name,
            detail: [one.personNo, one.title].filter(Boolean).join('　'),
          })),
        }}
        value={value}
        onChange={onChange}
      />
      {people.state === 'ready' && guarantors.length === 0 && (
        <p className="ui-faint ui-field-full">
          役割「保証人」の人がいません。先に「関係者」タブで、役割を「保証人」として追加してください。
        </p>
      )}
    </>
  )
}
