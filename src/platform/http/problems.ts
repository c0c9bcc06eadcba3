import { Refusal, type RefusalKind } from '../commands/refusal.ts'
import { type Contract, type Problem, ruleSentence } from './contract.ts'

const STATUS: Record<RefusalKind, number> = { invalid: 400, forbidden: 403, missing: 404, conflict: 409 }
const TITLE: Record<RefusalKind, string> = {
  invalid: '入力内容を確認してください',
  forbidden: 'この操作はできません',
  missing: '見つかりません',
  conflict: '規則により実行できません',
}

/** A refusal as an RFC 9457 problem: all reasons at once, each with the sentence its contract gives. */
export function problemOf(
  refusal: Refusal,
  contract: Pick<Contract, 'refusals'> | null,
  requestId: string,
): Problem {
  const unsigned = refusal.reasons.some(reason => reason.code === 'sign_in_must_be_done')
  const status = unsigned ? 401 : STATUS[refusal.kind]
  const reasons = refusal.reasons.map(reason => ({
    code: reason.code,
    message: reason.message ?? ruleSentence(contract, reason.code),
    ...(reason.field ? { field: reason.field } : {}),
    ...(reason.facts ? { facts: reason.facts } : {}),
  }))
  return {
    type: `urn:daicho:refusal:${refusal.reasons[0]?.code ?? refusal.kind}`,
    title: TITLE[refusal.kind],
    status,
    detail: reasons.map(reason => reason.message).join(' '),
    requestId,
    reasons,
  }
}

/** Our bug: no details leave, the log has them under the request id. */
export function failure(requestId: string): Problem {
  return {
    type: 'urn:daicho:failure',
    title: '内部エラー',
    status: 500,
    detail:
      '処理できませんでした。時間をおいてやり直し、続く場合は受付番号を添えて管理者に連絡してください。',
    requestId,
    reasons: [],
  }
}

/** The disk of the database is full: nothing was written, reading goes on. */
export function diskFull(requestId: string): Problem {
  return {
    type: 'urn:daicho:disk-full',
    title: '保存できませんでした',
    status: 507,
    detail:
      'サーバーのディスクに空きがないため保存できませんでした。閲覧はできます。管理者に連絡してください。',
    requestId,
    reasons: [],
  }
}

/** The database is not reached: whether a change under way has happened is not known. */
export function databaseAway(requestId: string): Problem {
  return {
    type: 'urn:daicho:database-away',
    title: 'データベースに接続できません',
    status: 503,
    detail:
      'データベースに接続できません。自動で再接続します。少し待ってから画面を開き直し、登録などの途中だった場合は結果を確認してください。続く場合は管理者に連絡してください。',
    requestId,
    reasons: [],
  }
}

export function problem(status: number, code: string, message: string, requestId: string): Problem {
  return {
    type: `urn:daicho:refusal:${code}`,
    title: message,
    status,
    detail: message,
    requestId,
    reasons: [{ code, message }],
  }
}

export function notSignedIn(): Refusal {
  return new Refusal('forbidden', [{ code: 'sign_in_must_be_done' }])
}
