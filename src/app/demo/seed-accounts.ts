import {
  answerDepositTestCommand,
  registerAccountCommand,
  sendDepositTestCommand,
  verifyAccountCommand,
} from '../../business/accounts/index.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { DemoParty } from './data/demo-types.ts'
import type { Seeding } from './seed.ts'
import { filePdf } from './seed-document.ts'
import { inParallel } from './seed-parties.ts'

const AT_ONCE = 10
/** What the small deposit was; the client said it back rightly. */
const TEST_YEN = 137

type DemoAccount = NonNullable<DemoParty['account']>

/** Our own accounts, and the accounts clients are paid to; those checked long ago carry two people's word. Answers ours by use. */
export async function seedAccounts(seeding: Seeding): Promise<Map<'payout' | 'collection', Id>> {
  const own = new Map<'payout' | 'collection', Id>()
  for (const { usage, bankCode, branchCode, accountType, accountNo, holderKana, holderName } of seeding.demo
    .ownAccounts) {
    const input = {
      partyId: null,
      usage: usage === 'payout' ? 'remit_from' : usage,
      bankCode,
      branchCode,
      accountType,
      accountNo,
      holderKana,
      holderName,
    }
    const registered: { id: Id } = await seeding.run(
      'accounting',
      registerAccountCommand,
      input,
      `own-account-${usage}`,
    )
    own.set(usage, registered.id)
  }
  await inParallel(seeding.demo.parties, AT_ONCE, async party => {
    if (party.account)
      await seedAccount(seeding.on(party.account.verifiedOn ?? seeding.demo.today), party, party.account)
  })
  return own
}

async function seedAccount(seeding: Seeding, party: DemoParty, account: DemoAccount): Promise<void> {
  const { bankCode, branchCode, accountType, accountNo, holderKana, holderName } = account
  const partyId = seeding.parties.get(party.key)!
  const registered: { id: Id } = await seeding.run(
    'operations',
    registerAccountCommand,
    { partyId, usage: 'payout', bankCode, branchCode, accountType, accountNo, holderKana, holderName },
    `account-${party.key}`,
  )
  if (account.verification === null || account.verifiedOn === null) return
  const evidence =
    account.verification === 'document'
      ? [await passbook(seeding, party, account)]
      : await depositTest(seeding, party, registered.id, account.verifiedOn)
  await seeding.runByTwo(
    'operations',
    'compliance',
    verifyAccountCommand,
    {
      accountId: registered.id,
      method: account.verification,
      result: 'confirmed',
      verifiedOn: account.verifiedOn,
      change: {
        reasonCode: 'review',
        reasonText:
          account.verification === 'document' ? '通帳の写しで名義と番号を確認' : '小額入金テストの回答が一致',
        evidence,
      },
    },
    `verify-account-${party.key}`,
  )
}

function passbook(seeding: Seeding, party: DemoParty, account: DemoAccount): Promise<Id> {
  return filePdf(seeding, 'operations', {
    key: `passbook-${party.key}`,
    partyId: seeding.parties.get(party.key)!,
    docKind: 'statement',
    title: '通帳の写し',
    lines: [
      `${account.bankName}　${account.branchName}`,
      `${account.accountType === '2' ? '当座' : '普通'}　${account.accountNo}`,
      `口座名義　${account.holderName}`,
    ],
    transactionDate: account.verifiedOn ?? seeding.demo.today,
    counterparty: party.legalName,
  })
}

async function depositTest(
  seeding: Seeding,
  party: DemoParty,
  accountId: Id,
  verifiedOn: string,
): Promise<Id[]> {
  const sent = { accountId, sentYen: TEST_YEN, sentOn: verifiedOn }
  await seeding.run('operations', sendDepositTestCommand, sent, `deposit-test-${party.key}`)
  const answer = { accountId, answeredYen: TEST_YEN, answeredOn: verifiedOn }
  await seeding.run('operations', answerDepositTestCommand, answer, `deposit-test-answer-${party.key}`)
  return []
}
