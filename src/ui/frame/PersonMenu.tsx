import { CheckOutlined, DownOutlined } from '@ant-design/icons'
import { Dropdown } from 'antd'
import { words } from '../labels.ts'
import { type ThemeChoice, useUi } from '../theme/UiProvider.tsx'

export interface PersonMenuItem {
  key: string
  label: string
  danger?: boolean
  onChoose: () => void
}

export interface PersonMenuProps {
  name: string
  /** Role or department under the name. */
  detail: string
  items: readonly PersonMenuItem[]
}

const choices: readonly [ThemeChoice, string][] = [
  ['light', words.frame.themeLight],
  ['dark', words.frame.themeDark],
  ['system', words.frame.themeSystem],
]

/** Who is signed in, the colour of the screen, and what the application adds (sign out, own settings). */
export function PersonMenu({ name, detail, items }: PersonMenuProps) {
  const { choice, choose } = useUi()
  const own = items.map(item => ({
    key: item.key,
    label: item.label,
    danger: item.danger ?? false,
    onClick: item.onChoose,
  }))
  const themes = choices.map(([key, label]) => ({
    key: `theme-${key}`,
    label: (
      <span
        className="ui-person-theme"
        role="img"
        aria-label={`${words.frame.theme} ${label}${choice === key ? ' ✓' : ''}`}
      >
        {label} {choice === key && <CheckOutlined aria-hidden="true" />}
      </span>
    ),
    onClick: () => choose(key),
  }))
  const menu = {
    items: [
      { type: 'group' as const, key: 'theme', label: words.frame.theme, children: themes },
      { type: 'divider' as const },
      ...own,
    ],
  }
  return (
    <Dropdown menu={menu} trigger={['click']} placement="bottomRight">
      <button type="button" className="ui-person" aria-haspopup="menu">
        <span className="ui-hidden">{words.frame.person}</span>
        <span className="ui-person-face" aria-hidden="true">
          {[...name][0]}
        </span>
        <span className="ui-person-words">
          <span>{name}</span>
          <span className="ui-person-detail">{detail}</span>
        </span>
        <DownOutlined aria-hidden="true" />
      </button>
    </Dropdown>
  )
}
