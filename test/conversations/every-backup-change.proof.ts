import { backupChanges } from '../support/matrix/backup-changes.ts';
import { putThrough } from '../support/matrix/lanes.ts';

describe('changes of Azure Backup, as people ask for them', () => putThrough(backupChanges));
