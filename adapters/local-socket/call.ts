import { createConnection, type Socket } from 'node:net'

/** A connection, or undefined when nobody listens there: no socket, or one left behind by a killed process. */
export function callSocket(path: string): Promise<Socket | undefined> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(path)
    const failed = (error: Error) => {
      const nobody = 'code' in error && ['ENOENT', 'ECONNREFUSED', 'ENOTSOCK'].includes(String(error.code))
      if (nobody) resolve(undefined)
      else reject(new Error(`${path}: the running bot cannot be reached: ${error.message}`, { cause: error }))
    }
    socket.once('error', failed)
    socket.once('connect', () => {
      socket.off('error', failed)
      resolve(socket)
    })
  })
}
