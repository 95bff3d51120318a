/**
 * What is used of botbuilder-dialogs, from the files that hold it: its index also loads the recognizers of numbers and dates for its own prompts, of which
 * none is used here. They are 50 MB of memory and a third of a second at every start.
 */
export { Dialog } from 'botbuilder-dialogs/lib/dialog.js';
export { DialogContextError } from 'botbuilder-dialogs/lib/dialogContextError.js';
export { DialogSet } from 'botbuilder-dialogs/lib/dialogSet.js';
