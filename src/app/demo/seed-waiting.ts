import { registerAccountCommand } from '../../business/accounts/index.ts'
import { grantLimitCommand } from '../../business/credit/index.ts'
import { judgeDuplicateCommand } from '../../business/receivables/index.ts'
import { addDays } from '../../platform/dates/calendar-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { DemoWaiting } from './data/demo-types.ts'
import type { Seeding } from './seed.ts'
import { filePdf } from './seed-document.ts'

/** What lies with a second person on the first day: a changed account, a higher limit, a suspected double assignment. */
export async function seedWaiting(seeding: Seeding, claims: ReadonlyMap<string, Id>): Promise<void> {
  for (const waiting of seeding.demo.waiting) {
    if (waiting.kind === 'account_change') await askForAccount(seeding, waiting)
    if (waiting.kind === 'limit_raise') await askForLimit(seeding, waiting)
    if (waiting.kind === 'double_assignment') await askForVerdict(seeding, waiting, claims)
  }
}

async function askForAccount(seeding: Seeding, waiting: DemoWaiting): Promise<void> {
  const party = seeding.demo.parties.find(one => one.key === waiting.parties[0])
  if (!party?.account) throw new Error('the demo changes an account that it has not')
  const partyId = seeding.parties.get(party.key)!
  const { bankCode, branchCode, accountType, holderKana, holderName } = party.account
  const evidence = await filePdf(seeding, 'operations', {
    key: `account-change-${party.key}`,
    partyId,
    docKind: 'statement',
    title: '口座変更届と通帳の写し',
    lines: [waiting.text, `口座名義　${holderName}`],
    transactionDate: seeding.demo.today,
    counterparty: party.legalName,
  })
  await seeding.run(
    waiting.requestedBy,
    registerAccountCommand,
    {
      partyId,
      usage: 'payout',
      bankCode,
      branchCode,
      accountType,
      accountNo: '7310428',
      holderKana,
      holderName,
      change: { reasonCode: 'customer_request', reasonText: waiting.text, evidence: [evidence] },
    },
    `waiting-account-${party.key}`,
  )
}

async function askForLimit(seeding: Seeding, waiting: DemoWaiting): Promise<void> {
  const { today, limits } = seeding.demo
  const key = waiting.parties[0]!
  const standing = limits.find(limit => limit.key === `limit-${key}`)
  await seeding.run(
    waiting.requestedBy,
    grantLimitCommand,
    {
      limitKind: 'client',
      subjectId: seeding.parties.get(key),
      term: 'permanent',
      limitYen: Math.ceil(((standing?.limitYen ?? 0) * 1.3) / 1_000_000) * 1_000_000,
      inForceFrom: today,
      inForceTo: addDays(today, 365),
      reviewDueOn: addDays(today, 365),
      assessedOn: today,
      grounds: waiting.text,
      change: { reasonCode: 'review', reasonText: waiting.text },
    },
    `waiting-limit-${key}`,
  )
}

async function askForVerdict(
  seeding: Seeding,
  waiting: DemoWaiting,
  claims: ReadonlyMap<string, Id>,
): Promise<void> {
  const again = seeding.demo.receivables.find(
    claim => claim.sameClaimAs !== null && claim.client === waiting.parties[0],
  )
  const receivableId = again && claims.get(again.key)
  // On some days of the year the client has nothing on the books that it could offer twice.
  if (!receivableId) return
  await seeding.run(
    waiting.requestedBy,
    judgeDuplicateCommand,
    { receivableId, verdict: 'same', change: { reasonCode: 'review', reasonText: waiting.text } },
    `waiting-verdict-${again.key}`,
  )
}
