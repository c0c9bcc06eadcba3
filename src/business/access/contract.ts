import { z } from 'zod'
import {
  changeReason,
  command,
  id,
  isoDate,
  listOf,
  pageInput,
  pageOf,
  query,
} from '../../platform/http/contract.ts'
import { companyShape } from './company-shape.ts'
import { roles } from './roles.ts'
import { newPasswordRefusals, waitRefusal } from './sign-in-contract.ts'

export { type ClaimNature, type ClaimType, claimNatures } from './claim-types.ts'
export { type CompanySettings, companyShape, type NewsRule, newsRules } from './company-shape.ts'
export { type KycPurpose, OTHER_PURPOSE } from './kyc-purposes.ts'

const role = z.enum(roles)
const person = z.object({ id, name: z.string() })
const email = z.email('メールアドレスの形で入力してください。').max(254)

const staffRefusals = {
  email_must_be_unique: 'このメールアドレスのユーザーはすでに登録されています。',
  staff_must_still_belong: 'このユーザーは利用を終了しています。',
  own_record_must_be_changed_by_others: '自分自身に対しては行えません。別の管理者に依頼してください。',
}

// —— before and around sign-in ——

export const signInInfo = query({
  name: 'access.signInInfo',
  path: '/api/access/sign-in-info',
  summary: 'What the sign-in page shows: the company and, in the demo only, the logins to try.',
  permission: 'public',
  sight: null,
  input: z.object({}),
  output: z.object({
    mode: z.enum(['demo', 'company']),
    /** A company to practise in, apart from live data. */
    practice: z.boolean(),
    companyName: z.string().nullable(),
    demoLogins: z.array(
      z.object({ email: z.string(), password: z.string(), name: z.string(), roles: z.array(role) }),
    ),
  }),
})

export const me = query({
  name: 'access.me',
  path: '/api/access/me',
  summary:
    'The person signed in, what they may do, and what they still have to set up; null when nobody is signed in.',
  permission: 'public',
  sight: null,
  input: z.object({}),
  output: z
    .object({
      person: person.extend({ email: z.string() }),
      roles: z.array(z.object({ role, label: z.string() })),
      permissions: z.array(z.string()),
      mode: z.enum(['demo', 'company']),
      practice: z.boolean(),
      companyName: z.string(),
      secondFactor: z.enum(['on', 'off']),
      /** The program's time, which the pages go by: a demo's clock may be moved, a desk's clock may be wrong. */
      now: z.string(),
      /** What must be done before the work; the rest of the API refuses with this code until then. */
      nextStep: z.enum(['password_must_be_changed', 'second_factor_must_be_set_up']).nullable(),
    })
    .nullable(),
})
export type Me = NonNullable<z.output<typeof me.output>>

const signInRow = z.object({
  id,
  startedAt: z.string(),
  lastActiveAt: z.string(),
  ip: z.string().nullable(),
  device: z.string(),
  current: z.boolean(),
})

const attemptRow = z.object({
  id,
  at: z.string(),
  person: person.nullable(),
  kind: z.enum(['password', 'code', 'recovery_code']),
  outcome: z.enum(['succeeded', 'code_asked', 'failed', 'blocked', 'left']),
  ip: z.string().nullable(),
  device: z.string(),
})
export type AttemptRow = z.output<typeof attemptRow>

export const mySignIns = query({
  name: 'access.mySignIns',
  path: '/api/access/my-sign-ins',
  summary: 'The own open sign-ins and the last attempts on the own account.',
  permission: 'signed-in',
  sight: null,
  input: z.object({}),
  output: z.object({
    signIns: z.array(signInRow),
    attempts: z.array(attemptRow),
    secondFactor: z.enum(['on', 'off']),
  }),
})

export const revokeOwnSignIn = command({
  name: 'access.revokeOwnSignIn',
  path: '/api/access/my-sign-ins/:signInId/revoke',
  summary: 'Ends one of the own sign-ins, for instance on a lost machine.',
  permission: 'signed-in',
  input: z.object({ signInId: id }),
  output: z.object({ id }),
  refusals: {},
})

export const openInvite = query({
  name: 'access.openInvite',
  method: 'POST',
  path: '/api/access/invite',
  summary: 'Whether an invitation link still works, and whom it is for.',
  permission: 'public',
  sight: null,
  input: z.object({ inviteId: id, token: z.string().length(64) }),
  output: z.object({
    name: z.string(),
    email: z.string(),
    purpose: z.enum(['first_password', 'new_password']),
    companyName: z.string(),
  }),
  refusals: {
    ...waitRefusal,
    invite_must_be_open: 'この招待は使用済みか、期限切れです。管理者に再発行を依頼してください。',
  },
})

export const acceptInvite = command({
  name: 'access.acceptInvite',
  path: '/api/access/invite/accept',
  summary: 'Sets the password with an invitation link; afterwards the link no longer works.',
  permission: 'public',
  input: z.object({ inviteId: id, token: z.string().length(64), password: z.string().min(1).max(200) }),
  output: z.object({ email: z.string() }),
  refusals: { ...openInvite.refusals, ...newPasswordRefusals },
})

