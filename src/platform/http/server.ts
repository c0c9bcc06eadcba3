import { randomUUID } from 'node:crypto'
import swagger from '@fastify/swagger'
import { createJsonSchemaTransform, serializerCompiler, validatorCompiler } from '@fastify/type-provider-zod'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { type Actor, permit } from '../commands/actor.ts'
import type { Executor } from '../commands/executor.ts'
import { recordsNamedIn } from '../commands/named-in-input.ts'
import { Refusal } from '../commands/refusal.ts'
import type { Db } from '../database/database.ts'
import { todayInTokyo } from '../dates/today.ts'
import type { Json } from '../trail/canonical.ts'
import { recordEvents } from '../trail/record-event.ts'
import type { ViewRecorder } from '../trail/record-view.ts'
import { answerError, errorInLog } from './answer-error.ts'
import {
  type Contract,
  pathFields,
  pendingAnswer,
  problem as problemShape,
  ruleSentence,
} from './contract.ts'
import { notSignedIn, problemOf } from './problems.ts'
import type { FileAnswer, QueryContext, Route, Seen } from './route.ts'
import { refuseUnstorable } from './text-check.ts'

export interface HttpParts {
  db: Db
  executor: Executor
  views: ViewRecorder
  clock: Clock
  /** Who sends this request, or null; given by the slice that knows sign-in. */
  authenticate(request: FastifyRequest): Promise<Actor | null>
  /**
   * Counts a try at one of the doors that stand open to everybody, or refuses it for a while; the returned function takes a good try back.
   * Without it whoever knows the address could fill the trail with refused attempts.
   */
  countTry(request: FastifyRequest): Promise<() => Promise<void>>
  trustProxy: boolean | string
  logLevel: string
  /** Own certificate; without one the server speaks plain HTTP, on the loopback address or behind a trusted proxy only. */
  tls?: { cert: Buffer; key: Buffer } | null
  /** People reach this server by HTTPS, its own or a proxy's: browsers are told to insist on it. */
  secure: boolean
}

const BODY_LIMIT = 2 * 1024 * 1024
const LONGEST_KEY = 200
/** Long enough for the largest file over a slow line; whoever sends a byte now and then does not hold a connection for ever. */
const REQUEST_TIMEOUT_MS = 5 * 60_000
const NOTHING_RUNS = "default-src 'none'; frame-ancestors 'none'"
const OWN_REQUEST_HEADER = 'x-daicho-request'

/** A server which knows contracts: it checks shapes, sign-in, permission and origin, records sights, and words refusals. */
export function createHttpServer(parts: HttpParts): FastifyInstance {
  const app = Fastify({
    logger: {
      level: parts.logLevel,
      redact: ['req.headers', 'req.query'],
      serializers: { req: requestLine, err: errorInLog },
    },
    genReqId: () => randomUUID(),
    trustProxy: parts.trustProxy,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: true,
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
    ...(parts.tls ? { https: parts.tls } : {}),
  }) as unknown as FastifyInstance
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply))
  app.setNotFoundHandler((request, reply) => {
    reply.code(404).type('application/problem+json')
    return problemOf(new Refusal('missing', [{ code: 'record_must_exist' }]), null, request.id)
  })
  app.addHook('preValidation', async request => {
    for (const part of [request.params, request.query, request.body]) refuseUnstorable(part)
  })
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-content-type-options', 'nosniff')
    reply.header('referrer-policy', 'same-origin')
    reply.header('x-frame-options', 'DENY')
    reply.header('cross-origin-opener-policy', 'same-origin')
    if (parts.secure) reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains')
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    // Pages and files say their own; an answer of the API is nothing a browser should ever run or frame.
    if (request.url.startsWith('/api/') && !reply.hasHeader('content-security-policy'))
      reply.header('content-security-policy', NOTHING_RUNS)
  })
  return app
}

export async function describeApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Daicho API',
        version,
        description:
          'The HTTP API of the customer ledger. The web pages use nothing else. Commands take an Idempotency-Key header; ' +
          'a command that needs a second person answers 202 with the change request.',
      },
    },
    transform: createJsonSchemaTransform({ skipList: [] }),
  })
}

