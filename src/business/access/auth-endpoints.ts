import type { FastifyInstance } from 'fastify'
import type { Contract } from '../../platform/http/contract.ts'
import { notSignedIn } from '../../platform/http/problems.ts'
import { refuseForeignOrigin } from '../../platform/http/server.ts'
import type { Services } from '../../platform/slice.ts'
import { createAuth } from './auth.ts'
import { ownPasswordDoors } from './own-password.ts'
import { secondFactorDoors } from './second-factor.ts'
import { type Door, type DoorContext, originOf } from './sign-in-door.ts'
import { passwordDoors } from './sign-in-with-password.ts'
import { openSignIn } from './sign-ins.ts'

/** Every door to the sign-in library, in one list, so that a test can walk it. */
const doors: readonly Door[] = [...passwordDoors, ...secondFactorDoors, ...ownPasswordDoors]

export const authContracts: readonly Contract[] = doors.map(door => door.contract)

/** Opens the doors under /api/auth; everything else below it is 404, since nothing is mounted there. */
export async function mountAuth(app: FastifyInstance, services: Services): Promise<void> {
  const auth = createAuth(services)
  for (const door of doors) mountDoor(app, { services, auth }, door)
}

function mountDoor(
  app: FastifyInstance,
  parts: Pick<DoorContext, 'services' | 'auth'>,
  { contract, open }: Door,
): void {
  app.route({
    method: contract.method,
    url: contract.path,
    schema: {
      operationId: contract.name,
      summary: contract.summary,
      description: `Permission: ${contract.permission}. Refusals: ${Object.keys(contract.refusals).join(', ')}.`,
      tags: ['access'],
      body: contract.input,
      response: { 200: contract.output },
    } as never,
    handler: async (request, reply) => {
      request.contract = contract
      refuseForeignOrigin(request)
      const signIn = await openSignIn(parts.services, request)
      if (contract.permission === 'signed-in' && !signIn) throw notSignedIn()
      const now = parts.services.clock.now()
      return open({ ...parts, request, reply, signIn, now, origin: originOf(request) }, request.body as never)
    },
  })
}
