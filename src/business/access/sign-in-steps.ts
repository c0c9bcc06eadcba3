export interface SignInFacts {
  /** The password was given by somebody else. */
  oneTimePassword: boolean
  secondFactor: boolean
  mode: 'demo' | 'company'
}

export interface SignInStep {
  code: 'password_must_be_changed' | 'second_factor_must_be_set_up'
  /** The rule in Japanese, as refusals show it. */
  sentence: string
  applies(facts: SignInFacts): boolean
}

/** What stands between a right password and the work, in the order in which it must be done (architecture.md, sign-in). */
export const signInSteps: readonly SignInStep[] = [
  {
    code: 'password_must_be_changed',
    sentence: '仮のパスワードでログインしています。先に新しいパスワードを設定してください。',
    applies: facts => facts.oneTimePassword,
  },
  {
    code: 'second_factor_must_be_set_up',
    sentence: '二段階認証の設定が必要です。設定が終わるまで業務の画面は使えません。',
    applies: facts => facts.mode === 'company' && !facts.secondFactor,
  },
]

export function pendingSteps(facts: SignInFacts): SignInStep[] {
  return signInSteps.filter(step => step.applies(facts))
}
