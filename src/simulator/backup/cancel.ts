import { span } from '../clock.ts';
import type { Answer, ArmRequest, World } from '../exchange.ts';
import { keyOf } from '../identity.ts';
import { Refusal } from '../refusal.ts';
import { lasting, unschedule } from '../schedule.ts';
import { progressOf } from '../timeline.ts';
import { failureOf } from './failures.ts';
import { jobIn, vaultIn } from './names.ts';
import { accepted } from './operations.ts';
import { jobStatus } from './render.ts';
import type { BackupJob } from './state.ts';

/** POST cancel of a job: backups and restores only, and not across regions. */
export function cancelJob(request: ArmRequest, world: World): Answer {
  const vault = vaultIn(request, world);
  const job = jobIn(request, vault);
  checkCancellable(job, world);
  const place = { vault, base: `${vault.id}/backupJobs/${job.name}` };
  if (isTransferring(job, world)) {
    const error = {
      code: 'UserErrorCancelNotSupported',
      message: 'The job cannot be cancelled while data is transferred to the vault.',
    };
    return accepted(request, world, { place, operation: { error } });
  }
  job.cancelAsked = world.now;
  job.timeline.cancelledAt = world.now + lasting(world, 30 * span.second, 2 * span.second);
  job.error = failureOf('UserErrorJobSuccessfullyCancelled');
  unschedule(world.state, keyOf(vault.id), job.name);
  return accepted(request, world, { place, operation: {} });
}

function checkCancellable(job: BackupJob, world: World): void {
  const running = jobStatus(job, world) === 'InProgress';
  if (running && job.cancellable && job.verb !== 'CrossRegionRestore') return;
  const text = `The job ${job.name} cannot be cancelled: it is a ${job.verb} job in state ${jobStatus(job, world)}.`;
  throw new Refusal(400, 'UserErrorJobCancelNotAllowed', text, { cause: 'service' });
}

/** During the transfer of an instant-restore backup Azure accepts the cancel, and then lets it fail. */
function isTransferring(job: BackupJob, world: World): boolean {
  if (job.internalBag.IsInstantRpJob !== 'True') return false;
  return progressOf(job.timeline, world.now).steps.some(
    (one) => one.step.name === 'Transfer data to vault' && one.status === 'InProgress',
  );
}
