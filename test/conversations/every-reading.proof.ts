import { readThrough } from '../support/matrix/read-through.ts';
import { readings } from '../support/matrix/readings.ts';

describe('every question about what is, as people ask it', function () {
  this.timeout(300_000);
  readThrough(readings);
});