// —— people and roles ——

const staffRow = z.object({
  id,
  name: z.string(),
  email: z.string(),
  roles: z.array(role),
  state: z.enum(['invited', 'active', 'ended']),
  secondFactor: z.enum(['on', 'off']),
  endsOn: z.string().nullable(),
  lastSignedInAt: z.string().nullable(),
})
export type StaffRow = z.output<typeof staffRow>

export const listStaff = query({
  name: 'access.listStaff',
  path: '/api/access/staff',
  summary: 'The people of the company with their roles, by name.',
  permission: 'access.readStaff',
  sight: 'list',
  input: z.object({
    ...pageInput,
    text: z.string().trim().max(100).optional(),
    role: role.optional(),
    state: listOf(z.enum(['invited', 'active', 'ended'])),
  }),
  output: pageOf(staffRow),
})

export const staffDetail = query({
  name: 'access.staffDetail',
  path: '/api/access/staff/:staffId',
  summary: 'One person: roles now and before, who granted and approved them, open sign-ins, invitation.',
  permission: 'access.readStaff',
  sight: 'open',
  input: z.object({ staffId: id }),
  output: staffRow.extend({
    rowVersion: z.number().int(),
    registeredAt: z.string(),
    leftAt: z.string().nullable(),
    grants: z.array(
      z.object({
        id,
        role,
        validFrom: z.string(),
        validTo: z.string().nullable(),
        grantedBy: person,
        approvedBy: person.nullable(),
        grantedAt: z.string(),
        revokedAt: z.string().nullable(),
        revokedBy: person.nullable(),
        inForce: z.boolean(),
      }),
    ),
    signIns: z.array(signInRow),
    invite: z
      .object({
        id,
        invitedAt: z.string(),
        expiresAt: z.string(),
        mailState: z.enum(['waiting', 'sent', 'failed', 'link_only']),
        purpose: z.enum(['first_password', 'new_password']),
        mailTries: z.number().int(),
        /** What the mail server answered when the newest try failed, as a code: `EAUTH 535`. */
        mailFault: z.string().nullable(),
        /** When it is tried again; null once it is not. */
        nextMailAt: z.string().nullable(),
      })
      .nullable(),
    /** Roles which may not be added, with the reason. */
    barredRoles: z.array(z.object({ role, sentence: z.string() })),
  }),
})
export type StaffDetail = z.output<typeof staffDetail.output>

export const whatMay = query({
  name: 'access.whatMay',
  path: '/api/access/what-may',
  summary: 'What a role or a person may do, in words, and which role gives it.',
  permission: 'access.readStaff',
  sight: null,
  input: z.object({ role: role.optional(), staffId: id.optional() }),
  output: z.object({
    name: z.string(),
    roles: z.array(role),
    groups: z.array(
      z.object({
        slice: z.string(),
        permissions: z.array(
          z.object({ code: z.string(), label: z.string(), allowed: z.boolean(), givenBy: z.array(role) }),
        ),
      }),
    ),
    incompatible: z.array(z.object({ role, with: role, sentence: z.string() })),
  }),
})

export const inviteStaff = command({
  name: 'access.inviteStaff',
  path: '/api/access/staff/invite',
  summary:
    'Registers a person and invites them by mail, or by a link when no mail is configured. Roles are granted separately.',
  permission: 'access.manageStaff',
  input: z.object({
    displayName: z.string().trim().min(1).max(100),
    email,
    endsOn: isoDate.nullable().default(null),
  }),
  output: z.object({ staffId: id, inviteId: id }),
  refusals: { ...staffRefusals, end_must_not_be_past: '終了日は今日以降にしてください。' },
})

export const renewInvite = command({
  name: 'access.renewInvite',
  path: '/api/access/staff/:staffId/renew-invite',
  summary:
    'A new link for an invitation that was lost or for a forgotten password; earlier links stop working.',
  permission: 'access.manageStaff',
  input: z.object({ staffId: id }),
  output: z.object({ staffId: id, inviteId: id }),
  refusals: staffRefusals,
})

export const showInviteLink = query({
  name: 'access.showInviteLink',
  method: 'POST',
  path: '/api/access/invites/:inviteId/link',
  summary: 'The link of an open invitation, for handing over in person; every look is recorded.',
  permission: 'access.manageStaff',
  sight: 'unmask',
  input: z.object({ inviteId: id }),
  output: z.object({ path: z.string(), expiresAt: z.string() }),
  refusals: {
    ...openInvite.refusals,
    link_must_go_to_the_person:
      '二段階認証を設定していない人の再設定リンクは、なりすましを防ぐため表示できません。メールで送るか、サーバー上で daicho users reset-password を実行してください。',
  },
})

