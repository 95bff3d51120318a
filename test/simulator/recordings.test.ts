import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { meant } from './recording-differences.ts';
import { differences, openStage, readRecording, recordingsFolder, type Stage } from './recordings.ts';
import type { Scene } from './scenes.ts';
import { backupScenes } from './scenes-backup.ts';
import { computeScenes, graphScenes, recoveryScenes } from './scenes-others.ts';

const folders: Readonly<Record<string, Readonly<Record<string, Scene>>>> = {
  recoveryservicesbackup: backupScenes,
  compute: computeScenes,
  resourcegraph: graphScenes,
  siterecovery: recoveryScenes,
};
const there = existsSync(recordingsFolder);

describe('the simulator beside recordings of Azure', () => {
  if (!there) {
    it('SKIPPED: the recordings (../shared/azure-examples) are not on this machine');
    return;
  }
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage();
  });
  afterEach(() => stage.simulator.close());

  for (const [folder, scenes] of Object.entries(folders)) {
    for (const [name, scene] of Object.entries(scenes)) {
      it(`answers as recorded: ${folder}/${name}`, async () => {
        const found = differences(await readRecording(`${folder}/${name}`), await scene(stage));
        assert.deepEqual(found.sort(), Object.keys(meant[`${folder}/${name}`] ?? {}).sort());
      });
    }
  }

  it('differs only where it is meant to, in places that are counted', () => {
    const lines = Object.values(meant).flatMap((one) => Object.entries(one));
    assert.ok(lines.every(([, reason]) => reason.length > 10));
    const scenes = Object.values(folders).flatMap((one) => Object.keys(one));
    process.stdout.write(`      ${scenes.length} recordings compared, ${lines.length} meant differences\n`);
  });
});
