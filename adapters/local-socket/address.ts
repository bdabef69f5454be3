/**
 * Where the socket of a data folder is. A Unix socket's path may have 107 bytes (103 on a Mac), and data folders
 * have longer ones: then the socket lies in a short folder of its own, and a file in the data folder points to it.
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export interface SocketAddress {
  readonly path: string
  /** The file that points to `path`, when that is not in the data folder. */
  readonly pointer?: string
  /** Made for the socket alone, for the owner's eyes only. */
  readonly folder?: string
}

const name = 'linli.sock'
const pointerName = 'linli.sock.path'
const longestPath = process.platform === 'linux' ? 107 : 103

/** Where a bot on this folder listens. `another`: the id of a process that is one of several, and not the first. */
export function addressToServe(dataFolder: string, another?: number): SocketAddress {
  const folder = resolve(dataFolder)
  const hash = createHash('sha256')
    .update(`${folder}${another ?? ''}`)
    .digest('hex')
    .slice(0, 16)
  if (process.platform === 'win32') return { path: `\\\\.\\pipe\\linli-${hash}` }
  const direct = join(folder, another === undefined ? name : `linli-${another}.sock`)
  if (Buffer.byteLength(direct) <= longestPath) return { path: direct }
  const short = [tmpdir(), '/tmp'].map((temporary) => join(temporary, `linli-${hash}`))
  const own = short.find((each) => Buffer.byteLength(join(each, name)) <= longestPath) ?? `/tmp/linli-${hash}`
  return {
    path: join(own, name),
    folder: own,
    pointer: join(folder, another === undefined ? pointerName : `linli-${another}.sock.path`),
  }
}

/** Where to look for one. The pointer is believed, because only the owner writes in the data folder. */
export async function addressToCall(dataFolder: string): Promise<string> {
  const { path, pointer } = addressToServe(dataFolder)
  if (pointer === undefined) return path
  try {
    return (await readFile(pointer, 'utf8')).trim()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return path
    throw error
  }
}
