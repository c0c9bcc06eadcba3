import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { readConfig } from '../platform/config.ts'
import { MasterKey } from '../platform/crypto/master-key.ts'
import { createProgram } from './program.ts'
import { createServer } from './server.ts'

/** The API description printed from the contracts; needs no database, since nothing is asked. */
export async function createApiDescription(): Promise<object> {
  const config = readConfig({ DAICHO_DATA: tmpdir(), DAICHO_LOG: 'silent' }, 'demo')
  const program = createProgram({
    databaseUrl: 'postgres://nobody@127.0.0.1:1/none',
    config,
    master: new MasterKey(randomBytes(32)),
  })
  const server = await createServer(program, null)
  try {
    await server.ready()
    return server.swagger()
  } finally {
    await server.close()
    await program.close()
  }
}
