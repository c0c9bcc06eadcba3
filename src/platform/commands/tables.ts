export interface CommandRunTable {
  actor_id: string
  command: string
  key: string
  input_hash: Buffer
  status: number | null
  answer: string | null
  at: string
}

declare module '../database/database.ts' {
  interface Tables {
    command_run: CommandRunTable
  }
}
