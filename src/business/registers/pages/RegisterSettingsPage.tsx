import { useState } from 'react'
import type { z } from 'zod'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import {
  ActionButton,
  Card,
  FieldInput,
  Loaded,
  Notice,
  PageHeader,
  Stack,
  StatusTag,
  useSay,
} from '../../../ui/index.ts'
import { changeRegisterSetting, registerSettings } from '../contract.ts'
import { sourceLabels } from '../labels.ts'

type Setting = z.output<typeof registerSettings.output>['sources'][number]

/** Which registers are asked over the network, for administrators. */
export default function RegisterSettingsPage() {
  const settings = useApi(registerSettings, {})
  return (
    <>
      <PageHeader title="公的登記の照会設定" detail="既定では外部に接続しません" />
      <Loaded from={settings} rows={6}>
        {({ sources, allowedHosts }) => (
          <Stack>
            <p className="ui-faint">
              接続できるのは、サーバーの環境変数 DAICHO_OUTBOUND_HOSTS に書いたホストだけです（現在：
              {allowedHosts.length ? allowedHosts.join('、') : 'なし'}）。
            </p>
            {sources.map(source => (
              <SettingForm key={`${source.source}-${source.rowVersion}`} setting={source} />
            ))}
          </Stack>
        )}
      </Loaded>
    </>
  )
}

function SettingForm({ setting }: { setting: Setting }) {
  const say = useSay()
  const [baseUrl, setBaseUrl] = useState(setting.baseUrl)
  const [key, setKey] = useState('')
  const change = useCommand(changeRegisterSetting, {
    onDone: () => say.done(`${sourceLabels[setting.source]}の設定を保存しました`),
  })
  const save = (enabled: boolean) =>
    change.run({
      source: setting.source,
      rowVersion: setting.rowVersion,
      enabled,
      baseUrl,
      ...(key ? { key } : {}),
    })
  return (
    <Card
      title={sourceLabels[setting.source]}
      note={
        setting.enabled ? (
          <StatusTag tone="success" word="有効" />
        ) : (
          <StatusTag tone="neutral" word="停止中" />
        )
      }
    >
      {setting.enabled && !setting.hostAllowed && (
        <Notice tone="warning" title="このホストへの接続は許可されていません">
          環境変数 DAICHO_OUTBOUND_HOSTS に {new URL(setting.baseUrl).host} を加えて再起動してください。
        </Notice>
      )}
      {change.problem && (
        <Notice tone="danger" live title={change.problem.reasons[0]?.sentence ?? change.problem.title} />
      )}
      <FieldInput
        field={{ name: `baseUrl-${setting.source}`, type: 'text', label: '接続先' }}
        value={baseUrl}
        onChange={value => setBaseUrl(String(value ?? ''))}
      />
      <FieldInput
        field={{
          name: `key-${setting.source}`,
          type: 'text',
          label: setting.source === 'gbizinfo' ? 'APIトークン' : 'アプリケーションID',
          help: setting.keyLast
            ? `設定済み（末尾 ${setting.keyLast}）。変えるときだけ入力します。`
            : '発行されたIDを入力します。暗号化して保存し、末尾4文字だけ表示します。',
        }}
        value={key}
        onChange={value => setKey(String(value ?? ''))}
      />
      <ActionButton
        kind="primary"
        disabledReason={setting.keyLast || key ? null : 'IDまたはトークンを入力してください。'}
        running={change.running}
        onClick={() => save(true)}
      >
        {setting.enabled ? '保存する' : '有効にする'}
      </ActionButton>{' '}
      {setting.enabled && (
        <ActionButton disabledReason={null} running={change.running} onClick={() => save(false)}>
          停止する
        </ActionButton>
      )}
    </Card>
  )
}
