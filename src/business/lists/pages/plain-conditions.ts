/** The conditions of a list as they stand on its page. */
export type Conditions = Readonly<Record<string, string | readonly string[] | undefined>>

/** Those that are set. */
export function plainConditions(conditions: Conditions): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(conditions).flatMap(([name, value]) =>
      value === undefined || value.length === 0
        ? []
        : [[name, typeof value === 'string' ? value : [...value]] as const],
    ),
  )
}
