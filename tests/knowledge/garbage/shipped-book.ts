import { join } from 'node:path'
import { loadGarbageFolder } from '../../../adapters/files/garbage-folder.ts'
import { projectRoot } from '../../../adapters/files/project-root.ts'

export const garbageFolder = join(projectRoot(), 'knowledge', 'garbage')
export const book = await loadGarbageFolder(garbageFolder)