const grantRefusals = {
  ...staffRefusals,
  roles_must_be_compatible: 'この役割は、すでに持っている役割と兼ねられません。',
  role_must_not_be_held: 'この役割はすでに付与されています。',
  contractor_must_have_an_end: '外部委託先には終了日が必要です。',
  end_must_not_be_past: '終了日は今日以降にしてください。',
}

export const grantRole = command({
  name: 'access.grantRole',
  path: '/api/access/staff/:staffId/grant-role',
  summary: 'Gives a role; always waits for a second administrator.',
  permission: 'access.requestGrant',
  critical: 'always',
  input: z.object({
    staffId: id,
    role,
    validTo: isoDate.nullable().default(null),
    change: changeReason,
  }),
  output: z.object({ grantId: id }),
  refusals: grantRefusals,
})

const reasonText = z.string().trim().min(5, '理由を5文字以上で入力してください。').max(2000)

export const revokeRole = command({
  name: 'access.revokeRole',
  path: '/api/access/grants/:grantId/revoke',
  summary: 'Takes a role away at once.',
  permission: 'access.manageStaff',
  input: z.object({ grantId: id, reason: reasonText }),
  output: z.object({ grantId: id }),
  refusals: { ...staffRefusals, grant_must_be_in_force: 'この役割はすでに外されています。' },
})

export const endStaff = command({
  name: 'access.endStaff',
  path: '/api/access/staff/:staffId/end',
  summary: 'Somebody leaves: all roles and sign-ins end at once; the record and everything they did stays.',
  permission: 'access.manageStaff',
  input: z.object({ staffId: id, reason: reasonText }),
  output: z.object({ staffId: id }),
  refusals: staffRefusals,
})

export const resetSecondFactor = command({
  name: 'access.resetSecondFactor',
  path: '/api/access/staff/:staffId/reset-second-factor',
  summary: 'Removes a lost second factor so that it is set up anew; always waits for a second administrator.',
  permission: 'access.requestGrant',
  critical: 'always',
  input: z.object({ staffId: id, change: changeReason }),
  output: z.object({ staffId: id }),
  refusals: { ...staffRefusals, second_factor_must_be_on: 'このユーザーは二段階認証を設定していません。' },
})

export const revokeSignIn = command({
  name: 'access.revokeSignIn',
  path: '/api/access/staff/:staffId/revoke-sign-ins',
  summary: 'Ends one or all open sign-ins of a person at once.',
  permission: 'access.manageStaff',
  input: z.object({ staffId: id, signInId: id.optional(), reason: reasonText }),
  output: z.object({ ended: z.number().int() }),
  refusals: {},
})

export const signInLog = query({
  name: 'access.signInLog',
  path: '/api/access/sign-in-log',
  summary: 'Every attempt to sign in, newest first.',
  permission: 'access.readSignInLog',
  sight: 'list',
  input: z.object({
    ...pageInput,
    staffId: id.optional(),
    outcome: listOf(z.enum(['succeeded', 'code_asked', 'failed', 'blocked', 'left'])),
    from: isoDate.optional(),
    to: isoDate.optional(),
  }),
  output: pageOf(attemptRow),
})

// —— the company ——

export const companySettings = query({
  name: 'access.companySettings',
  path: '/api/access/company',
  summary: 'The settings of the own company in force, and when each version was recorded.',
  permission: 'access.readCompany',
  sight: null,
  input: z.object({}),
  output: z.object({
    version: z.number().int(),
    settings: companyShape,
    versions: z.array(z.object({ version: z.number().int(), recordedBy: person, recordedAt: z.string() })),
  }),
})

export const changeCompanySettings = command({
  name: 'access.changeCompanySettings',
  path: '/api/access/company/change',
  summary:
    'Records a new version of the company settings; a higher export limit or tolerance, wider contact hours, or looser thresholds of identity checks wait for a second administrator.',
  permission: 'access.changeCompany',
  critical: 'sometimes',
  input: z.object({ version: z.number().int(), settings: companyShape, change: changeReason }),
  output: z.object({ version: z.number().int() }),
  refusals: {
    settings_must_differ: '変更された項目がありません。',
    claim_types_must_differ: '債権の種類コードに、同じコードが2つあります。',
    purposes_must_differ: '取引の目的に、同じ名称またはコードが2つあります。',
    corporate_number_must_be_valid: '法人番号の検査用数字が合いません。打ち間違いがないか確認してください。',
    invoice_number_must_match:
      '法人の登録番号は、T と法人番号を並べたものです。法人番号と一致しているか確認してください。',
    money_lender_must_have_an_end: '貸金業登録には有効期限が必要です。',
    company_must_open_before_it_closes: '営業の終了時刻は、開始時刻より後にしてください。',
    contact_hours_must_be_within_the_law:
      '連絡してよい時間帯は、午前8時から午後9時までの間で、開始を終了より前にしてください（貸金業法21条・同施行規則19条に準じます）。',
  },
})
