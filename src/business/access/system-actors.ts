import type { Actor } from '../../platform/commands/actor.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Permission } from '../../platform/slice.ts'

/** Parts of the program which act in their own name. They may ask for critical changes; approvals refuse them as checkers. */
export const systemActors = {
  schedule: { id: '00000000-0000-7000-8000-000000000001', name: '定期処理' },
  import: { id: '00000000-0000-7000-8000-000000000002', name: '取り込み' },
  commandLine: { id: '00000000-0000-7000-8000-000000000003', name: 'コマンドライン' },
  setup: { id: '00000000-0000-7000-8000-000000000004', name: '初期設定' },
  demo: { id: '00000000-0000-7000-8000-000000000005', name: '体験版データ' },
} as const satisfies Record<string, { id: Id; name: string }>

export type SystemActorName = keyof typeof systemActors

const NOBODY_ID = '00000000-0000-0000-0000-000000000000'

/** Names of system actors by id, and of requests from people who have not signed in. */
export const systemNames: ReadonlyMap<Id, string> = new Map<Id, string>([
  [NOBODY_ID, 'ログイン前'],
  ...Object.values(systemActors).map(({ id, name }): [Id, string] => [id, name]),
])

/** A named part of the program as an actor: it holds every permission but may never decide a change request. */
export function systemActor(name: SystemActorName, permissions: readonly Permission[]): Actor {
  const { id, name: shown } = systemActors[name]
  const codes = permissions.map(permission => permission.code).filter(code => code !== 'approvals.decide')
  return {
    id,
    kind: 'system',
    name: shown,
    roles: [],
    permissions: new Set([...codes, 'signed-in', 'public']),
    reach: 'all',
    ip: null,
  }
}

/** The system actor with this id, or null when it is a person's. */
export function systemActorById(id: Id, permissions: readonly Permission[]): Actor | null {
  const entry = Object.entries(systemActors).find(([, actor]) => actor.id === id)
  return entry ? systemActor(entry[0] as SystemActorName, permissions) : null
}
