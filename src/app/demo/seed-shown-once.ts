import { registerAccountCommand } from '../../business/accounts/index.ts'
import { receiveRecording } from '../../business/communications/index.ts'
import { FileStore } from '../../business/documents/index.ts'
import { previewLetter } from '../../business/letters/contract.ts'
import { addDays, addMonths } from '../../platform/dates/calendar-date.ts'
import type { QueryContext } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { commandNamed } from './command-named.ts'
import type { StaffKey } from './data/demo-types.ts'
import type { Seeding } from './seed.ts'
import { filePdf } from './seed-document.ts'
import { toneWav } from './tone.ts'

const CHANGED = 'client-05'
const CALLED = 'client-01'
const APPLICANT = 'client-06'

/** One of each thing that would otherwise be an empty page on the first day. */
export async function seedShownOnce(seeding: Seeding): Promise<void> {
  await changedAccount(seeding)
  await virtualAccount(seeding)
  await printedLetter(seeding)
  await sendingToFunders(seeding)
  await recordedCall(seeding)
  await readPaper(seeding)
}

/** A payout account that two people changed, confirmed by a call to a number that was known before. */
async function changedAccount(seeding: Seeding): Promise<void> {
  const party = seeding.demo.parties.find(one => one.key === CHANGED)
  if (!party?.account) throw new Error('the demo changes an account that it has not')
  const partyId = seeding.parties.get(CHANGED)!
  const { bankCode, branchCode, accountType, holderKana, holderName } = party.account
  const evidence = await filePdf(seeding, 'operations', {
    key: `changed-account-${CHANGED}`,
    partyId,
    docKind: 'statement',
    title: '口座変更届と新しい通帳の写し',
    lines: ['取引銀行の支店統合による変更', `口座名義　${holderName}`],
    transactionDate: seeding.demo.today,
    counterparty: party.legalName,
  })
  const account: { id: Id } = await seeding.runByTwo(
    'operations',
    'compliance',
    registerAccountCommand,
    {
      partyId,
      usage: 'payout',
      bankCode,
      branchCode,
      accountType,
      accountNo: '8812345',
      holderKana,
      holderName,
      change: {
        reasonCode: 'customer_request',
        reasonText: '取引銀行の支店統合による変更',
        evidence: [evidence],
      },
    },
    `changed-account-${CHANGED}`,
  )
  const call = {
    accountId: account.id,
    numberOf: 'company',
    calledAt: seeding.program.clock.now().toISOString(),
    result: 'confirmed',
    note: '代表番号へ折り返し、経理のご担当者に変更の届出を確認した。',
  }
  await seeding.run(
    'accounting',
    commandNamed(seeding, 'accounts.recordCallback'),
    call,
    `call-back-${CHANGED}`,
  )
}

/** A number of our own bank that one debtor pays in to. */
async function virtualAccount(seeding: Seeding): Promise<void> {
  const own = seeding.demo.ownAccounts.find(account => account.usage === 'collection')!
  const debtor = seeding.demo.parties.find(party => party.roles.includes('debtor'))!
  const { bankCode, branchCode, accountType, holderKana, holderName } = own
  await seeding.run(
    'accounting',
    registerAccountCommand,
    {
      partyId: seeding.parties.get(debtor.key)!,
      usage: 'virtual',
      bankCode,
      branchCode,
      accountType,
      accountNo: '9000001',
      holderKana,
      holderName,
    },
    'virtual-account',
  )
}

const words = {
  code: 'GREET-1',
  name: '年末年始のご案内',
  kind: 'greeting',
  subject: '年末年始の営業のご案内',
  body: '{宛名} 御中\n\n平素は格別のお引き立てを賜り、厚く御礼申し上げます。\n年末年始は、12月29日から1月3日まで休業いたします。年内のお振込みをご希望の場合は、お早めに請求書をお送りください。\n\n{日付}\n{会社名}\n担当 {作成者}',
  note: '最初の版',
}

/** Words that two people approved, a letter in them, and its print for a window envelope. */
async function printedLetter(seeding: Seeding): Promise<void> {
  const command = (name: string) => commandNamed(seeding, `letters.${name}`)
  const drafted: { id: Id; versionId: Id } = await seeding.run(
    'operations',
    command('newTemplate'),
    words,
    'letter-words',
  )
  await seeding.runByTwo(
    'operations',
    'compliance',
    command('activateWords'),
    {
      versionId: drafted.versionId,
      rowVersion: 1,
      change: { reasonCode: 'review', reasonText: '文面を法務と確認した', evidence: [] },
    },
    'letter-words-in-force',
  )
  const letter = { partyId: seeding.parties.get(CALLED)!, templateId: drafted.id, channel: 'post' }
  const { body } = await seeding.program.reading.ask(asking(seeding, 'sales'), previewLetter, letter)
  const sent: { id: Id } = await seeding.run(
    'sales',
    command('sendLetter'),
    { ...letter, previewHash: body.previewHash },
    'letter',
  )
  await seeding.run('sales', command('printLetters'), { letterIds: [sent.id] }, 'letter-print')
}

