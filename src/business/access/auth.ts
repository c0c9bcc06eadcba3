import { betterAuth } from 'better-auth'
import { twoFactor } from 'better-auth/plugins/two-factor'
import type { KyselyPlugin, UnknownRow } from 'kysely'
import type { Clock } from '../../platform/clock.ts'
import type { Config } from '../../platform/config.ts'
import type { MasterKey } from '../../platform/crypto/master-key.ts'
import type { Db } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids/uuid.ts'
import { LONGEST_PASSWORD, newRecoveryCodeList, SHORTEST_PASSWORD } from './passwords.ts'

export const ABSOLUTE_LIMIT_S = 12 * 3600

export interface AuthParts {
  db: Db
  master: MasterKey
  clock: Clock
  config: Pick<Config, 'tls' | 'publicUrl'>
}

/** Cookies travel only over HTTPS when that is how people reach us: own certificate, or a proxy in front. */
export function cookiesAreSecure(config: AuthParts['config']): boolean {
  return config.tls !== null || config.publicUrl?.startsWith('https://') === true
}

/**
 * What the names of our cookies begin with. Over HTTPS browsers take a __Host- cookie from this very host only, for all its paths: no
 * neighbour below the same domain can plant one.
 */
export function cookiePrefix(config: AuthParts['config']): string {
  return cookiesAreSecure(config) ? '__Host-daicho' : 'daicho'
}

export function authSecret(master: MasterKey): string {
  return master.derive('better-auth').toString('base64url')
}

/**
 * Identity: passwords, second factor, sign-ins. Nothing of it is reachable except through `auth-endpoints.ts`; brakes, limits
 * and roles are ours.
 */
export function createAuth({ db, master, clock, config }: AuthParts) {
  return betterAuth({
    appName: '台帳 Daicho',
    // Never used as an address: requests reach the functions directly, and no link leads back here.
    baseURL: 'http://daicho.invalid',
    basePath: '/api/auth',
    secret: authSecret(master),
    database: { db: db.withSchema('auth').withPlugin(datesAsDates), type: 'postgres', transaction: true },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
    },
    user: {
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    session: {
      expiresIn: ABSOLUTE_LIMIT_S,
      disableSessionRefresh: true,
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      additionalFields: {
        startedAt: { type: 'date', required: true, input: false, fieldName: 'started_at' },
        lastActiveAt: { type: 'date', required: true, input: false, fieldName: 'last_active_at' },
      },
    },
    account: {
      fields: {
        userId: 'user_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: { fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' } },
    databaseHooks: {
      session: {
        create: {
          before: async session => ({
            data: { ...session, startedAt: clock.now(), lastActiveAt: clock.now() },
          }),
        },
      },
    },
    plugins: [
      twoFactor({
        issuer: '台帳',
        backupCodeOptions: { customBackupCodesGenerate: newRecoveryCodeList },
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'two_factor',
            fields: {
              userId: 'user_id',
              backupCodes: 'backup_codes',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
    ],
    advanced: {
      cookiePrefix: cookiePrefix(config),
      // The library would begin the names with __Secure-; ours are stricter and say so themselves.
      useSecureCookies: false,
      // Every request comes from our own pages: no other site may send one with the sign-in, not even a link.
      defaultCookieAttributes: { secure: cookiesAreSecure(config), sameSite: 'strict', path: '/' },
      disableOriginCheck: true,
      disableCSRFCheck: true,
      ipAddress: { ipAddressHeaders: ['x-daicho-address'] },
      database: { generateId: () => newId() },
    },
  })
}

export type Auth = ReturnType<typeof createAuth>

/** The pool gives instants as text (platform/database); better-auth compares them as dates. */
const datesAsDates: KyselyPlugin = {
  transformQuery: ({ node }) => node,
  transformResult: async ({ result }) => ({ ...result, rows: result.rows.map(withDates) }),
}

function withDates(row: UnknownRow): UnknownRow {
  const changed = { ...row }
  for (const [column, value] of Object.entries(row))
    if (typeof value === 'string' && (column.endsWith('_at') || column.endsWith('_until')))
      changed[column] = new Date(value)
  return changed
}
