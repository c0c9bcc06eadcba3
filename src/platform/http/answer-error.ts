import { hasZodFastifySchemaValidationErrors } from '@fastify/type-provider-zod'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { issueToReason } from '../commands/executor.ts'
import { Refusal } from '../commands/refusal.ts'
import { isLostConnection, sqlState } from '../database/sql-errors.ts'
import { databaseAway, diskFull, failure, problemOf } from './problems.ts'

const DISK_FULL = '53100'

/** The framework's own refusals, in words for people; the status stays the framework's. */
const FRAMEWORK_MESSAGES: Readonly<Record<string, string>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: '送信された内容がJSONとして読めません。',
  FST_ERR_CTP_EMPTY_JSON_BODY: '送信された内容が空です。',
  FST_ERR_CTP_BODY_TOO_LARGE: '送信された内容が大きすぎます。',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: '内容の種類は application/json にしてください。',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: '送信された内容の長さが一致しません。',
  FST_ERR_BAD_URL: 'アドレスが正しくありません。',
}

/** Words every error as a problem: refusals with their reasons, bad input as 400, our own bugs without any detail. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.type('application/problem+json')
  const refusal = asRefusal(error)
  if (refusal) {
    const body = problemOf(refusal, request.contract ?? null, request.id)
    return reply.code(body.status).serializer(JSON.stringify).send(body)
  }
  const state = sqlState(error)
  if (state === DISK_FULL) {
    request.log.error({ err: error }, 'the disk of the database is full')
    return reply.code(507).serializer(JSON.stringify).send(diskFull(request.id))
  }
  if (isLostConnection(error)) {
    request.log.debug({ err: error }, 'the database is away')
    return reply.code(503).serializer(JSON.stringify).send(databaseAway(request.id))
  }
  const status = statusOf(error)
  if (status < 500) return sendBadRequest(reply, request, status, frameworkMessage(error))
  // Class 22, data exception: a value of the right shape which the database cannot read, such as a forged page mark.
  if (state?.startsWith('22')) {
    request.log.warn({ err: error }, 'the database could not read a value of the request')
    return sendBadRequest(reply, request, 400, '値の形式が正しくありません。')
  }
  request.log.error({ err: error }, 'request failed')
  return reply.code(500).serializer(JSON.stringify).send(failure(request.id))
}

function sendBadRequest(
  reply: FastifyReply,
  request: FastifyRequest,
  status: number,
  message: string,
): FastifyReply {
  const refusal = new Refusal('invalid', [{ code: 'input_must_have_the_right_shape', message }])
  const body = { ...problemOf(refusal, null, request.id), status }
  return reply.code(status).serializer(JSON.stringify).send(body)
}

function frameworkMessage(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return FRAMEWORK_MESSAGES[code] ?? '送信された内容を読めません。'
}

function asRefusal(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error
  if (hasZodFastifySchemaValidationErrors(error)) {
    const reasons = error.validation.map(issue => ({
      code: 'input_must_have_the_right_shape',
      field: issue.instancePath.split('/').filter(Boolean).join('.'),
      message: issue.message ?? '',
    }))
    return new Refusal('invalid', reasons)
  }
  if (error instanceof z.ZodError) return new Refusal('invalid', error.issues.map(issueToReason))
  return null
}

function statusOf(error: unknown): number {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
  return status >= 400 && status < 600 ? status : 500
}

/**
 * An error in the log: where and what kind. The database's words and details quote values of the row, so of those only the
 * state and the names of the schema stay.
 */
export function errorInLog(
  error: Error,
): Record<string, string> & { type: string; message: string; stack: string } {
  const state = sqlState(error)
  const stack = error.stack ?? ''
  if (state === null) return { type: error.name, message: error.message, stack }
  const named: Record<string, string> = {}
  for (const part of ['schema', 'table', 'column', 'constraint', 'routine']) {
    const value: unknown = Reflect.get(error, part)
    if (typeof value === 'string') named[part] = value
  }
  const frames = stack.split('\n').filter(line => line.startsWith('    at '))
  return { ...named, type: error.name, message: `SQLSTATE ${state}`, stack: frames.join('\n') }
}
