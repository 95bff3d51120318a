import { copyChanges } from '../support/matrix/copy-changes.ts';
import { putThrough } from '../support/matrix/lanes.ts';

describe('restores and snapshots, as people ask for them', () => putThrough(copyChanges));
