import { putThrough } from '../support/matrix/lanes.ts';
import { planChanges } from '../support/matrix/plan-changes.ts';

describe('recovery plans and Site Recovery’s jobs, as people ask for them', () => putThrough(planChanges));
