import { drawQrCode } from '../../adapters/wechat/qr.ts'
import type { Chat, ChatEvent } from '../ports/chat.ts'
import type { ConfiguredAccounts } from './configured-accounts.ts'

/** Tells the operator what the link does. The simulated one does nothing worth telling. */
export function linkTeller(
  puppet: ConfiguredAccounts['kind'],
  print: (line: string) => void,
  warn: (line: string) => void,
): (chat: Chat, event: ChatEvent) => void {
  if (puppet === 'sim') return () => undefined
  return ({ account }, event) => {
    switch (event.type) {
      case 'qr':
        return print(`${drawQrCode(event.qr)}\nscan this with WeChat to log account ${account} in`)
      case 'up':
        return print(`account ${account} is up as ${event.self.name}`)
      case 'down':
        return warn(`account ${account} is down: ${event.reason}; it connects again by itself`)
      case 'message':
      case 'recalled':
      case 'joined':
      case 'left':
      case 'renamed':
      case 'friend':
      case 'lost':
        return undefined
    }
  }
}
