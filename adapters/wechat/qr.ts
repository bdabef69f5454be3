/** The login code as blocks for a terminal. */
import terminal from 'qrcode-terminal'

export function drawQrCode(qr: string): string {
  let drawn = ''
  terminal.generate(qr, { small: true }, (picture) => {
    drawn = picture
  })
  return drawn
}
