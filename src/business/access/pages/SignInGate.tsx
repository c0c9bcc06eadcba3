import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { ApiProblem, call } from '../../../platform/http/client.ts'
import { problemOfError } from '../../../platform/web/api.ts'
import type { Session } from '../../../platform/web/session.ts'
import { ErrorState, LoadingState } from '../../../ui/index.ts'
import { type Me, me } from '../contract.ts'
import { NextStepPage } from './NextStepPage.tsx'
import { SignInPage } from './SignInPage.tsx'

const ASK_AGAIN_MS = 60_000
const notSignedIn = (error: unknown) => error instanceof ApiProblem && error.problem.status === 401

/**
 * Shows the program to whoever is signed in, else the sign-in at the same address, so that links work afterwards. When the
 * sign-in runs out in mid-work, the pages stay in the background: after signing in again nothing typed is lost.
 */
export function SignInGate({ children }: { children: (session: Session) => ReactNode }) {
  const queries = useQueryClient()
  const asked = useQuery({
    queryKey: [me.name],
    queryFn: ({ signal }) => askWho(signal),
    refetchInterval: ASK_AGAIN_MS,
    refetchIntervalInBackground: true,
  })
  useAskAgainWhenRefused(() => void asked.refetch())
  const out = asked.data === null
  // Whose pages wait in the background while the sign-in has run out.
  const [known, setKnown] = useState<Known | null>(null)
  if (asked.data && asked.data !== known) setKnown(asked.data)
  // A step stays until the person says it is done: recovery codes are shown only once and must not vanish by themselves.
  const [step, setStep] = useState<Known | null>(null)
  if (asked.data?.nextStep && !step) setStep(asked.data)
  const session = useMemo(() => (known ? sessionOf(known) : null), [known])
  const enter = async () => {
    const before = known?.person.id
    const now = await asked.refetch()
    setStep(now.data?.nextStep ? now.data : null)
    if (before && now.data?.person.id !== before) window.location.assign('/')
    else await queries.invalidateQueries()
  }
  if (asked.isPending) return <LoadingState rows={8} />
  if (out)
    return (
      <>
        {session && !step && (
          <div hidden inert>
            {children(session)}
          </div>
        )}
        <SignInPage onDone={enter} interrupted={session !== null} />
      </>
    )
  if (!known || !session)
    return <ErrorState problem={problemOfError(asked.error)} retry={() => void asked.refetch()} />
  if (step) return <NextStepPage key={step.nextStep} me={step} onDone={enter} />
  return <div>{children(session)}</div>
}

type Known = Omit<Me, 'now'> & { clockAheadMs: number }

const MINUTE_MS = 60_000

/** Who is signed in. The program's clock is told in whole minutes and never as later than it is, so that an unchanged answer stays the same. */
async function askWho(signal: AbortSignal): Promise<Known | null> {
  const facts = await call(me, {}, { signal })
  if (facts === null) return null
  const { now, ...rest } = facts
  const aheadMs = Date.parse(now) - Date.now()
  const clockAheadMs = Math.abs(aheadMs) < MINUTE_MS / 2 ? 0 : Math.floor(aheadMs / MINUTE_MS) * MINUTE_MS
  return { ...rest, clockAheadMs }
}

function sessionOf(facts: Known): Session {
  return {
    personId: facts.person.id,
    name: facts.person.name,
    permissions: new Set(facts.permissions),
    roleLabels: facts.roles.map(role => role.label),
    companyName: facts.companyName,
    mode: facts.mode,
    practice: facts.practice,
    clockAheadMs: facts.clockAheadMs,
  }
}

/** Any answer that says nobody is signed in makes the gate look again at once. */
function useAskAgainWhenRefused(ask: () => void): void {
  const queries = useQueryClient()
  const latest = useRef(ask)
  latest.current = ask
  useEffect(() => {
    const unsubscribeQueries = queries.getQueryCache().subscribe(event => {
      const { queryKey, state } = event.query
      if (event.type === 'updated' && queryKey[0] !== me.name && notSignedIn(state.error)) latest.current()
    })
    const unsubscribeCommands = queries.getMutationCache().subscribe(event => {
      if (event.type === 'updated' && notSignedIn(event.mutation.state.error)) latest.current()
    })
    return () => {
      unsubscribeQueries()
      unsubscribeCommands()
    }
  }, [queries])
}
