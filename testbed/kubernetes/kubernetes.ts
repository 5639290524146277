// The throwaway cluster as other parts of the suite use it: up, down, status, and where its files are.

export { clustersFolder } from '../instance.ts';
export { clusterFiles, clusterInstance } from './cluster-instance.ts';
export { type ClusterStatus, clusterStatus } from './cluster-status.ts';
export { contextName } from './credentials.ts';
export { type ClusterDownResult, clusterDown } from './down-cluster.ts';
export type { PodStatus } from './platform/pod-status.ts';
export type { PlatformImages } from './platform/start-platform.ts';
export type { ClusterPrograms } from './programs.ts';
export { refuseMachine } from './refuse-machine.ts';
export { type ClusterUpOptions, type ClusterUpResult, clusterUp } from './up-cluster.ts';
