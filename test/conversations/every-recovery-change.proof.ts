import { putThrough } from '../support/matrix/lanes.ts';
import { recoveryChanges } from '../support/matrix/recovery-changes.ts';

describe('Site Recovery of a VM, as people ask for them', () => putThrough(recoveryChanges));