/** Registers one contract with its implementation. */
export function registerRoute(app: FastifyInstance, parts: HttpParts, route: Route): void {
  const { contract } = route
  app.route({
    method: contract.method,
    url: contract.path,
    schema: schemaOf(contract) as never,
    ...(contract.bodyLimit ? { bodyLimit: contract.bodyLimit } : {}),
    // Before the body is read: nobody makes us hold and parse a large file without being allowed to send one.
    onRequest: async request => {
      request.contract = contract
      const actor = await actorOf(parts, contract, request)
      const early = contract.kind === 'query' || contract.bodyLimit !== undefined
      if (early && !OPEN.includes(contract.permission)) await permitEarly(parts, contract, actor, request)
    },
    handler: async (request, reply) => {
      const actor = await actorOf(parts, contract, request)
      const input = inputOf(contract, request)
      const answer = () =>
        route.kind === 'command'
          ? answerCommand(parts, route, actor, input, request, reply)
          : answerSight(parts, route, actor, input, request, reply)
      if (contract.permission !== 'public' || contract.method === 'GET') return answer()
      const takeBack = await parts.countTry(request)
      const answered = await answer()
      await takeBack()
      return answered
    },
  })
}

const OPEN = ['public', 'signed-in']

async function actorOf(parts: HttpParts, contract: Contract, request: FastifyRequest): Promise<Actor> {
  const actor = await parts.authenticate(request)
  if (contract.method !== 'GET') refuseForeignOrigin(request)
  if (contract.permission === 'public') return actor ?? { ...NOBODY, ip: request.ip }
  if (!actor) throw notSignedIn()
  return actor
}

const NOBODY: Actor = {
  id: '00000000-0000-0000-0000-000000000000',
  kind: 'system',
  name: '',
  roles: [],
  permissions: new Set(['public']),
  reach: 'assigned',
  ip: null,
}

/** A forbidden look, or a large body sent without leave, is recorded too, so that trying doors leaves a trace. */
async function permitEarly(
  parts: HttpParts,
  contract: Contract,
  actor: Actor,
  request: FastifyRequest,
): Promise<void> {
  try {
    permit(actor, contract.permission)
  } catch (error) {
    await recordRefusedLook(parts, contract, actor, request, ['permission_must_be_held'], {
      permission: contract.permission,
    })
    throw error
  }
}

/**
 * A refused look as an event. `input` names the records that were asked for, so that their histories show who tried; what else was typed is
 * not kept.
 */
async function recordRefusedLook(
  { db, clock }: HttpParts,
  contract: Contract,
  actor: Actor,
  request: FastifyRequest,
  codes: readonly string[],
  facts: { [fact: string]: Json },
  input: Json = null,
): Promise<void> {
  await recordEvents(db, clock.now(), [
    {
      verb: 'attempt_refused',
      actorId: actor.id,
      actors: { by: actor.id, kind: actor.kind, roles: [...actor.roles] },
      requestId: request.id,
      ip: actor.ip,
      subjects: recordsNamedIn(input),
      facts: {
        [contract.kind]: contract.name,
        ...facts,
        rules: codes.map(code => ruleSentence(contract, code)),
      },
    },
  ])
}

/** What was forbidden, and, for people who reach only some records, what was not there for them: they may be trying numbers. */
function leavesTrace(error: unknown, actor: Actor): error is Refusal {
  if (!(error instanceof Refusal) || actor.kind !== 'person') return false
  return error.kind === 'forbidden' || (error.kind === 'missing' && actor.reach === 'assigned')
}

/**
 * Only our own pages send this header, and other sites cannot set it without our leave; the cookie alone does nothing. Browsers that do not
 * say from which site a request comes name at least its origin.
 */
export function refuseForeignOrigin(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site']
  const { origin } = request.headers
  const sameSite =
    site === undefined
      ? origin === undefined || hostIn(origin) === request.host
      : site === 'same-origin' || site === 'none'
  if (!sameSite || request.headers[OWN_REQUEST_HEADER] === undefined)
    throw new Refusal('forbidden', [{ code: 'request_must_come_from_this_site' }])
}

function hostIn(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null
}

async function answerCommand(
  parts: HttpParts,
  route: Extract<Route, { kind: 'command' }>,
  actor: Actor,
  input: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const key = idempotencyKeyOf(request)
  const dryRun = headerOf(request, 'x-dry-run') === 'true'
  const answer = await parts.executor.execute(route.command, actor, input, {
    key,
    requestId: request.id,
    dryRun,
  })
  reply.code(answer.status)
  if (answer.replayed) reply.header('idempotency-replayed', 'true')
  return answer.body
}

