import type { SubjectKeys } from '../../../platform/crypto/subject-keys.ts'
import type { Db } from '../../../platform/database/database.ts'
import type { Recipient } from '../compose.ts'

/** To whom a letter is addressed, as it was previewed; null for letters recorded before that was kept, and after disposal. */
export async function recipientOf(
  keys: SubjectKeys,
  db: Db,
  { recipient_sealed }: { recipient_sealed: string | null },
): Promise<Recipient | null> {
  const opened = recipient_sealed === null ? null : await keys.open(db, recipient_sealed)
  return opened === null ? null : JSON.parse(opened)
}
