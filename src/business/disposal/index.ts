import { every, inTurn } from '../../platform/every.ts'
import { answerQuery, runCommand } from '../../platform/http/route.ts'
import type { Services, Slice } from '../../platform/slice.ts'
import { propose } from './commands.ts'
import { judgeDisposal, listDisposalDue, listDisposals } from './contract.ts'
import { findNextDue } from './find-due.ts'
import { finishDisposals, forgetDestroyedKeys } from './finish.ts'
import { judgeOne, listDone, listDue } from './queries.ts'
import './tables.ts'

const MINUTE_MS = 60_000
const FINISH_EVERY_MS = 3_000
const commands = [propose]

/** 廃棄: what is past its retention is destroyed by two people and leaves a certificate. */
export const disposal: Slice = {
  name: 'disposal',
  permissions: [
    {
      code: 'disposal.read',
      label: '廃棄の対象と記録を見る',
      roles: ['reviewer', 'approver', 'compliance', 'manager', 'auditor'],
    },
    { code: 'disposal.propose', label: '廃棄を申請する', roles: ['compliance', 'manager'] },
    { code: 'disposal.approve', label: '廃棄を承認する', roles: ['compliance', 'manager'] },
  ],
  commands,
  records: [
    {
      kind: 'disposal',
      read: 'disposal.read',
      find: async ({ db }, id) => {
        const row = await db
          .selectFrom('disposal')
          .select(['id', 'seen_no'])
          .where('id', '=', id)
          .executeTakeFirst()
        return row ? { dataSubjectId: row.id, seenNo: row.seen_no, closed: '実行済みの廃棄です。' } : null
      },
    },
  ],
  routes: () => [
    answerQuery(listDisposalDue, listDue),
    answerQuery(judgeDisposal, judgeOne),
    answerQuery(listDisposals, listDone),
    ...commands.map(runCommand),
  ],
  start: async services => startDisposal(services),
}

async function startDisposal(services: Services): Promise<() => Promise<void>> {
  const { db, clock, log } = services
  let stopping = false
  const stops = [
    every(
      FINISH_EVERY_MS,
      async () => {
        await finishDisposals(services)
        await forgetDestroyedKeys(services)
      },
      error => log('finishing disposals failed, will try again', { error }),
    ),
    every(
      MINUTE_MS,
      async () => {
        // Some thousand records a turn, so that other heavy work comes in between.
        while (!stopping && (await inTurn(() => findNextDue(db, clock.now()))));
      },
      error => log('looking for what is past its retention failed, will try again', { error }),
    ),
  ]
  return async () => {
    stopping = true
    await Promise.all(stops.map(stop => stop()))
  }
}
