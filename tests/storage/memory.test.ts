import { openMemoryStore } from '../../adapters/storage/memory.ts'
import { storeContract } from './store-contract.ts'

storeContract('the memory store', async (schema) => openMemoryStore(schema, { onWarning: () => undefined }))
