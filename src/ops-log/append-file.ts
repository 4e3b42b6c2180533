/**
 * Appends one line to the ops log. Existing bytes never change: the line is one write with O_APPEND, under a lock. If
 * only a part of it was written, that part is cut off again.
 */
import {constants} from 'node:fs';
import {type FileHandle, mkdir, open, realpath, stat} from 'node:fs/promises';
import {dirname} from 'node:path';
import type {Clock} from '../ports/clock.ts';
import {exitCodes, UserError} from '../base/user-error.ts';
import {codeOf, fileError} from '../base/file-error.ts';
import {header} from './log-header.ts';
import {withLock} from './lock-file.ts';
import {syncDirectory} from '../base/sync-file.ts';

/** How far back the same line is looked for, bytes. */
const tailBytes = 65_536;

export interface AppendOptions {
	readonly path: string;
	/** One log entry, without a line break. */
	readonly line: string;
	readonly clock: Clock;
	readonly patienceMs?: number;
	/** Writes the bytes at the end of the file and resolves to how many went out; for tests that need a full disk. */
	readonly write?: (handle: FileHandle, bytes: Buffer) => Promise<number>;
}

async function writeOnce(handle: FileHandle, bytes: Buffer): Promise<number> {
	return (await handle.write(bytes, 0, bytes.length)).bytesWritten;
}

async function readAt(handle: FileHandle, from: number, length: number): Promise<Buffer> {
	const buffer = Buffer.alloc(length);
	let read = 0;
	while (read < length) {
		const {bytesRead} = await handle.read(buffer, read, length - read, from + read);
		if (bytesRead === 0) break;
		read += bytesRead;
	}
	return buffer.subarray(0, read);
}

/** The bytes to add after `tail`, the end of the file; undefined if the line is there already. */
function addition(tail: Buffer, line: string, size: number): Buffer | undefined {
	const text = tail.toString('latin1');
	const wanted = Buffer.from(line, 'utf8').toString('latin1');
	// A crash between the append and the closing brings the very same line again: minute, seconds taken and all.
	if (text.split(/\r?\n/).includes(wanted)) return undefined;
	const lineBreak = /\r\n[^\n]*$/.test(text) ? '\r\n' : '\n';
	const before = size === 0 ? header.map((headerLine) => headerLine + lineBreak).join('') : text.endsWith('\n') ? '' : lineBreak;
	return Buffer.from(before + line + lineBreak, 'utf8');
}

/** Cuts off the written part of `bytes`. Leaves the file alone if something else follows `size`: it is not ours. */
async function rollBack(handle: FileHandle, size: number, bytes: Buffer): Promise<void> {
	const {size: now} = await handle.stat();
	if (now <= size || now > size + bytes.length) return;
	const added = await readAt(handle, size, now - size);
	if (added.equals(bytes.subarray(0, added.length))) await handle.truncate(size);
}

async function append({path, line, write = writeOnce}: AppendOptions): Promise<boolean> {
	const handle = await open(path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT, 0o644);
	try {
		const {size, mode} = await handle.stat();
		// Root could write it anyway, but the permission was removed on purpose.
		if ((mode & 0o222) === 0)
			throw new UserError(
				`cannot write ${path}: it is read-only. Run chmod u+w on it, or change opsLog in rounds.yaml.`,
				exitCodes.noPermission,
			);
		const from = Math.max(0, size - tailBytes);
		const bytes = addition(await readAt(handle, from, size - from), line, size);
		if (!bytes) return false;
		try {
			const written = await write(handle, bytes);
			if (written < bytes.length) throw Object.assign(new Error('short write'), {code: 'ENOSPC'});
			await handle.sync();
		} catch (error) {
			await rollBack(handle, size, bytes);
			throw error;
		}
		if (size === 0) await syncDirectory(dirname(path));
		return true;
	} finally {
		await handle.close();
	}
}

/** The real path, so that two names of one file share one lock. */
async function target(path: string): Promise<string> {
	try {
		const real = await realpath(path);
		if ((await stat(real)).isDirectory()) throw Object.assign(new Error('directory'), {code: 'EISDIR'});
		return real;
	} catch (error) {
		if (codeOf(error) === 'ENOENT') return path;
		throw error;
	}
}

/**
 * Appends the line and has it on disk before it resolves; creates directory and header if needed and
 * keeps the file's line breaks. Resolves to false if the same line is already near the end.
 * @throws UserError in one sentence: a directory, read-only, no permission, full disk, locked for too long.
 */
export async function appendEntry(options: AppendOptions): Promise<{readonly appended: boolean; readonly path: string}> {
	const {line, clock, patienceMs} = options;
	if (/[\n\r]/.test(line)) throw new UserError('a log entry is one line: remove the line breaks', exitCodes.dataError);
	try {
		await mkdir(dirname(options.path), {recursive: true});
		const path = await target(options.path);
		const appended = await withLock(path, {clock, ...(patienceMs !== undefined && {patienceMs})}, () => append({...options, path}));
		return {appended, path};
	} catch (error) {
		throw fileError(error, options.path);
	}
}
