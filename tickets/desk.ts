/** How the desk works: tickets/desk.yaml is what admins edit. */
export interface Desk {
  readonly followUp: {
    /** Without an answer for so many working days a ticket that is done is closed, with that remark. */
    readonly workingDays: number
  }
  readonly whistle: {
    /** Within so many minutes each department that was called has to have reported for duty. */
    readonly minutes: number
  }
  readonly extension: {
    /** Working days. */
    readonly most: number
  }
  readonly hold: {
    /** Days by the calendar. */
    readonly most: number
  }
}
