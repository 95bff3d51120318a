import type { Address, Directory } from '../directory.ts';
import { slugOf } from '../directory.ts';
import type { Person } from '../options.ts';
import { HttpError } from '../web/answer.ts';

/** A member as Teams lists people to a bot (`TeamsChannelAccount`). */
export function memberAccount(directory: Directory, person: Person) {
  const [givenName = person.name, ...rest] = person.name.split(' ');
  const address = `${slugOf(person.name)}@practice.example`;
  return {
    id: person.id,
    name: person.name,
    givenName,
    surname: rest.join(' '),
    objectId: person.aadObjectId,
    aadObjectId: person.aadObjectId,
    email: address,
    userPrincipalName: address,
    tenantId: directory.tenantId,
    userRole: 'user',
  };
}

/** One member, by MRI or Entra object id. @throws HttpError 404. */
export function oneMember(directory: Directory, address: Address, key: string) {
  const person = directory.person(key);
  if (!person || !address.place.members.includes(person)) {
    throw new HttpError(404, 'MemberNotFoundInConversation', { message: 'There is no such member here.' });
  }
  return memberAccount(directory, person);
}

/** All members. */
export function allMembers(directory: Directory, address: Address) {
  return address.place.members.map((person) => memberAccount(directory, person));
}

/** A page of members; the continuation token is the index of the next one. */
export function pagedMembers(directory: Directory, address: Address, query: URLSearchParams) {
  const all = allMembers(directory, address);
  const from = Number(query.get('continuationToken') ?? 0) || 0;
  const to = from + (Number(query.get('pageSize') ?? 0) || all.length);
  return { members: all.slice(from, to), ...(to < all.length && { continuationToken: String(to) }) };
}
