// The parts of a page are made to answer one after another, so that what a reader does never waits for all of them.
export const soon = part => setTimeout(part)
