// The programs that a cluster is made of and that are built from Go modules (programs/); the set-up builds them.

/** Paths of the binaries. */
export interface ClusterPrograms {
  /** API server, controllers, scheduler, kubelet and kube-proxy in one. */
  readonly kubernetes: string;
  readonly dns: string;
  readonly chaosController: string;
  readonly chaosDaemon: string;
}
