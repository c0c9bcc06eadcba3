import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import cookie from '@fastify/cookie'
import fastifyStatic from '@fastify/static'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { authenticate, countOpenTry, mountAuth } from '../business/access/index.ts'
import { isDiskNearlyFull } from '../platform/database/embedded/index.ts'
import { createHttpServer, describeApi, registerRoute } from '../platform/http/server.ts'
import type { Program } from './program.ts'
import { slices } from './slices.ts'

export const VERSION: string = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
).version

const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  // The component library writes its styles at run time.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'self'",
].join('; ')

/** The API reference starts itself by a script in its page; it may load and ask nothing but this server. */
const REFERENCE_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'none'",
].join('; ')

/** The HTTP server over a program: API of all slices, sign-in, health, API description and, when given, the built pages. */
export async function createServer(program: Program, webFolder: string | null): Promise<FastifyInstance> {
  const { config } = program
  const parts = {
    db: program.db,
    executor: program.executor,
    views: program.views,
    clock: program.clock,
    authenticate: (request: FastifyRequest) => authenticate(program, request),
    countTry: (request: FastifyRequest) => countOpenTry(program, request),
    trustProxy: config.trustProxy,
    logLevel: config.logLevel,
    tls: config.tls && { cert: readFileSync(config.tls.certFile), key: readFileSync(config.tls.keyFile) },
    secure: config.tls !== null || (config.publicUrl?.startsWith('https://') ?? false),
  }
  const app = createHttpServer(parts)
  await describeApi(app, VERSION)
  await app.register(cookie)
  await mountAuth(app, program)
  for (const slice of slices) for (const route of slice.routes(program)) registerRoute(app, parts, route)
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  mountHealth(app, program)
  mountDocs(app)
  if (webFolder) await mountWeb(app, webFolder)
  return app
}

function mountHealth(app: FastifyInstance, program: Program): void {
  app.get('/health', { schema: { hide: true } }, async () => ({ status: 'ok' }))
  app.get('/ready', { schema: { hide: true } }, async (_request, reply) => {
    try {
      await program.pool.query('select 1')
      if (await isDiskNearlyFull([program.config.dataDir]))
        return reply.code(503).send({ status: 'unavailable', why: 'disk' })
      return { status: 'ready' }
    } catch (error) {
      program.log('not ready', { error })
      return reply.code(503).send({ status: 'unavailable', why: 'database' })
    }
  })
}

/**
 * The reference of the API. Its library carries pages of five megabytes, so that it is read when somebody opens the reference and not at
 * each start; it answers from a server of its own which listens nowhere.
 */
function mountDocs(app: FastifyInstance): void {
  let opened: Promise<FastifyInstance> | null = null
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    opened ??= openReference()
    const inner = await (await opened).inject({ method: 'GET', url: request.url })
    for (const name of ['content-type', 'location', 'cache-control', 'etag'])
      if (inner.headers[name]) reply.header(name, inner.headers[name])
    reply.header('content-security-policy', REFERENCE_POLICY)
    return reply.code(inner.statusCode).send(inner.rawPayload)
  }
  app.get('/api/docs', { schema: { hide: true } }, answer)
  app.get('/api/docs/*', { schema: { hide: true } }, answer)
}

async function openReference(): Promise<FastifyInstance> {
  const { default: reference } = await import('@scalar/fastify-api-reference')
  const server = fastify()
  await server.register(reference, {
    routePrefix: '/api/docs',
    configuration: {
      url: '/api/openapi.json',
      title: 'Daicho API',
      withDefaultFonts: false,
      telemetry: false,
    },
  })
  await server.ready()
  return server
}

async function mountWeb(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    immutable: true,
    maxAge: '365d',
    index: false,
  })
  app.get('/*', { schema: { hide: true } }, async (request, reply) => {
    const path = request.url.split('?')[0] ?? '/'
    if (path.startsWith('/api/')) return reply.callNotFound()
    const icon = /^\/(favicon\.svg)$/.exec(path)?.[1]
    if (icon && existsSync(join(folder, icon)))
      return reply.type('image/svg+xml').send(createReadStream(join(folder, icon)))
    reply.header('content-security-policy', CONTENT_SECURITY_POLICY)
    reply.header('cache-control', 'no-cache')
    return reply.type('text/html; charset=utf-8').send(createReadStream(join(folder, 'index.html')))
  })
}
