import { RightOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { words } from '../labels.ts'
import { UiLink } from '../link.tsx'
import { CopyText } from '../values/CopyText.tsx'

export interface Crumb {
  label: string
  href: string
}

export interface PageHeaderProps {
  title: string
  /** The short code people say aloud, e.g. C-000123. */
  code?: string
  /** StatusTags; they wrap under the title on a narrow screen. */
  tags?: ReactNode
  /** One line under the title: reading, place, who is in charge. */
  detail?: ReactNode
  crumbs?: readonly Crumb[]
  /** Secondary buttons, then the one primary ActionButton. */
  actions?: ReactNode
}

/** Where am I, what is its state, what is the next step. Also names the browser tab. */
export function PageHeader({ title, code, tags, detail, crumbs, actions }: PageHeaderProps) {
  useEffect(() => {
    document.title = code ? `${title} ${code}` : title
  }, [title, code])
  return (
    <header className="ui-page-header">
      {crumbs && crumbs.length > 0 && (
        <nav aria-label={words.frame.breadcrumbs} className="ui-crumbs">
          <ol>
            {crumbs.map(crumb => (
              <li key={crumb.href}>
                <UiLink href={crumb.href}>{crumb.label}</UiLink>
                <RightOutlined aria-hidden="true" />
              </li>
            ))}
          </ol>
        </nav>
      )}
      <div className="ui-page-title">
        <div className="ui-page-name">
          <h1>{title}</h1>
          {code && <CopyText text={code} />}
          {tags && <span className="ui-page-tags">{tags}</span>}
        </div>
        {actions && <div className="ui-page-actions">{actions}</div>}
      </div>
      {detail && <div className="ui-page-detail">{detail}</div>}
    </header>
  )
}
