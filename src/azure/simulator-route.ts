import { createDefaultHttpClient, type HttpClient } from '@azure/core-rest-pipeline';

/**
 * Sends every request to the simulator. The clients still see Azure's own host, so that operation URLs, next links and token scopes stay as in Azure;
 * an `http:` endpoint would not do, because the SDKs refuse to send a token to one.
 */
export function simulatorRoute(simulatorUrl: string): HttpClient {
  const inner = createDefaultHttpClient();
  const target = new URL(simulatorUrl);
  return {
    async sendRequest(request) {
      const asked = request.url;
      const url = new URL(asked);
      request.headers.set('x-sim-original-host', url.host);
      url.protocol = target.protocol;
      url.host = target.host;
      request.url = url.href;
      request.allowInsecureConnection = true;
      try {
        return await inner.sendRequest(request);
      } finally {
        request.url = asked;
      }
    },
  };
}
