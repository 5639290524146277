// The plan of a message run: all that its k6 process is told, as one JSON file that holds no secret. Read in k6's init.

export interface MessagePlan {
  readonly v: 1;
  readonly run: string;
  readonly generator: string;
  /** The nodes of the cluster: `amqp://host:port`. */
  readonly urls: readonly string[];
  readonly vhost: string;
  readonly user: string;
  /** A reference, as k6/x/amqp takes it. */
  readonly passwordFrom: string;
  readonly queue: string;
  readonly confirms: boolean;
  readonly publishers: number;
  /** 0 in backlog mode. */
  readonly consumers: number;
  readonly bodySizeBytes: number;
  readonly pace: Readonly<Record<PublishingPhase, Pace>>;
  /** Where virtual users ask what to do next (runner/durability/conductor.ts). */
  readonly conductorUrl: string;
  /** By then every virtual user has ended. */
  readonly limitS: number;
}

/** `fill`: as fast as it goes · `stream`: at the rate of streaming · `trickle`: slowly, while a fault is active · `stop`: end. */
export type PublishingPhase = 'fill' | 'stream' | 'trickle';
export type Phase = PublishingPhase | 'stop';

/** Of one publisher. */
export interface Pace {
  readonly batchMessages: number;
  /** From the beginning of one batch to that of the next, at least. */
  readonly everyMs: number;
}

/** What a virtual user tells when it asks; counts are since its beginning. */
export interface MessageProgress {
  readonly process: string;
  readonly published: number;
  readonly acked: number;
  readonly delivered: number;
}

/** The answer. */
export interface Instruction {
  readonly phase: Phase;
}
