/** One write at the end of the round, shown before it is done. */
export interface PlannedWrite {
	readonly id: 'investigations' | 'entry' | 'record' | 'commit' | 'push';
	/** Exactly what will be written or run, and where. */
	readonly title: string;
	readonly detail: string;
	/** Leaves this machine: asks with y, default no; refused by --read-only. */
	readonly outside: boolean;
}

export type WriteResult = {readonly id: PlannedWrite['id']; readonly done: boolean; readonly text: string};
