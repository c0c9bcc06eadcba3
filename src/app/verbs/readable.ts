import { Refusal } from '../../platform/commands/refusal.ts'

/** The verb was called wrongly: nothing was done. */
export class UsageError extends Error {}

/** A refusal becomes a readable sentence with the place in the file. */
export async function readable<T>(
  work: () => Promise<T>,
  refusals: Readonly<Record<string, string>> = {},
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const sentences = error.reasons.map(reason => reason.message ?? refusals[reason.code] ?? reason.code)
    throw new Error(sentences.join('\n'), { cause: error })
  }
}
