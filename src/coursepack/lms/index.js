// @ts-check
/** What `window.coursepackLms` offers. */

export { createLms } from './attempt.js'
export { errorString } from './errors.js'
export { profiles } from './profiles.js'
export { summarise } from './record.js'
