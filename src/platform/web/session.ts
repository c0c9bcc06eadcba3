import { createContext, use } from 'react'
import type { IsoDate } from '../dates/iso-date.ts'
import { todayInTokyo } from '../dates/today.ts'

/** Who is signed in, as far as every page needs it; the slice that knows sign-in fills it. */
export interface Session {
  personId: string
  name: string
  permissions: ReadonlySet<string>
  roleLabels: readonly string[]
  companyName: string
  mode: 'demo' | 'company'
  /** A company to practise in: said on every screen. */
  practice: boolean
  /** How far the program's clock is ahead of this desk's, in whole minutes. */
  clockAheadMs: number
}

export const SessionContext = createContext<Session | null>(null)

/** The session; throws on pages shown before sign-in. */
export function useSession(): Session {
  const session = use(SessionContext)
  if (!session) throw new Error('this page needs somebody signed in')
  return session
}

/** The time by the program's clock, at the moment of asking. */
export function useNow(): () => Date {
  const { clockAheadMs } = useSession()
  return () => new Date(Date.now() + clockAheadMs)
}

/** The date in Tokyo by the program's clock. */
export function useToday(): IsoDate {
  return todayInTokyo(useNow()())
}

/** Null when this person may do it, else the sentence that says why not: for buttons that are disabled with a reason. */
export function useWhyNot(): (permission: string) => string | null {
  const { permissions } = useSession()
  return permission =>
    permissions.has(permission) ? null : 'この操作の権限がありません。必要な場合は管理者に依頼してください。'
}
