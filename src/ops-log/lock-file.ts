/**
 * One writer at a time, across processes and machines: a lock file made with O_EXCL that names its holder.
 * A lock whose process is dead (same machine) or that is older than a minute (another machine) is removed.
 */
import {randomUUID} from 'node:crypto';
import {open, readFile, stat, unlink} from 'node:fs/promises';
import {hostname} from 'node:os';
import type {Clock} from '../ports/clock.ts';
import {exitCodes, UserError} from '../base/user-error.ts';
import {codeOf, fileError} from '../base/file-error.ts';

/** How long an append waits for another one, which takes milliseconds. */
const patienceMs = 10_000;
/** A lock of another machine, or an unreadable one, is abandoned if it has not changed for this long. */
const abandonedMs = 60_000;
/** Removing a dead holder's lock takes microseconds. A process that died doing it must not block forever. */
const takingAwayMs = 5000;

interface Holder {
	readonly pid: number;
	readonly host: string;
	readonly token: string;
}

interface Seen {
	/** Undefined while it is being written, or if it is not a lock of rounds. */
	readonly holder: Holder | undefined;
	readonly text: string;
	readonly modifiedAt: number;
}

export interface LockOptions {
	readonly clock: Clock;
	readonly patienceMs?: number;
}

function parseHolder(text: string): Holder | undefined {
	try {
		const value = JSON.parse(text) as Partial<Holder> | null;
		if (typeof value?.pid !== 'number' || typeof value.host !== 'string' || typeof value.token !== 'string') return undefined;
		return {pid: value.pid, host: value.host, token: value.token};
	} catch {
		return undefined;
	}
}

async function look(path: string): Promise<Seen | undefined> {
	try {
		const [text, {mtimeMs}] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
		return {holder: parseHolder(text), text, modifiedAt: mtimeMs};
	} catch (error) {
		if (codeOf(error) === 'ENOENT') return undefined;
		throw error;
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// EPERM: the process is alive and belongs to another user.
		return codeOf(error) === 'EPERM';
	}
}

function isAbandoned({holder, modifiedAt}: Seen, now: number): boolean {
	if (holder && holder.host === hostname()) return !isAlive(holder.pid);
	return now - modifiedAt > abandonedMs;
}

async function create(path: string, text: string): Promise<boolean> {
	try {
		const handle = await open(path, 'wx', 0o644);
		try {
			await handle.writeFile(text);
		} catch (error) {
			// An empty lock would block every writer for a minute.
			await removeIfThere(path);
			throw error;
		} finally {
			await handle.close();
		}
		return true;
	} catch (error) {
		if (codeOf(error) === 'EEXIST') return false;
		throw error;
	}
}

async function removeIfThere(path: string): Promise<void> {
	try {
		await unlink(path);
	} catch (error) {
		if (codeOf(error) !== 'ENOENT') throw error;
	}
}

/** One process at a time removes a lock, and only the lock it saw: otherwise two could remove each other's new lock. */
async function takeAway(path: string, seen: Seen, now: number): Promise<void> {
	const guard = `${path}.taking`;
	if (!(await create(guard, ''))) {
		const other = await look(guard);
		if (other && now - other.modifiedAt > takingAwayMs) await removeIfThere(guard);
		return;
	}
	try {
		if ((await look(path))?.text === seen.text) await removeIfThere(path);
	} finally {
		await removeIfThere(guard);
	}
}

/**
 * Runs `work` while holding `${path}.lock`.
 * @throws UserError if the lock cannot be created, or is held for longer than the patience (10 s).
 */
export async function withLock<Result>(
	path: string,
	{clock, patienceMs: patience = patienceMs}: LockOptions,
	work: () => Promise<Result>,
): Promise<Result> {
	const lock = `${path}.lock`;
	const token = randomUUID();
	const text = JSON.stringify({pid: process.pid, host: hostname(), token} satisfies Holder);
	const deadline = clock.now() + patience;
	try {
		for (let wait = 5; !(await create(lock, text)); wait = Math.min(wait * 1.5, 50)) {
			const seen = await look(lock);
			if (seen && isAbandoned(seen, Date.now())) {
				await takeAway(lock, seen, Date.now());
			} else if (clock.now() >= deadline) {
				const who = seen?.holder ? `process ${seen.holder.pid} on ${seen.holder.host}` : 'another process';
				throw new UserError(
					`cannot write ${path}: ${who} has locked it. Try again, or remove ${lock} if nothing writes there`,
					exitCodes.unavailable,
				);
			}
			await clock.sleep(wait);
		}
	} catch (error) {
		throw fileError(error, lock);
	}
	try {
		return await work();
	} finally {
		// Not ours any more if another process thought we were dead.
		if ((await look(lock))?.holder?.token === token) await removeIfThere(lock);
	}
}