/** An application that two funders were asked about: one offers, one declines. */
async function sendingToFunders(seeding: Seeding): Promise<void> {
  const { program, demo } = seeding
  const clientId = seeding.parties.get(APPLICANT)!
  const consent = await filePdf(seeding, 'sales', {
    key: 'funders-consent',
    partyId: clientId,
    docKind: 'consent',
    title: '提携買取会社への情報提供の同意書',
    lines: ['申込書と債権の明細を、提携買取会社へ渡すことに同意します。'],
    transactionDate: demo.today,
  })
  const application = await program.db
    .selectFrom('application')
    .select('id')
    .where('client_id', '=', clientId)
    .where('state', '=', 'in_review')
    .executeTakeFirstOrThrow()
  const take = async (command: string, input: object, step: string) => {
    const { row_version: rowVersion } = await program.db
      .selectFrom('application')
      .select('row_version')
      .where('id', '=', application.id)
      .executeTakeFirstOrThrow()
    const whole = { applicationId: application.id, rowVersion, ...input }
    await seeding.run('sales', commandNamed(seeding, `applications.${command}`), whole, `funders-${step}`)
  }
  const funderIds = ['funder-01', 'funder-02'].map(key => seeding.parties.get(key)!)
  await take(
    'sendToFunders',
    { funderIds, shared: ['application', 'claims'], documentIds: [consent] },
    'sent',
  )
  const sendings = await program.db
    .selectFrom('panel_sending')
    .select(['id', 'funder_id'])
    .where('application_id', '=', application.id)
    .execute()
  const sendingTo = (funderId: Id) => sendings.find(one => one.funder_id === funderId)!.id
  const [offers, declines] = funderIds as [Id, Id]
  const price = { purchasedYen: 560_000, feeYen: 44_800, chargesYen: 5_500, reserveYen: 0 }
  const until = `${addDays(demo.today, 3)}T17:00:00+09:00`
  const offer = {
    sendingId: sendingTo(offers),
    answer: 'approved',
    answeredOn: demo.today,
    expiresAt: until,
    ...price,
  }
  await take('recordFunderAnswer', offer, 'offer')
  const reason = '対象の売掛先の買取枠に空きがないため'
  const no = {
    sendingId: sendingTo(declines),
    answer: 'declined',
    answeredOn: demo.today,
    declineReason: reason,
  }
  await take('recordFunderAnswer', no, 'no')
}

/** A call that was recorded, with the notice that was given. */
async function recordedCall(seeding: Seeding): Promise<void> {
  const { program, demo } = seeding
  const partyId = seeding.parties.get(CALLED)!
  if (await isDone(seeding, 'operations', 'communications.record', 'recorded-call')) return
  const store = new FileStore(program.config.filesDir, program.keys)
  const { body } = await receiveRecording(
    { store, records: program.records },
    asking(seeding, 'operations'),
    { partyId, kind: 'recording', fileName: '通話録音.wav', contentBase64: toneWav().toString('base64') },
  )
  const recording = {
    uploadId: body.uploadId,
    kind: 'recording',
    consentGiven: true,
    consentHow: '通話の初めの自動音声「品質向上のため録音しています」',
    retainUntil: addMonths(demo.today, 7 * 12),
  }
  const call = {
    partyId,
    channel: 'phone',
    direction: 'in',
    occurredAt: program.clock.now().toISOString(),
    durationS: 185,
    category: 'document',
    summary: '新しい通帳の写しが届いたかの確認。届いていることをお伝えした。（録音は体験用の音です）',
    recordings: [recording],
  }
  await seeding.run('operations', commandNamed(seeding, 'communications.record'), call, 'recorded-call')
}

/** A paper whose values a reader outside has proposed, with how sure it is of each. */
async function readPaper(seeding: Seeding): Promise<void> {
  const { demo } = seeding
  const debtor = demo.parties.find(party => party.roles.includes('debtor'))!
  const documentId = await filePdf(seeding, 'operations', {
    key: 'read-by-machine',
    partyId: seeding.parties.get(CALLED)!,
    docKind: 'invoice',
    title: '請求書（読み取り待ち）',
    lines: [`${debtor.legalName}　御中`, `請求日　${demo.today}`, '請求金額　1,320,000円（税込）'],
  })
  const fields = [
    { field: 'transactionDate', value: demo.today, confidencePpm: 991_000 },
    { field: 'amountYen', value: '1320000', confidencePpm: 984_000 },
    { field: 'counterparty', value: debtor.legalName, confidencePpm: 902_000 },
    { field: 'title', value: '請求書 兼 納品書', confidencePpm: 617_000 },
  ]
  const read = { documentId, source: '請求書OCR（体験用）', fields }
  await seeding.run('operations', commandNamed(seeding, 'documents.proposeReadings'), read, 'readings')
}

function asking({ program, staff, demo }: Seeding, by: StaffKey): QueryContext {
  const actor = staff.get(by)
  if (!actor) throw new Error(`the demo has no ${by}`)
  return { db: program.db, actor, now: program.clock.now(), today: demo.today, requestId: 'demo' }
}

/** An upload has no key of its own: it is not sent again for a command that has run. */
async function isDone(
  { program, staff }: Seeding,
  by: StaffKey,
  command: string,
  key: string,
): Promise<boolean> {
  const run = await program.db
    .selectFrom('command_run')
    .select('key')
    .where('actor_id', '=', staff.get(by)!.id)
    .where('command', '=', command)
    .where('key', '=', `demo-${key}`)
    .executeTakeFirst()
  return run !== undefined
}
