import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import type { Db } from '../../platform/database/database.ts'
import { companyShape } from './contract.ts'
import { newOneTimePassword } from './passwords.ts'
import { listPeople, recoverAdministrator, resetPassword, unlock } from './recovery.ts'
import { setupCompany } from './setup.ts'
import { oneTimePasswordEnd } from './staff.ts'

/** What the command line hands to these verbs; nothing here reads the terminal, the clock or the environment by itself. */
export interface CliParts {
  db: Db
  keys: SubjectKeys
  now: Date
  /** Who runs the command on the server, as the operating system knows them; stands in the event. */
  operator: string
  say(line: string): void
  /** Asks the terminal; null when there is none. */
  ask: ((question: string) => Promise<string>) | null
}

const person = z.object({ displayName: z.string().trim().min(1).max(100), email: z.email().max(254) })
const setupFile = z.object({ company: companyShape, administrators: z.array(person).min(2).max(10) })
type SetupFile = z.input<typeof setupFile>

const SETUP_USAGE = `usage: daicho setup [--file setup.json]
setup.json: {"company": {"legalName": "株式会社…", "invoiceRegNo": "T…"}, "administrators": [{"displayName": "…", "email": "…"}, {…}]}`

/** `daicho setup [--file FILE]`: company settings and two administrators at once, whose one-time passwords are printed. */
export async function setup(parts: CliParts, args: string[]): Promise<void> {
  const file = setupFileOf(args)
  if (!file && !parts.ask) throw new Error(SETUP_USAGE)
  const given = file ? readSetupFile(file) : await askForSetup(parts.ask!, parts.say)
  const checked = setupFile.safeParse(given)
  if (!checked.success) throw new Error(problemsIn(checked.error, file ?? 'setup'))
  const oneTimeUntil = oneTimePasswordEnd(parts.now)
  const staff = checked.data.administrators.map(administrator => ({
    ...administrator,
    roles: [{ role: 'administrator' as const }],
    password: newOneTimePassword(),
    oneTimeUntil,
  }))
  await setupCompany(parts.db, parts.now, { mode: 'company', company: checked.data.company, staff })
  parts.say(
    `${checked.data.company.legalName} is set up. One-time passwords, shown only now, good until ${local(oneTimeUntil)}:`,
  )
  for (const { email, password } of staff) parts.say(`  ${email}  ${password}`)
  parts.say('Each administrator changes the password and sets up the second factor at the first sign-in,')
  parts.say(
    'then invites the others; every role is asked for by one administrator and approved by the other.',
  )
  parts.say('Next: npm start, and open the address it prints.')
}

/** The file named on the command line; throws the usage on anything else. The caller may ask before it starts a database. */
export function setupFileOf(args: string[]): string | null {
  try {
    return parseArgs({ args, options: { file: { type: 'string' } } }).values.file ?? null
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\n${SETUP_USAGE}`)
  }
}

function readSetupFile(path: string): unknown {
  const text = readFileSync(path, 'utf8')
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`${path} is not JSON: ${error instanceof Error ? error.message : error}\n${SETUP_USAGE}`)
  }
}

function problemsIn(error: z.ZodError, where: string): string {
  const lines = error.issues.map(issue => `${where}: ${issue.path.join('.') || '(top)'}: ${issue.message}`)
  return `${lines.join('\n')}\n${SETUP_USAGE}`
}

/** Asks for one thing at a time and again while the answer is not of the right shape, so that nobody types the rest in vain. */
async function askForSetup(ask: NonNullable<CliParts['ask']>, say: CliParts['say']): Promise<SetupFile> {
  const until = async <T>(question: string, shape: z.ZodType<T>, optional = false): Promise<T> => {
    for (;;) {
      const typed = (await ask(question)).trim()
      const checked = shape.safeParse(optional && typed === '' ? null : typed)
      if (checked.success) return checked.data
      say(`  ${checked.error.issues.map(issue => issue.message).join(' ')}`)
    }
  }
  const { legalName: name, corporateNumber, invoiceRegNo, originatorCode } = companyShape.shape
  const company = {
    legalName: await until('会社名（商号） / company name: ', name),
    corporateNumber: await until('法人番号 13桁 / corporate number (empty: later): ', corporateNumber, true),
    invoiceRegNo: await until('適格請求書登録番号 T… / invoice number (empty: later): ', invoiceRegNo, true),
    originatorCode: await until('委託者コード 10桁 / originator code (empty: later): ', originatorCode, true),
  }
  const administrators = []
  for (const which of ['1人目 / first', '2人目 / second'])
    administrators.push({
      displayName: await until(`管理者 ${which} administrator, 氏名 / name: `, person.shape.displayName),
      email: await until(`管理者 ${which} administrator, メール / e-mail: `, person.shape.email),
    })
  return { company, administrators }
}

const USERS_USAGE = `usage: daicho users list
       daicho users reset-password EMAIL --reason TEXT
       daicho users unlock EMAIL
       daicho users recover-administrator EMAIL [--name NAME] --reason TEXT`

/** Throws what the verbs are when the line names none of them; asked before a database is started for it. */
export function refuseUnknownUsersVerb([verb]: string[]): void {
  if (!['list', 'reset-password', 'unlock', 'recover-administrator'].includes(verb ?? ''))
    throw new Error(USERS_USAGE)
}

/** `daicho users …`: people, lost passwords, blocked accounts, and the way back in when no administrator is left. */
export async function users(parts: CliParts, args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { name: { type: 'string' }, reason: { type: 'string' } },
  })
  const [verb, email] = positionals
  if (verb === 'list') return printPeople(parts)
  if (!verb || !email) throw new Error(USERS_USAGE)
  if (verb === 'unlock') {
    await unlock(parts, email)
    return parts.say(`${email} may try again at once.`)
  }
  const reason = values.reason?.trim() ?? ''
  if (reason.length < 5)
    throw new Error('--reason TEXT is needed (five characters or more): it stands in the audit trail.')
  if (verb === 'reset-password') return printPassword(parts, email, await resetPassword(parts, email, reason))
  if (verb === 'recover-administrator') {
    const password = await recoverAdministrator(parts, {
      email,
      reason,
      ...(values.name ? { name: values.name } : {}),
    })
    printPassword(parts, email, password)
    return parts.say(
      'The second factor is set up anew at the first sign-in. The recovery stands in the audit trail.',
    )
  }
  throw new Error(USERS_USAGE)
}

async function printPeople(parts: CliParts): Promise<void> {
  const people = await listPeople(parts)
  for (const someone of people)
    parts.say(
      [someone.email, someone.name, someone.roles.join(',') || '-', someone.state, someone.secondFactor].join(
        '\t',
      ),
    )
}

function printPassword({ say, now }: CliParts, email: string, password: string): void {
  say(`One-time password, shown only now, good until ${local(oneTimePasswordEnd(now))}:`)
  say(`  ${email}  ${password}`)
}

function local(at: Date): string {
  return `${new Date(at.getTime() + 9 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')} JST`
}
