/** Somebody or something that can hold a role. */
export interface Principal {
  id: string;
  name: string;
  type: 'User' | 'Group' | 'ServicePrincipal';
  upn?: string;
  /** Groups only: object ids of the members, groups among them. */
  members?: string[];
}

/** A management group: what is assigned at it reaches the subscriptions in it and in the groups of which it is a parent, above. */
export interface ManagementGroup {
  name: string;
  /** The name of the group that it is in. */
  parent?: string;
  /** Ids (GUIDs) of the subscriptions that are in it directly. */
  subscriptions: string[];
}

/** A role held by a principal at a scope. */
export interface RoleAssignment {
  name: string;
  scope: string;
  role: string;
  principal: string;
  condition?: string;
  created: number;
}

/** One block of a role's rights. */
export interface Permission {
  actions: string[];
  notActions: string[];
  dataActions?: string[];
  notDataActions?: string[];
}

/** A custom role; built-in ones are not part of the state. */
export interface RoleDefinition {
  name: string;
  roleName: string;
  description: string;
  type: 'BuiltInRole' | 'CustomRole';
  permissions: Permission[];
  scopes: string[];
}

/** An explicit refusal of rights at a scope. */
export interface DenyAssignment {
  name: string;
  title: string;
  scope: string;
  permissions: Permission[];
  principals: string[];
  excluded: string[];
}