async function answerSight(
  parts: HttpParts,
  route: Extract<Route, { kind: 'query' }>,
  actor: Actor,
  input: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const now = parts.clock.now()
  const context: QueryContext = { db: parts.db, actor, now, today: todayInTokyo(now), requestId: request.id }
  const answer = await route.answer(context, input as never).catch(async (error: unknown) => {
    if (leavesTrace(error, actor)) {
      const codes = error.reasons.map(reason => reason.code)
      await recordRefusedLook(parts, route.contract, actor, request, codes, { codes }, input as Json)
    }
    throw error
  })
  if (route.contract.sight) {
    await parts.views.record({
      actorId: actor.id,
      ip: actor.ip,
      requestId: request.id,
      kind: route.contract.sight,
      query: { name: route.contract.name, input: (loggedQuery(answer) ?? input) as Json },
      seen: answer.seen,
      ...reasonIn(input),
    })
  }
  return 'file' in answer ? sendFile(answer, reply) : answer.body
}

/** An unmasking or export states its reason; it stands in the view record by itself. */
function reasonIn(input: unknown): { reason?: string } {
  const given = typeof input === 'object' && input !== null && 'reason' in input ? input.reason : undefined
  return typeof given === 'string' ? { reason: given } : {}
}

function loggedQuery(answer: Seen<unknown> | FileAnswer): Record<string, string> | undefined {
  return 'loggedQuery' in answer ? answer.loggedQuery : undefined
}

function sendFile({ file }: FileAnswer, reply: FastifyReply): FastifyReply {
  const name = encodeURIComponent(file.name)
  // A file from outside is never run by the browser in our origin: it is downloaded, or shown in a sandbox.
  reply.header('content-security-policy', "sandbox; default-src 'none'")
  reply.header('content-disposition', `${file.inline ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`)
  return reply.type(file.mime).send(file.content)
}

function inputOf(contract: Contract, request: FastifyRequest): unknown {
  const rest = contract.method === 'GET' ? request.query : request.body
  return { ...(rest as object | null), ...(request.params as object) }
}

function schemaOf(contract: Contract): Record<string, unknown> {
  const inPath = pathFields(contract.path)
  const params = pickFields(contract.input, name => inPath.includes(name))
  const rest = pickFields(contract.input, name => !inPath.includes(name))
  const answers: Record<number, unknown> =
    contract.sight === 'download' || contract.sight === 'export' ? {} : { 200: contract.output }
  if (contract.critical) answers[202] = pendingAnswer
  for (const status of [400, 401, 403, 404, 409]) answers[status] = problemShape
  return {
    operationId: contract.name,
    summary: contract.summary,
    description: `Permission: ${contract.permission}.${refusalList(contract)}`,
    tags: [contract.name.split('.')[0]],
    ...(inPath.length ? { params } : {}),
    ...(contract.method === 'GET' ? { querystring: rest } : { body: rest }),
    response: answers,
  }
}

function refusalList({ refusals }: Contract): string {
  const codes = Object.keys(refusals)
  return codes.length ? ` Refusals: ${codes.join(', ')}.` : ''
}

function pickFields(shape: z.ZodObject, wanted: (name: string) => boolean): z.ZodObject {
  return z.object(Object.fromEntries(Object.entries(shape.shape).filter(([name]) => wanted(name))))
}

/** The sender's key; a key we cannot keep is refused, since ignoring it would let a repeated request happen twice. */
function idempotencyKeyOf(request: FastifyRequest): string {
  const key = headerOf(request, 'idempotency-key')
  if (key === undefined) return request.id
  if (key.trim() === '' || key.length > LONGEST_KEY)
    throw new Refusal('invalid', [
      {
        code: 'input_must_have_the_right_shape',
        field: 'Idempotency-Key',
        message: `Idempotency-Key は1文字以上${LONGEST_KEY}文字以内にしてください。`,
      },
    ])
  return key
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name]
  return typeof value === 'string' ? value : undefined
}

/** No query string in the log: it may hold names people searched for. */
function requestLine(request: FastifyRequest): { method: string; path: string } {
  return { method: request.method, path: request.url?.split('?')[0] ?? '' }
}

declare module 'fastify' {
  interface FastifyRequest {
    contract?: Contract
  }
}
