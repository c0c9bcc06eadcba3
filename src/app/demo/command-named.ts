import type { Seeding } from './seed.ts'

/** A command of any slice by its name. */
export function commandNamed({ program }: Pick<Seeding, 'program'>, name: string) {
  const command = program.commands.get(name)
  if (!command) throw new Error(`no command is called ${name}`)
  return command
}
