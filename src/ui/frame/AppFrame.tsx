import {
  AlertOutlined,
  AuditOutlined,
  MenuFoldOutlined,
  MenuOutlined,
  MenuUnfoldOutlined,
  SearchOutlined,
} from '@ant-design/icons'
import { Tooltip } from 'antd'
import { type ReactNode, useState } from 'react'
import { words } from '../labels.ts'
import { UiLink } from '../link.tsx'
import { isBoolean, useStored } from '../theme/use-stored.ts'
import './frame.css'
import { PersonMenu, type PersonMenuProps } from './PersonMenu.tsx'
import { Rail, type RailGroup } from './Rail.tsx'
import { SearchPalette, type SearchSource, useSearchKeys } from './SearchPalette.tsx'

/** A bell in the top bar: how many wait for me, and where they are. */
export interface Bell {
  count: number
  href: string
}

export interface AppFrameProps {
  brand: { name: string; href: string }
  rail: readonly RailGroup[]
  /** Key of the rail item the page belongs to. */
  activeKey: string | null
  search: SearchSource
  approvals: Bell
  alerts: Bell
  person: PersonMenuProps
  /** A line above everything: demo data, moved clock, read-only mode. */
  banner?: ReactNode
  /** `practice`: so plain that nobody takes the program for the live one. */
  bannerTone?: 'quiet' | 'practice'
  children: ReactNode
}

/** Left rail, top bar and the page. The rail folds to icons (kept in this browser) and becomes a sheet below 900 px. */
export function AppFrame({
  brand,
  rail,
  activeKey,
  search,
  banner,
  bannerTone = 'quiet',
  children,
  ...top
}: AppFrameProps) {
  const [folded, setFolded] = useStored('ui.rail-folded', false, isBoolean)
  const [sheetOpen, setSheetOpen] = useState(false)
  const [searching, setSearching] = useState(false)
  useSearchKeys(() => setSearching(true))
  const closeSheet = () => setSheetOpen(false)
  return (
    <div className={`ui-frame${folded ? ' ui-frame-folded' : ''}${sheetOpen ? ' ui-frame-sheet' : ''}`}>
      <a className="ui-skip" href="#main">
        {words.frame.skip}
      </a>
      <Rail
        brand={brand}
        groups={rail}
        activeKey={activeKey}
        folded={folded && !sheetOpen}
        onChoose={closeSheet}
      >
        <FoldButton folded={folded} onFold={setFolded} />
      </Rail>
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the veil only repeats what the menu button does */}
      <div className="ui-frame-veil" onClick={closeSheet} />
      <div className="ui-frame-main">
        {banner && (
          <div className={`ui-banner ui-banner-${bannerTone}`} role="note">
            {banner}
          </div>
        )}
        <TopBar {...top} sheetOpen={sheetOpen} onSheet={setSheetOpen} onSearch={() => setSearching(true)} />
        <main id="main" className="ui-main" tabIndex={-1}>
          {children}
        </main>
      </div>
      <SearchPalette open={searching} onClose={() => setSearching(false)} source={search} />
    </div>
  )
}

function FoldButton({ folded, onFold }: { folded: boolean; onFold: (folded: boolean) => void }) {
  return (
    <button type="button" className="ui-rail-fold" onClick={() => onFold(!folded)} aria-expanded={!folded}>
      {folded ? <MenuUnfoldOutlined aria-hidden="true" /> : <MenuFoldOutlined aria-hidden="true" />}
      <span className={folded ? 'ui-hidden' : ''}>{folded ? words.frame.expand : words.frame.collapse}</span>
    </button>
  )
}

interface TopBarProps extends Pick<AppFrameProps, 'approvals' | 'alerts' | 'person'> {
  sheetOpen: boolean
  onSheet: (open: boolean) => void
  onSearch: () => void
}

function TopBar({ approvals, alerts, person, sheetOpen, onSheet, onSearch }: TopBarProps) {
  return (
    <header className="ui-topbar">
      <button
        type="button"
        className="ui-topbar-button ui-topbar-menu"
        aria-expanded={sheetOpen}
        aria-label={words.frame.openMenu}
        onClick={() => onSheet(!sheetOpen)}
      >
        <MenuOutlined aria-hidden="true" />
      </button>
      <button type="button" className="ui-topbar-search" onClick={onSearch}>
        <SearchOutlined aria-hidden="true" />
        <span>{words.frame.searchHint}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <div className="ui-topbar-right">
        <BellLink bell={approvals} name={words.frame.approvals} icon={<AuditOutlined aria-hidden="true" />} />
        <BellLink
          bell={alerts}
          name={words.frame.alerts}
          icon={<AlertOutlined aria-hidden="true" />}
          urgent
        />
        <PersonMenu {...person} />
      </div>
    </header>
  )
}

function BellLink({
  bell,
  name,
  icon,
  urgent = false,
}: {
  bell: Bell
  name: string
  icon: ReactNode
  urgent?: boolean
}) {
  return (
    <Tooltip title={words.frame.count(bell.count, name)}>
      <UiLink
        plain
        href={bell.href}
        className="ui-topbar-button"
        aria-label={words.frame.count(bell.count, name)}
      >
        {icon}
        {bell.count > 0 && (
          <span className={`ui-count${urgent ? ' ui-count-urgent' : ''}`}>
            {bell.count > 99 ? '99+' : bell.count}
          </span>
        )}
      </UiLink>
    </Tooltip>
  )
}
