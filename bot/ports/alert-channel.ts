/**
 * The port to where people of a department read along: robots of their work groups, mailboxes. One way only, and
 * nothing personal.
 */
export interface AlertChannel {
  /** As tickets/forwarding.yaml calls it. */
  readonly name: string
  /** Called again with the same id, whoever receives it can tell that it is the same. @throws TicketSystemError */
  tell(alert: ChannelAlertMessage): Promise<void>
}

export interface ChannelAlertMessage {
  /** city-robot/20261120-003:1/opened */
  readonly id: string
  /** One line: 【紧急】1120-003 11号楼1单元电梯问题 */
  readonly title: string
  /** A few lines of plain text. */
  readonly text: string
}
