/** The simulated puppet behind a real gRPC gateway, as paid puppets are reached. Only for this machine: no TLS. */
import './quiet-log.ts'
import { PuppetServer } from 'wechaty-puppet-service'
import type { SimPuppet } from './sim-puppet.ts'

export interface SimGateway {
  stop(): Promise<void>
}

/** @param token what clients must show; by convention `insecure_<anything>` */
export async function startSimGateway(puppet: SimPuppet, port: number, token: string): Promise<SimGateway> {
  await puppet.start()
  const server = new PuppetServer({ endpoint: `127.0.0.1:${port}`, puppet, token, tls: { disable: true } })
  await server.start()
  return { stop: () => server.stop() }
}
