import { theme as antdTheme, type ThemeConfig } from 'antd'
import { palettes, type ThemeName } from './palette.ts'

/** System fonts only: nothing is fetched, and each machine shows the Japanese face its user already reads. */
export const fontFamily =
  '"Hiragino Sans", "Hiragino Kaku Gothic ProN", "Noto Sans JP", "Noto Sans CJK JP", "Yu Gothic UI", "BIZ UDPGothic", "Meiryo", sans-serif'

/**
 * AntD settings of one theme; every colour comes from the palette, never from an algorithm's guess. `still`: without motion, for
 * people who asked their machine for less of it.
 */
export function antdThemeOf(name: ThemeName, still = false): ThemeConfig {
  return {
    algorithm: name === 'dark' ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
    cssVar: { key: `ui-${name}`, prefix: 'ant' },
    hashed: false,
    token: { ...tokens(name), motion: !still },
    components: componentTokens(name),
  }
}

function tokens(name: ThemeName): ThemeConfig['token'] {
  const p = palettes[name]
  return {
    fontFamily,
    fontSize: 13,
    fontSizeSM: 12,
    fontSizeLG: 14,
    lineHeight: 1.55,
    borderRadius: 5,
    borderRadiusLG: 7,
    borderRadiusSM: 4,
    controlHeight: 30,
    controlHeightSM: 24,
    controlHeightLG: 36,
    motionUnit: 0.06,
    wireframe: false,
    colorPrimary: p.accent,
    colorPrimaryHover: p.accentHover,
    colorPrimaryActive: p.accentActive,
    colorPrimaryBg: p.accentSoft,
    colorPrimaryBgHover: p.accentSoft,
    colorPrimaryBorder: p.accentText,
    colorPrimaryBorderHover: p.accentText,
    colorPrimaryText: p.accentText,
    colorPrimaryTextHover: p.accentText,
    colorPrimaryTextActive: p.accentText,
    colorInfo: p.accentText,
    colorInfoBg: p.accentSoft,
    colorInfoBorder: p.accentLine,
    colorInfoText: p.accentText,
    colorLink: p.accentText,
    colorLinkHover: p.accentText,
    colorLinkActive: p.accentText,
    colorError: p.dangerFill,
    colorErrorHover: p.dangerFill,
    colorErrorActive: p.dangerFill,
    colorErrorBg: p.dangerSoft,
    colorErrorBorder: p.dangerLine,
    colorErrorText: p.danger,
    colorWarning: p.warningFill,
    colorWarningBg: p.warningSoft,
    colorWarningBorder: p.warningLine,
    colorWarningText: p.warning,
    colorSuccess: p.successFill,
    colorSuccessBg: p.successSoft,
    colorSuccessBorder: p.successLine,
    colorSuccessText: p.success,
    ...neutralTokens(name),
    boxShadow: p.shadow,
    boxShadowSecondary: p.shadow,
  }
}

/** Words, grounds and lines. */
function neutralTokens(name: ThemeName): ThemeConfig['token'] {
  const p = palettes[name]
  return {
    colorText: p.text,
    colorTextSecondary: p.textSoft,
    colorTextTertiary: p.textFaint,
    colorTextQuaternary: p.textFaint,
    colorTextHeading: p.text,
    colorTextLabel: p.textSoft,
    colorTextDescription: p.textFaint,
    colorTextPlaceholder: p.textFaint,
    colorTextDisabled: p.textFaint,
    colorTextLightSolid: p.onAccent,
    colorIcon: p.textFaint,
    colorIconHover: p.text,
    colorBgLayout: p.ground,
    colorBgContainer: p.surface,
    colorBgElevated: p.raised,
    colorBgContainerDisabled: p.sunken,
    colorBgSpotlight: name === 'dark' ? '#333a4f' : '#232a4a',
    colorBorder: p.lineStrong,
    colorBorderSecondary: p.line,
    colorSplit: p.line,
    colorFillAlter: p.sunken,
    colorFillTertiary: p.sunken,
    colorFillQuaternary: p.sunken,
    colorFillSecondary: p.neutralSoft,
    controlItemBgHover: p.hover,
    controlItemBgActive: p.accentSoft,
    controlItemBgActiveHover: p.accentSoft,
  }
}

function componentTokens(name: ThemeName): ThemeConfig['components'] {
  const p = palettes[name]
  const typed = { colorBorder: p.lineInput, hoverBorderColor: p.accentText, activeBorderColor: p.accentText }
  return {
    Button: {
      fontWeight: 500,
      primaryShadow: 'none',
      defaultShadow: 'none',
      dangerShadow: 'none',
      defaultBorderColor: p.lineInput,
      defaultColor: p.text,
      defaultHoverColor: p.accentText,
      defaultHoverBorderColor: p.accentText,
      defaultActiveColor: p.accentText,
      defaultActiveBorderColor: p.accentText,
    },
    Input: typed,
    InputNumber: { ...typed, handleVisible: 'auto' },
    DatePicker: typed,
    Select: {
      ...typed,
      optionSelectedBg: p.accentSoft,
      optionSelectedColor: p.accentText,
      optionActiveBg: p.hover,
    },
    Checkbox: { colorBorder: p.lineInput },
    Radio: { colorBorder: p.lineInput },
    Switch: { colorTextQuaternary: p.lineInput, colorTextTertiary: p.lineInput },
    Tabs: {
      itemColor: p.textSoft,
      itemSelectedColor: p.accentText,
      itemHoverColor: p.accentText,
      itemActiveColor: p.accentText,
      inkBarColor: p.accentText,
      horizontalItemPadding: '8px 2px',
      horizontalItemGutter: 20,
      horizontalMargin: '0',
    },
    Modal: { titleFontSize: 15, contentBg: p.raised, headerBg: p.raised },
    Tooltip: { fontSize: 12 },
    Skeleton: { gradientFromColor: p.neutralSoft, gradientToColor: p.line },
    Segmented: { itemSelectedBg: p.surface, trackBg: p.neutralSoft, itemColor: p.textSoft },
    Tag: { defaultBg: p.neutralSoft, defaultColor: p.neutral },
  }
}
