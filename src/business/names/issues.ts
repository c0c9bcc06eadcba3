/** One finding about what was typed; `error` means the value cannot be used as it stands. */
export type InputIssue = {
  /** The rule, worded as a code. */
  rule: string
  level: 'error' | 'warning'
  /** What to tell the person, in Japanese. */
  message: string
  /** Where the rule comes from, e.g. "JR §1.1". */
  source: string
}

/** Names a finding that makes the value unusable. */
export function errorIssue(rule: string, message: string, source: string): InputIssue {
  return { rule, level: 'error', message, source }
}

/** Names a finding a person should look at. */
export function warningIssue(rule: string, message: string, source: string): InputIssue {
  return { rule, level: 'warning', message, source }
}
