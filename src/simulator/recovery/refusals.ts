import { randomUUID } from 'node:crypto';
import { Refusal } from '../refusal.ts';

/** Site Recovery's error envelope, which says everything twice (recorded in rpi_delete_404). */
function siteRefusal(
  status: number,
  of: { code: string; detail: string; message: string; causes: string; action: string },
): Refusal {
  const detail = {
    code: of.detail,
    message: of.message,
    possibleCauses: of.causes,
    recommendedAction: of.action,
    clientRequestId: randomUUID(),
    activityId: randomUUID(),
  };
  return new Refusal(status, of.code, of.message, { fields: { details: [detail] }, cause: 'service' });
}

/** 404 for something that is not in the vault. */
export function siteNotFound(name: string): Refusal {
  return siteRefusal(404, {
    code: 'NotFound',
    detail: 'ArmResourceDoesNotExist',
    message: `Specified resource with name '${name}' does not exist.`,
    causes: 'Ensure correct resource name was specified.',
    action: 'Verify ARM resource name details.',
  });
}

/** 400 for a body that cannot be used. */
export function siteInvalid(fault: string): Refusal {
  return siteRefusal(400, {
    code: 'BadRequest',
    detail: 'InvalidParameter',
    message: `The request is not valid. ${fault}`,
    causes: 'A required property is missing or has a value that cannot be used.',
    action: 'Correct the request and try again.',
  });
}

/**
 * 409 for an operation that is not among the allowed ones. Azure's own code for this is not known; this one is ours
 * and says so, so that nobody builds on it.
 */
export function siteNotAllowed(operation: string, allowed: readonly string[]): Refusal {
  return siteRefusal(409, {
    code: 'SimulatedOperationNotAllowed',
    detail: 'SimulatedOperationNotAllowed',
    message: `The operation '${operation}' is not allowed now. Allowed operations: ${allowed.join(', ') || 'none'}.`,
    causes: 'Another job holds the object, or it is in a state that does not allow the operation.',
    action: 'Wait for the running job, or do what the allowed operations say first.',
  });
}

/** 400 for a call that Azure has retired without taking its address away; its own code is not known, see `siteNotAllowed`. */
export function siteNoLongerWorks(operation: string): Refusal {
  return siteRefusal(400, {
    code: 'SimulatedOperationNoLongerWorks',
    detail: 'SimulatedOperationNoLongerWorks',
    message: `The operation '${operation}' of a recovery plan belongs to deprecated scenarios and no longer works.`,
    causes: 'The API is kept for deprecated scenarios only.',
    action: 'Call it for each replicated item.',
  });
}
