import { z } from 'zod'
import { query } from '../../platform/http/contract.ts'

/**
 * The only ways to the sign-in library: whatever is not listed here is answered with 404. They are not commands, since they
 * deal in cookies and change no business record; each leaves its own line in the log of sign-ins or the trail.
 */
const password = z.string().min(1).max(200)
const done = z.object({ done: z.literal(true) })

const waitRefusal = {
  sign_in_must_wait: '失敗が続いたため、しばらく受け付けません。時間をおいてからやり直してください。',
}

const newPasswordRefusals = {
  password_must_be_long_enough: 'パスワードは12文字以上にしてください。',
  password_must_not_be_too_long: 'パスワードは128文字以内にしてください。',
  password_must_not_contain_the_address: 'メールアドレスの一部を含むパスワードは使えません。',
  password_must_not_repeat_itself: '同じ文字の繰り返しは使えません。',
}

export const signIn = query({
  name: 'access.signIn',
  method: 'POST',
  path: '/api/auth/sign-in/email',
  summary: 'Signs in with e-mail and password; answers whether the second factor is asked next.',
  permission: 'public',
  sight: null,
  input: z.object({ email: z.string().trim().min(1).max(254), password }),
  output: z.object({ next: z.enum(['work', 'code']) }),
  refusals: {
    ...waitRefusal,
    email_and_password_must_match: 'メールアドレスまたはパスワードが違います。',
  },
})

export const signOut = query({
  name: 'access.signOut',
  method: 'POST',
  path: '/api/auth/sign-out',
  summary: 'Ends this sign-in.',
  permission: 'public',
  sight: null,
  input: z.object({}),
  output: done,
})

const codeRefusals = {
  ...waitRefusal,
  code_must_match: 'コードが違います。認証アプリの最新の6桁を入力してください。',
  code_must_be_fresh: 'このコードは使用済みです。次のコードが表示されるまで待ってください。',
  recovery_code_must_match: 'リカバリーコードが違うか、使用済みです。',
  password_must_come_first: 'ログインをやり直してください。',
}

export const verifyCode = query({
  name: 'access.verifyCode',
  method: 'POST',
  path: '/api/auth/two-factor/verify-totp',
  summary:
    'The six digits of the authenticator app: completes a sign-in, or the set-up of the second factor.',
  permission: 'public',
  sight: null,
  input: z.object({ code: z.string().regex(/^[0-9]{6}$/, '6桁の数字を入力してください。') }),
  output: done,
  refusals: codeRefusals,
})

export const verifyRecoveryCode = query({
  name: 'access.verifyRecoveryCode',
  method: 'POST',
  path: '/api/auth/two-factor/verify-backup-code',
  summary: 'A recovery code instead of the app; each works once.',
  permission: 'public',
  sight: null,
  input: z.object({ code: z.string().trim().min(8).max(40) }),
  output: done,
  refusals: codeRefusals,
})

const passwordRefusals = { ...waitRefusal, password_must_match: '現在のパスワードが違います。' }

export const startSecondFactor = query({
  name: 'access.startSecondFactor',
  method: 'POST',
  path: '/api/auth/two-factor/enable',
  summary:
    'Begins the set-up of the second factor: the key for the app and the recovery codes, shown this once.',
  permission: 'signed-in',
  sight: null,
  input: z.object({ password }),
  output: z.object({ uri: z.string(), key: z.string(), recoveryCodes: z.array(z.string()) }),
  refusals: {
    ...passwordRefusals,
    second_factor_must_not_be_set_up_yet: '二段階認証は設定済みです。解除は管理者に依頼してください。',
  },
})

export const newRecoveryCodes = query({
  name: 'access.newRecoveryCodes',
  method: 'POST',
  path: '/api/auth/two-factor/generate-backup-codes',
  summary: 'New recovery codes; the old ones stop working.',
  permission: 'signed-in',
  sight: null,
  input: z.object({ password }),
  output: z.object({ recoveryCodes: z.array(z.string()) }),
  refusals: { ...passwordRefusals, second_factor_must_be_on: '二段階認証が設定されていません。' },
})

export const changePassword = query({
  name: 'access.changePassword',
  method: 'POST',
  path: '/api/auth/change-password',
  summary: 'Changes the own password; every other sign-in of this person ends.',
  permission: 'signed-in',
  sight: null,
  input: z.object({ currentPassword: password, newPassword: password }),
  output: done,
  refusals: {
    ...passwordRefusals,
    ...newPasswordRefusals,
    password_must_differ: '現在と同じパスワードは使えません。',
  },
})

export const revokeOtherSignIns = query({
  name: 'access.revokeOtherSignIns',
  method: 'POST',
  path: '/api/auth/revoke-other-sessions',
  summary: 'Ends all other sign-ins of this person.',
  permission: 'signed-in',
  sight: null,
  input: z.object({}),
  output: done,
})

export { newPasswordRefusals, waitRefusal }
