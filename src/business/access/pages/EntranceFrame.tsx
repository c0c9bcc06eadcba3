import type { ReactNode } from 'react'
import './entrance.css'

interface EntranceFrameProps {
  title: string
  /** Name of the company whose book this is. */
  companyName: string | null
  lead?: ReactNode
  children: ReactNode
  /** Stands beside the form on wide screens: demo logins, hints. */
  aside?: ReactNode
}

/** The calm page before the work: sign-in, codes, invitations, first password. */
export function EntranceFrame({ title, companyName, lead, children, aside }: EntranceFrameProps) {
  return (
    <div className={aside ? 'entrance entrance-wide' : 'entrance'}>
      <main className="entrance-card">
        <header className="entrance-head">
          <img src="/favicon.svg" alt="" width={42} height={42} />
          <div>
            <p className="entrance-product">台帳 Daicho</p>
            <p className="entrance-company">{companyName ?? '顧客台帳システム'}</p>
          </div>
        </header>
        <h1>{title}</h1>
        {lead && <div className="entrance-lead">{lead}</div>}
        {children}
      </main>
      {aside}
    </div>
  )
}
