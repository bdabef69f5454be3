import { fileURLToPath } from 'node:url'
import { readCorpus } from '../../adapters/files/corpus-folder.ts'
import { readRules } from '../../adapters/files/rules-files.ts'

const pathTo = (folder: string) => fileURLToPath(new URL(`../../intents/${folder}`, import.meta.url))

export const shippedRules = () => readRules(pathTo('rules'))
export const shippedCorpus = () => readCorpus(pathTo('corpus'))
