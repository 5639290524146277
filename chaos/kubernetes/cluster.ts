// A Kubernetes API server as one context of a kubeconfig reaches it; every request has a limit.

import {
  AuthorizationV1Api,
  CoordinationV1Api,
  CoreV1Api,
  CustomObjectsApi,
  createConfiguration,
  KubeConfig,
  ServerConfiguration,
} from '@kubernetes/client-node';
import { rememberSecret } from '../../lib/config/known-secrets.ts';
import { EXIT } from '../../lib/model/exit-code.ts';
import { StampedeError } from '../../lib/model/stampede-error.ts';

/** One request; who wants to wait longer asks again. */
const REQUEST_LIMIT_MS = 10_000;

export interface Cluster {
  readonly context: string;
  readonly core: CoreV1Api;
  readonly custom: CustomObjectsApi;
  readonly coordination: CoordinationV1Api;
  readonly authorization: AuthorizationV1Api;
}

/** Nothing is asked yet. StampedeError 64 when the file or the context in it cannot be used. */
export function openCluster({
  kubeconfig,
  context,
}: {
  readonly kubeconfig: string;
  readonly context: string;
}): Cluster {
  const config = readKubeconfig(kubeconfig);
  const names = config.getContexts().map(({ name }) => name);
  if (!names.includes(context)) {
    throw unusable(`${kubeconfig} has no context "${context}"`, `It has ${names.join(', ') || 'none'}.`);
  }
  config.setCurrentContext(context);
  const server = config.getCurrentCluster();
  if (server === null) throw unusable(`the context "${context}" of ${kubeconfig} names no cluster`);
  if (server.skipTLSVerify) {
    throw unusable(`the context "${context}" of ${kubeconfig} does not verify the API server's certificate`);
  }
  keepSecret(config);
  const configuration = createConfiguration({
    baseServer: new ServerConfiguration(server.server, {}),
    authMethods: { default: config },
    promiseMiddleware: [withLimit],
  });
  return {
    context,
    core: new CoreV1Api(configuration),
    custom: new CustomObjectsApi(configuration),
    coordination: new CoordinationV1Api(configuration),
    authorization: new AuthorizationV1Api(configuration),
  };
}

type Middleware = NonNullable<NonNullable<Parameters<typeof createConfiguration>[0]>['promiseMiddleware']>[number];

const withLimit: Middleware = {
  pre: async (request) => {
    request.setSignal(AbortSignal.timeout(REQUEST_LIMIT_MS));
    return request;
  },
  post: async (response) => response,
};

function readKubeconfig(path: string): KubeConfig {
  const config = new KubeConfig();
  try {
    config.loadFromFile(path);
  } catch (cause) {
    throw unusable(`the kubeconfig ${path} cannot be read: ${(cause as Error).message}`);
  }
  return config;
}

function keepSecret(config: KubeConfig): void {
  const { token, password } = config.getCurrentUser() ?? {};
  for (const secret of [token, password]) if (secret) rememberSecret(secret);
}

function unusable(message: string, hint = 'See "kubernetes" in docs/targets.md.'): StampedeError {
  return new StampedeError(message, { exitCode: EXIT.usage, hint });
}
