import { Socket } from 'node:net'

/**
 * A socket which sends what is written within one turn of the program as one packet. The driver corks the socket around each
 * statement; letting go of it only when the turn is over makes statements that are asked together leave together.
 */
export class GatheringSocket extends Socket {
  override uncork(): void {
    process.nextTick(() => super.uncork())
  }
}
