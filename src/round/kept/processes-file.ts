/** Who holds a round: which process on which machine, and whether it still lives. */
import {randomUUID} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {hostname} from 'node:os';

export interface Holder {
	readonly pid: number;
	readonly host: string;
	/** When the process started, in the system's units, because pids are reused. Absent if the system does not say. */
	readonly processStart?: string;
	/** Unique; shows whether a round was taken over. */
	readonly token: string;
}

/** What the journal needs of the operating system. */
export interface Processes {
	readonly self: Holder;
	/** Undefined for a process of another machine. */
	readonly isAlive: (holder: Holder) => boolean | undefined;
}

/** Field 3 of /proc/PID/stat, the state, and field 22, the start in clock ticks since boot; undefined if there is no such file. */
function statOf(pid: number): {readonly state: string | undefined; readonly start: string | undefined} | undefined {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
		// The name before it, in brackets, may hold blanks and brackets itself.
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		return {state: fields[0], start: fields[19]};
	} catch {
		return undefined;
	}
}

function exists(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// EPERM: the process is alive and belongs to another user.
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}

/** This machine's processes, as seen from this one. */
export function createProcesses(): Processes {
	const host = hostname();
	const processStart = statOf(process.pid)?.start;
	return {
		self: {pid: process.pid, host, ...(processStart !== undefined && {processStart}), token: randomUUID()},
		isAlive(holder) {
			if (holder.host !== host) return undefined;
			if (!exists(holder.pid)) return false;
			const {state, start} = statOf(holder.pid) ?? {};
			// Killed, and its parent has not asked for its end yet: it has a pid and will never write again.
			if (state === 'Z' || state === 'X') return false;
			return start === undefined || holder.processStart === undefined || start === holder.processStart;
		},
	};
}
