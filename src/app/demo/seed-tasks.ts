import { addDays } from '../../platform/dates/calendar-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { commandNamed } from './command-named.ts'
import type { StaffKey } from './data/demo-types.ts'
import type { Seeding } from './seed.ts'

interface DemoTask {
  key: string
  by: StaffKey
  party: string
  kind: 'document' | 'contact' | 'credit'
  title: string
  note?: string
  /** Days from today: opened so many before, due so many after. */
  openedBefore: number
  dueAfter: number
}

const TASKS: readonly DemoTask[] = [
  {
    key: 'statement',
    by: 'sales',
    party: 'client-03',
    kind: 'document',
    title: '決算書（直近期）の受領',
    note: '税理士の確認待ち。届いたら書類に登録し、審査へ知らせる。',
    openedBefore: 12,
    dueAfter: -2,
  },
  {
    key: 'terms',
    by: 'sales',
    party: 'client-02',
    kind: 'contact',
    title: '支払サイト変更の申し出の確認',
    openedBefore: 1,
    dueAfter: 3,
  },
  {
    key: 'limit',
    by: 'reviewer',
    party: 'client-04',
    kind: 'credit',
    title: '売掛先の増加に伴う枠の見直し',
    openedBefore: 2,
    dueAfter: 6,
  },
]

/** Work with an owner and a day, one of it overdue and one handed over. */
export async function seedTasks(seeding: Seeding): Promise<void> {
  const { today } = seeding.demo
  const open = commandNamed(seeding, 'tasks.open')
  for (const { key, by, party, openedBefore, dueAfter, ...task } of TASKS) {
    const partyId = seeding.parties.get(party)!
    const input = { ...task, partyId, dueOn: addDays(today, dueAfter) }
    const opened: { id: Id } = await seeding
      .on(addDays(today, -openedBefore))
      .run(by, open, input, `task-${key}`)
    if (key === 'terms')
      await seeding.run(
        by,
        commandNamed(seeding, 'tasks.handOver'),
        {
          taskId: opened.id,
          rowVersion: 1,
          toId: seeding.staff.get('operations')!.id,
          reason: '申し出の書面は事務で受け付けるため',
        },
        `task-handed-${key}`,
      )
  }
}
