import type { TokenCredential } from '@azure/identity';
import { z } from 'zod';

const claims = z.object({ oid: z.string() });

/**
 * The Entra object id of whoever the credential stands for, read from its own token for Azure; undefined where the token cannot be read.
 * Only for looking up one's own rights: nothing is allowed because of it.
 */
export async function ownObjectId(credential: TokenCredential): Promise<string | undefined> {
  const token = await credential.getToken('https://management.azure.com/.default');
  const payload = token?.token.split('.')[1] ?? '';
  try {
    return claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString())).oid;
  } catch {
    return undefined;
  }
}
