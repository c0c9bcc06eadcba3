import {
  CheckCircleFilled,
  ClockCircleOutlined,
  CloseCircleFilled,
  InfoCircleFilled,
  MinusCircleOutlined,
  WarningFilled,
} from '@ant-design/icons'
import { Tooltip } from 'antd'
import type { ReactNode } from 'react'
import './values.css'

export type Tone = 'danger' | 'warning' | 'success' | 'accent' | 'neutral' | 'waiting'

export interface StatusTagProps {
  tone: Tone
  /** The word; colour and icon only repeat it. */
  word: string
  /** More on hover: since when, why. */
  detail?: string
  icon?: ReactNode
}

/** A state in colour and word and icon. */
export function StatusTag({ tone, word, detail, icon }: StatusTagProps) {
  const tag = (
    <span className={`ui-tag ui-tag-${tone}`}>
      <span aria-hidden="true">{icon ?? toneIcons[tone]}</span>
      {word}
    </span>
  )
  return detail ? <Tooltip title={detail}>{tag}</Tooltip> : tag
}

export const toneIcons: Readonly<Record<Tone, ReactNode>> = {
  danger: <CloseCircleFilled aria-hidden="true" />,
  warning: <WarningFilled aria-hidden="true" />,
  success: <CheckCircleFilled aria-hidden="true" />,
  accent: <InfoCircleFilled aria-hidden="true" />,
  neutral: <MinusCircleOutlined aria-hidden="true" />,
  waiting: <ClockCircleOutlined aria-hidden="true" />,
}
