import { useEffect, useRef, useState } from 'react'
import { problemOfError, useApi, useCommand } from '../../../platform/web/api.ts'
import { useNow, useSession } from '../../../platform/web/session.ts'
import { ActionButton, FormShell, Notice, type Problem, Row, useSay } from '../../../ui/index.ts'
import { type ContactPlan, checkContact, recordCommunication } from '../contract.ts'
import { DetailFields, QuickFields } from './ContactFields.tsx'
import { dayOf } from './contact-words.tsx'
import { freshRecording, RecordingFields, sendRecordings, unfilledRecording } from './RecordingFields.tsx'
import { contentOf, freshContact, instantOf } from './typed-contact.ts'

interface RecordContactProps {
  partyId: string
  /** The plan that has been carried out. */
  plan: ContactPlan | null
  onClose: () => void
}

/** The quick form: the words first, everything else filled in as it mostly is; Ctrl+Enter records. */
export function RecordContact({ partyId, plan, onClose }: RecordContactProps) {
  const now = useNow()
  const say = useSay()
  const { permissions } = useSession()
  const [typed, setTyped] = useState(() => ({
    ...freshContact(now(), permissions.has('collections.work') ? 'payment' : 'existing_deal'),
    ...(plan
      ? { channel: plan.channel, personId: plan.person?.id ?? null, subject: plan.purpose ?? '' }
      : {}),
  }))
  const [first] = useState(typed)
  const [recording, setRecording] = useState(() => freshRecording(dayOf(now())))
  const [sending, setSending] = useState(false)
  const [refused, setRefused] = useState<Problem | null>(null)
  const [detailed, setDetailed] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.querySelector('textarea')?.focus(), [])
  const record = useCommand(recordCommunication, {
    onDone: ({ communicationNo, policy }) => {
      say.done(
        policy.check === 'blocked'
          ? `${communicationNo} を記録し、規則に反する連絡としてコンプライアンスに知らせました。`
          : `${communicationNo} を記録しました。`,
      )
      onClose()
    },
  })
  const at = instantOf(typed)
  const missing =
    typed.summary.trim() === ''
      ? '要点を入力してください。'
      : at === null
        ? '日付と時刻を確認してください。'
        : (typed.promiseOn === null) !== (typed.promiseYen === null)
          ? '約束の期日と額は、両方とも入力してください。'
          : unfilledRecording(recording)
  const submit = async () => {
    if (at === null) return
    setRefused(null)
    setSending(true)
    try {
      const recordings = await sendRecordings(partyId, recording)
      run(at, recordings)
    } catch (error) {
      setRefused(problemOfError(error as Error))
    } finally {
      setSending(false)
    }
  }
  const run = (happenedAt: string, recordings: Awaited<ReturnType<typeof sendRecordings>>) =>
    record.run({
      recordings,
      partyId,
      ...contentOf(typed, happenedAt),
      related: typed.receivableId ? [{ kind: 'receivable', id: typed.receivableId }] : [],
      promise:
        typed.promiseOn && typed.promiseYen
          ? { dueOn: typed.promiseOn, amountYen: typed.promiseYen, receivableId: typed.receivableId }
          : null,
      planId: plan?.id ?? null,
    })
  return (
    <div ref={box}>
      <FormShell
        label="接触の記録"
        loading={false}
        submitError={refused ?? record.problem}
        submitting={record.running || sending}
        submitLabel="記録する"
        submitDisabledReason={missing}
        onSubmit={() => void submit()}
        onCancel={onClose}
        dirty={typed !== first || recording.sound.length + recording.words.length > 0}
        draft={{ state: 'off' }}
        footnote="要点・件名・本文は暗号化して保存します。記録は書き換えられず、訂正は新しい版になります。"
      >
        <Row>
          <ActionButton disabledReason={null} onClick={() => setDetailed(!detailed)}>
            {detailed ? '簡単に書く' : '件名・本文・約束・録音も'}
          </ActionButton>
          <span className="ui-faint">Ctrl＋Enter で記録します</span>
        </Row>
        <RuleNotice partyId={partyId} typed={typed} at={at} />
        <QuickFields partyId={partyId} typed={typed} onChange={setTyped} />
        {detailed && <DetailFields partyId={partyId} typed={typed} onChange={setTyped} correcting={false} />}
        {detailed && <RecordingFields typed={recording} onChange={setRecording} />}
      </FormShell>
    </div>
  )
}

interface RuleNoticeProps {
  partyId: string
  typed: Pick<
    ReturnType<typeof freshContact>,
    'channel' | 'category' | 'direction' | 'personId' | 'receivableId'
  >
  at: string | null
}

/** Says before it is recorded that a contact breaks a rule. */
function RuleNotice({ partyId, typed, at }: RuleNoticeProps) {
  const check = useApi(
    checkContact,
    {
      partyId,
      channel: typed.channel,
      category: typed.category,
      ...(typed.personId ? { personId: typed.personId } : {}),
      ...(at ? { at } : {}),
      receivableId: typed.receivableId ? [typed.receivableId] : [],
    },
    { enabled: typed.direction === 'out' },
  )
  if (typed.direction !== 'out' || check.state !== 'ready') return null
  const { rules, contactWindow } = check.value
  if (rules.length === 0)
    return contactWindow ? <Notice tone="accent" title={`連絡可能な時間帯：${contactWindow}`} /> : null
  return (
    <Notice tone="danger" title="この連絡は規則に反します" live>
      {rules.map(rule => (
        <p key={rule.code}>{rule.sentence}</p>
      ))}
      <p>
        これからする連絡なら、取りやめてください。済んだ連絡なら、そのまま記録してください。コンプライアンスに知らせます。
      </p>
    </Notice>
  )
}
