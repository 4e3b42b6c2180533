/** The debug log as a file of JSON lines, each written at once: what happened just before a crash must be in it. */
import {openSync, writeSync} from 'node:fs';
import {codeOf} from '../../base/file-error.ts';
import {exitCodes, UserError} from '../../base/user-error.ts';
import type {DebugEvent, DebugLog} from '../../ports/debug-log.ts';

const causes: Readonly<Record<string, string>> = {
	ENOENT: 'No such directory. Name a file in a directory that exists.',
	ENOTDIR: 'A part of the path is a file. Name a file in a directory that exists.',
	EISDIR: 'Is a directory. Name a file in it.',
	EACCES: 'Permission denied. Name a file that you may write.',
	EPERM: 'Permission denied. Name a file that you may write.',
	EROFS: 'Read-only file system. Name a file elsewhere.',
	ENOSPC: 'No space left on device. Free some space, or name a file elsewhere.',
};

function problem(path: string, error: unknown, exitCode: number): unknown {
	const code = codeOf(error);
	return code === undefined ? error : new UserError(`ROUNDS_DEBUG: ${path}: ${causes[code] ?? code}`, exitCode, 'troubleshooting');
}

/**
 * Appends to the file, or makes it, for its owner only. A disk that fills up later ends the log, not the program.
 * @throws UserError 73 if the file cannot be opened, 74 if it cannot be written
 */
export function openDebugLog(path: string, {now}: {readonly now: () => number}): DebugLog {
	const redactions: ((text: string) => string)[] = [];
	let file: number;
	try {
		file = openSync(path, 'a', 0o600);
	} catch (error) {
		throw problem(path, error, exitCodes.cannotCreate);
	}
	const clean = (value: unknown) => (typeof value === 'string' ? redactions.reduce((text, redact) => redact(text), value) : value);
	const append = (event: DebugEvent) => {
		const fields = Object.entries(event).map(([name, value]) => [name, clean(value)] as const);
		writeSync(file, `${JSON.stringify({time: new Date(now()).toISOString(), ...Object.fromEntries(fields)})}\n`);
	};
	try {
		append({
			kind: 'start',
			version: process.env.ROUNDS_VERSION ?? '0.0.0',
			node: process.versions.node,
			platform: `${process.platform} ${process.arch}`,
		});
	} catch (error) {
		throw problem(path, error, exitCodes.ioError);
	}
	let isFull = false;
	return {
		isOn: true,
		hide: (redact) => redactions.push(redact),
		write(event) {
			if (isFull) return;
			try {
				append(event);
			} catch {
				isFull = true;
			}
		},
	};
}
