import { randomInt } from 'node:crypto'

export const SHORTEST_PASSWORD = 12
export const LONGEST_PASSWORD = 128

/** Letters and digits which nobody mixes up when reading aloud or from paper. */
const READABLE = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A one-time password of 20 readable characters in groups of five (about 99 bits). */
export function newOneTimePassword(): string {
  return readableGroups(4)
}

/** Ten recovery codes of 10 readable characters (about 49 bits each, behind the brake). */
export function newRecoveryCodeList(): string[] {
  return Array.from({ length: 10 }, () => readableGroups(2))
}

function readableGroups(groups: number): string {
  const pick = () => READABLE[randomInt(READABLE.length)]!
  return Array.from({ length: groups }, () => Array.from({ length: 5 }, pick).join('')).join('-')
}

/** A recovery code as it was given out, however it was typed: width, capitals, spaces, missing hyphen. */
export function plainRecoveryCode(typed: string): string {
  const letters = typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
  return letters.match(/.{1,5}/g)?.join('-') ?? ''
}

/**
 * Why a password is refused, as a refusal code; null when it is good enough. Length decides (NIST SP 800-63B §5.1.1.2): no rules
 * about kinds of characters, but no password which the person's own address or one repeated character gives away.
 */
export function weaknessOfPassword(password: string, person: { email: string }): string | null {
  if ([...password].length < SHORTEST_PASSWORD) return 'password_must_be_long_enough'
  if (password.length > LONGEST_PASSWORD) return 'password_must_not_be_too_long'
  const simple = password.toLowerCase()
  const localPart = person.email.split('@')[0]?.toLowerCase() ?? ''
  if (localPart.length >= 4 && simple.includes(localPart)) return 'password_must_not_contain_the_address'
  if (new Set(simple).size < 5) return 'password_must_not_repeat_itself'
  return null
}
