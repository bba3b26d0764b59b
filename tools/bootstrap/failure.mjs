/** Something that the user can mend: shown as one message, without a stack. */
export class Failure extends Error {}
