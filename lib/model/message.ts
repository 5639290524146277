// The words of message durability: what a run does to a broker, what becomes of its messages, and how they are told apart.

/** `backlog`: messages are held without a consumer when the fault strikes. `streaming`: publishers and consumers run while faults come and go. */
export const MODES = ['backlog', 'streaming'] as const;
export type Mode = (typeof MODES)[number];

/** What is done to the nodes of the cluster; the roles are looked up just before. `none`: nothing, which shows conservation only. */
export const FAULT_NAMES = [
  'leader-kill',
  'follower-kill',
  'majority-kill',
  'rolling-restart',
  'cluster-restart',
  'none',
] as const;
export type FaultName = (typeof FAULT_NAMES)[number];

/** Only `quorum` is meant to survive a fault. `classic` stands on one node and is not durable: a planted defect. */
export const QUEUE_TYPES = ['quorum', 'classic', 'classic-durable'] as const;
export type QueueType = (typeof QUEUE_TYPES)[number];

/** The suite's own queues: declared before the load, deleted after the verdict's evidence is read. Nothing else is touched. */
export const MESSAGE_QUEUE = 'stampede.durability.messages';
export const DEAD_LETTER_QUEUE = 'stampede.durability.dead-letters';

/** `f` of the operations on messages and of faults. */
export const PUBLISH = 'publish';
export const CONSUME = 'consume';
export const INJECT = 'inject';
export const HEAL = 'heal';

/** `value` of a `consume` invoke: the delivery as it came. `ok` then says that its acknowledgement was sent, `fail` that it was not. */
export interface ConsumeValue {
  /** The broker says that it may have delivered the message before. */
  readonly redelivered: boolean;
  /** How often a quorum queue has delivered it in vain; 0 for other queues. */
  readonly deliveryCount: number;
  readonly queue: string;
  /** The node that was asked, where only one was. */
  readonly node?: string;
}

/** The message's id, and its key in the history: unique per run, publisher and number. */
export function messageKey(run: string, publisher: number, number: number): string {
  return `${run}/${publisher}/${number}`;
}

/** Stands for the id of a message that came without one: nobody of ours published it. */
const NO_ID = '(no message id)';

/** The key of a delivery in the history: the id that its message came with. */
export function deliveryKey(messageId: string | undefined): string {
  return messageId === undefined || messageId === '' ? NO_ID : messageId;
}

/** What a message run was told to do, and how its queues were read in the end: a part of run.json. */
export interface MessageRun {
  readonly mode: Mode;
  readonly fault: FaultName;
  readonly queueType: QueueType;
  /** False: the publisher takes what it has sent for acknowledged, a planted defect. */
  readonly confirms: boolean;
  /** With fewer messages at risk the run shows too little. */
  readonly atRiskWanted: number;
  /** `null` until the queues were read. */
  readonly drain: Drain | null;
}

/** How the queues were read after the load. */
export interface Drain {
  readonly startedMs: number;
  readonly endedMs: number;
  /** The nodes that were asked for every queue, one after the other. */
  readonly nodes: readonly string[];
  /** What each queue held at the end; `null` for a queue that the broker does not have any more. */
  readonly left: readonly { readonly queue: string; readonly messages: number | null }[];
}

/** The messages of a run in figures: a part of verdict.json. */
export interface MessageFigures {
  readonly mode: Mode;
  readonly fault: FaultName;
  readonly queueType: QueueType;
  readonly confirms: boolean;
  /** published = acked + refused + unknown. */
  readonly published: number;
  readonly acked: number;
  /** Certainly not there: returned, or never sent. */
  readonly refused: number;
  readonly unknown: number;
  /** Different messages that a consumer has seen. */
  readonly consumed: number;
  /** Deliveries, each counted. */
  readonly deliveries: number;
  /** Deliveries that the broker marked as made before. */
  readonly redelivered: number;
  /** Acked, and certainly never consumed. */
  readonly lost: number;
  /** Acked, and seen by no consumer, though it is not certain that they are gone, and why: nothing counts as lost then. Absent without such a doubt. */
  readonly unseen?: { readonly messages: number; readonly but: string };
  readonly duplicated: { readonly byRedelivery: number; readonly byResend: number; readonly unexplained: number };
  /** Consumed, though never published, or though certainly refused. */
  readonly unexpected: number;
  /** Unknown, and consumed. */
  readonly recovered: number;
  /** Unknown, and not consumed: allowed. */
  readonly never: number;
  readonly deadLettered: number;
  readonly atRisk: number;
  readonly lostAtRisk: number;
  readonly faults: number;
  /** The longest time between two acknowledgements while publishing was on; `null` with fewer than two. */
  readonly longestGapMs: number | null;
}
