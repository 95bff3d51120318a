import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer as createHttp, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { credentialOf } from '../support/simulator.ts';

/** Whether this machine has what the Azure CLI needs to be tried. */
export function hasAzureCli(): boolean {
  return ['az', 'openssl'].every((tool) => spawnSync('which', [tool]).status === 0);
}

/** An Azure CLI of its own configuration, signed in to a simulator. */
export interface AzureCli {
  /** Runs `az` with the words given and `-o json`; gives what it printed, parsed. */
  run(...words: string[]): Promise<unknown>;
  close(): Promise<void>;
}

/**
 * The versions of Azure's interfaces that the CLI speaks: its `vm` commands need `hybrid`, for Debian's package lacks the module of the newest
 * compute version that its own table names (`azure.mgmt.compute.v2022_11_01`).
 */
export type CliProfile = 'latest' | '2020-09-01-hybrid';

/**
 * The Azure CLI speaks TLS only and wants a token: a front with a certificate of its own passes everything on to the
 * simulator, and a token endpoint of the kind that App Service has signs it in as a managed identity.
 */
export async function openAzureCli(simulatorUrl: string, profile: CliProfile = 'latest'): Promise<AzureCli> {
  const folder = await mkdtemp(join(tmpdir(), 'azure-cli-'));
  const front = await listen(await tlsFront(folder, simulatorUrl));
  const tokens = await listen(createHttp((_, response) => void answerToken(response)));
  const settings = [
    `AZURE_CONFIG_DIR=${join(folder, 'config')}`,
    `REQUESTS_CA_BUNDLE=${join(folder, 'cert.pem')}`,
    `MSI_ENDPOINT=http://127.0.0.1:${tokens.port}/msi`,
    'MSI_SECRET=simulated',
    'AZURE_CORE_COLLECT_TELEMETRY=0',
  ];
  const run = async (...words: string[]): Promise<unknown> => {
    const { stdout } = await promisify(execFile)('env', [...settings, 'az', ...words, '-o', 'json'], { cwd: folder });
    return stdout.trim() === '' ? undefined : JSON.parse(stdout);
  };
  await signIn(run, { url: `https://localhost:${front.port}`, profile });
  const close = async (): Promise<void> => {
    front.server.close();
    tokens.server.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { run, close };
}

async function signIn(
  run: AzureCli['run'],
  { url, profile }: { readonly url: string; readonly profile: CliProfile },
): Promise<void> {
  const endpoints = ['resource-manager', 'active-directory', 'management', 'active-directory-graph-resource-id'];
  const named = endpoints.flatMap((name) => [`--endpoint-${name}`, url]);
  const audience = ['--endpoint-active-directory-resource-id', 'https://management.core.windows.net/'];
  await run('cloud', 'register', '-n', 'Simulator', ...named, ...audience);
  await run('cloud', 'set', '-n', 'Simulator', '--profile', profile);
  await run('login', '--identity');
}

/** A server with a certificate made for the occasion, which passes all requests on. */
async function tlsFront(folder: string, simulatorUrl: string): Promise<Server> {
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...names, ...files], {
    stdio: 'ignore',
  });
  const [key, cert] = await Promise.all(['key.pem', 'cert.pem'].map((name) => readFile(join(folder, name))));
  const options = { ...(key === undefined ? {} : { key }), ...(cert === undefined ? {} : { cert }) };
  return createHttps(options, (incoming, response) => passOn(simulatorUrl, incoming, response));
}

/** `x-sim-original-host` makes the simulator name the front in its addresses. */
function passOn(simulatorUrl: string, incoming: IncomingMessage, response: ServerResponse): void {
  const headers = { ...incoming.headers, 'x-sim-original-host': incoming.headers.host };
  const passed = request(`${simulatorUrl}${incoming.url ?? '/'}`, { method: incoming.method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(response);
  });
  passed.on('error', () => response.destroy());
  incoming.pipe(passed);
}

async function answerToken(response: ServerResponse): Promise<void> {
  const { token } = await credentialOf().getToken();
  const body = {
    access_token: token,
    expires_on: '4102444800',
    resource: 'https://management.core.windows.net/',
    token_type: 'Bearer',
  };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function listen(server: Server): Promise<{ server: Server; port: number }> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}
