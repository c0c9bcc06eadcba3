/** What holds of every field of the credit file, unless it says otherwise. */
export const own = { personal: 'none', retention: 'relation_end_7y', columns: [] } as const

export const choices = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))
