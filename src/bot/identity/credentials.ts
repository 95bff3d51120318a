import { type ServiceClientCredentials, ServiceClientCredentialsFactory } from 'botframework-connector';
import type { TokenCredentialLike } from '../options.ts';

/** One way to a token for every kind of credential: Azure's own libraries get, cache and renew it. */
export class TokenCredentialFactory extends ServiceClientCredentialsFactory {
  readonly #appId: string;
  readonly #credential: TokenCredentialLike;

  constructor(appId: string, credential: TokenCredentialLike) {
    super();
    this.#appId = appId;
    this.#credential = credential;
  }

  override isValidAppId(appId = ''): Promise<boolean> {
    return Promise.resolve(appId === this.#appId);
  }

  /** Never: without this the SDK lets everybody in when a setting is empty. */
  override isAuthenticationDisabled(): Promise<boolean> {
    return Promise.resolve(false);
  }

  override createCredentials(_appId?: string, audience?: string): Promise<ServiceClientCredentials> {
    const credential = this.#credential;
    return Promise.resolve({
      async signRequest(request) {
        const token = await credential.getToken(`${audience}/.default`);
        if (token === null) throw new TypeError('The credential of the bot gave no token');
        request.headers.set('authorization', `Bearer ${token.token}`);
        return request;
      },
    });
  }
}

/** Practice: nobody is asked for a token, and none is sent. */
export class NoCredentialFactory extends ServiceClientCredentialsFactory {
  override isValidAppId(): Promise<boolean> {
    return Promise.resolve(true);
  }

  override isAuthenticationDisabled(): Promise<boolean> {
    return Promise.resolve(true);
  }

  override createCredentials(): Promise<ServiceClientCredentials> {
    return Promise.resolve({ signRequest: (request) => Promise.resolve(request) });
  }
}
