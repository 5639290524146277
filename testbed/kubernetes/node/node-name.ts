// The name of the one node, as Kubernetes and Chaos Mesh know it.

export const NODE_NAME = 'node';
