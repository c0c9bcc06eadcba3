import { App } from 'antd'
import { useMemo } from 'react'

export interface Say {
  /** 「保存しました」 — gone by itself after a few seconds. */
  done(sentence: string): void
  /** What could not be done; stays a little longer. Reasons belong into the form or dialog, not here. */
  failed(sentence: string): void
}

/** Short sentences at the upper edge after an act, so that nobody wonders whether it was saved. */
export function useSay(): Say {
  const { message } = App.useApp()
  return useMemo(
    () => ({
      done: sentence => void message.success({ content: sentence, duration: 4 }),
      failed: sentence => void message.error({ content: sentence, duration: 8 }),
    }),
    [message],
  )
}
