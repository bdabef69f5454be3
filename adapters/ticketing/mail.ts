import { createTransport } from 'nodemailer'
import { expectedState } from '../../bot/forwarding/agreement.ts'
import type { MailWords } from '../../bot/forwarding/words.ts'
import type { AlertChannel } from '../../bot/ports/alert-channel.ts'
import { type ForwardedTicket, type TicketSystem, TicketSystemError } from '../../bot/ports/ticket-system.ts'

/**
 * Mail to people who have a mailbox and no system. One way: nothing comes back. A mail that is sent again has the
 * same Message-ID, by which mail programs know it; all mails of one ticket refer to one thread.
 */
export interface MailOptions {
  readonly name: string
  /** smtp://user:password@host:587 */
  readonly smtpUrl: string
  readonly from: string
  readonly to: readonly string[]
  words(ticket: ForwardedTicket): MailWords
}

export interface Mail {
  readonly tickets: TicketSystem
  readonly alerts: AlertChannel
}

const patience = 10_000

export function createMail(options: MailOptions): Mail {
  const { name, smtpUrl, words } = options
  const times = { connectionTimeout: patience, greetingTimeout: patience, socketTimeout: 2 * patience }
  const transport = createTransport({ url: smtpUrl, ...times })

  async function send(id: string, thread: string, { subject, text }: MailWords): Promise<void> {
    try {
      await transport.sendMail({
        ...{ from: options.from, to: [...options.to], subject: oneLine(subject), text },
        ...{ messageId: messageId(options, id), references: [messageId(options, thread)] },
        headers: { 'X-LinLi-Id': encodeURI(id), 'Auto-Submitted': 'auto-generated' },
        // texts are texts: nothing in them may fetch a file or an address
        ...{ disableFileAccess: true, disableUrlAccess: true },
      })
    } catch (error) {
      throw mailError(name, error)
    }
  }
  return {
    tickets: {
      name,
      async forward(ticket) {
        await send(`${name}/${ticket.id}:${ticket.sequence}`, ticket.id, words(ticket))
        const status = { state: expectedState(ticket.state), said: '' }
        return { remote: { id: messageId(options, ticket.id) }, status, differences: [] }
      },
      // nobody asks a mailbox how it goes
      fetch: async () => ({ state: 'unknown', said: '' }),
    },
    alerts: {
      name,
      tell: ({ id, title, text }) =>
        send(id, id.split('/')[1]?.split(':')[0] ?? id, { subject: title, text }),
    },
  }
}

/** Made of the id alone, so that it is the same when the same is sent again. */
function messageId({ from }: MailOptions, id: string): string {
  const local = Buffer.from(id).toString('base64url')
  return `<linli.${local}@${from.split('@').at(-1) ?? 'linli'}>`
}

/** A line break in a subject would begin another header. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
}

const away: ReadonlySet<string> = new Set([
  ...['ECONNECTION', 'ETIMEDOUT', 'EDNS', 'ESOCKET', 'ECONNREFUSED', 'ETLS', 'EPROTOCOL'],
])

function mailError(name: string, error: unknown): TicketSystemError {
  const {
    message,
    code,
    responseCode = 0,
  } = error as {
    readonly message?: string
    readonly code?: string
    readonly responseCode?: number
  }
  const said = `${name}: ${message ?? String(error)}`
  const kind = (): TicketSystemError['code'] => {
    if (code === 'EAUTH' || responseCode === 530 || responseCode === 535) return 'authority'
    // 4xx is for now, 5xx for good
    if (responseCode >= 500) return 'refused'
    if (responseCode >= 400 || away.has(code ?? '')) return 'unreachable'
    return 'nonsense'
  }
  return new TicketSystemError(kind(), said, { cause: error })
}
