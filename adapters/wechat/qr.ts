/** The login code as blocks for a terminal. */
import { createRequire } from 'node:module'

interface QrCodeTerminal {
  generate(text: string, options: { small: boolean }, done: (picture: string) => void): void
}

// CommonJS without types.
const terminal = createRequire(import.meta.url)('qrcode-terminal') as QrCodeTerminal

export function drawQrCode(qr: string): string {
  let drawn = ''
  terminal.generate(qr, { small: true }, (picture) => {
    drawn = picture
  })
  return drawn
}
