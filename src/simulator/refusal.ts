/** What besides code and message an error answer may carry. */
export interface RefusalDetail {
  readonly headers?: Readonly<Record<string, string>>;
  /** Further fields of the `error` object, such as `details` or `target`. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Who refuses: the gateway in front of all services, which says so in `x-ms-failure-cause`, or the service. */
  readonly cause?: 'gateway' | 'service';
}

/** An answer with Azure's error envelope `{"error":{"code","message",…}}`. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: RefusalDetail;

  constructor(status: number, code: string, message: string, detail: RefusalDetail = {}) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.detail = detail;
  }
}

const gateway = { cause: 'gateway' } as const;

/** ARM's own 404 for a resource that the group does not hold (recorded in snapshot_get_404, vault_get_404). */
export function resourceNotFound(type: string, name: string, group: string): Refusal {
  const text = `The Resource '${type}/${name}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`;
  return new Refusal(404, 'ResourceNotFound', text, gateway);
}

/** ARM's 404 for a resource group. */
export function groupNotFound(group: string): Refusal {
  return new Refusal(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`, gateway);
}

/** ARM's 404 for a subscription. */
export function subscriptionNotFound(subscription: string): Refusal {
  return new Refusal(404, 'SubscriptionNotFound', `The subscription '${subscription}' could not be found.`, gateway);
}

/** ARM's 400 for a body that is not the JSON it should be. */
export function invalidContent(reason: string): Refusal {
  const text = `The request content was invalid and could not be deserialized: '${reason}'.`;
  return new Refusal(400, 'InvalidRequestContent', text, gateway);
}
