/** A whole log as bytes, from a file or standard input, compressed or not; for commands that read to the end and stop. */
import {createReadStream} from 'node:fs';
import {stat} from 'node:fs/promises';
import type {Readable} from 'node:stream';
import {createGunzip} from 'node:zlib';
import {exitCodes, UserError} from '../../base/user-error.ts';

export interface LogInput {
	/** The bytes, once. Throws a UserError where what comes is no text. */
	readonly chunks: () => AsyncGenerator<Buffer>;
	/** What was wrong with the rest, once the chunks have ended; undefined where it was whole. */
	readonly problem: () => string | undefined;
}

const portionBytes = 256 * 1024;
/** So much of the beginning tells text from what is none. */
const looked = 8192;

/** More than a few control characters; the NULs that a truncated log begins with do not count. */
function looksBinary(chunk: Buffer): boolean {
	let from = 0;
	while (from < chunk.length && chunk[from] === 0) from++;
	const head = chunk.subarray(from, from + looked);
	let controls = 0;
	for (const byte of head) if (byte < 32 && (byte < 7 || byte > 13) && byte !== 27) controls++;
	return controls * 20 > head.length;
}

function openError(error: unknown, path: string): unknown {
	switch ((error as NodeJS.ErrnoException).code) {
		case 'ENOENT':
		case 'ENOTDIR':
			return new UserError(`There is no file ${path}.`, exitCodes.noInput);
		case 'EISDIR':
			return new UserError(`${path} is a directory. Name a file in it, or - for standard input.`, exitCodes.noInput);
		case 'EACCES':
		case 'EPERM':
			return new UserError(`Permission denied: ${path}`, exitCodes.noPermission);
		case undefined:
			return error;
		default:
			return new UserError(`${path} cannot be read: ${(error as Error).message}.`, exitCodes.ioError);
	}
}

async function* portions(path: string, stdin: Readable): AsyncGenerator<Buffer> {
	if (path === '-') {
		yield* stdin as AsyncIterable<Buffer>;
		return;
	}
	try {
		if ((await stat(path)).isDirectory()) throw Object.assign(new Error('is a directory'), {code: 'EISDIR'});
		yield* createReadStream(path, {highWaterMark: portionBytes}) as AsyncIterable<Buffer>;
	} catch (error) {
		throw openError(error, path);
	}
}

async function* unzipped(first: Buffer, rest: AsyncGenerator<Buffer>, broken: (why: string) => void): AsyncGenerator<Buffer> {
	const unzip = createGunzip({chunkSize: portionBytes});
	let inputError: unknown;
	const feed = async () => {
		try {
			const more = (chunk: Buffer) => new Promise<void>((resolve) => unzip.write(chunk, () => resolve()));
			await more(first);
			for await (const chunk of rest) {
				if (unzip.destroyed) return;
				await more(chunk);
			}
		} catch (error) {
			inputError = error;
		}
		unzip.end();
	};
	void feed();
	try {
		yield* unzip as AsyncIterable<Buffer>;
	} catch (error) {
		if (inputError === undefined)
			broken((error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR' ? 'the compressed data breaks off' : 'the compressed data is damaged');
	}
	if (inputError !== undefined) throw inputError;
}

/**
 * The log at that path, `-` for standard input. Gzip is known by its first bytes.
 * Errors are UserErrors in one sentence: 66 no such file or a directory, 77 not allowed, 74 cannot be read, 65 no text.
 */
export function openLogInput(path: string, stdin: Readable): LogInput {
	let problem: string | undefined;
	return {
		async *chunks() {
			const raw = portions(path, stdin);
			let start = Buffer.alloc(0);
			while (start.length < 2) {
				const {value, done} = await raw.next();
				if (done) break;
				start = Buffer.concat([start, value]);
			}
			const zipped = start[0] === 0x1f && start[1] === 0x8b;
			const joined = async function* () {
				yield start;
				yield* raw;
			};
			const plain = zipped
				? unzipped(start, raw, (why) => {
						problem = why;
					})
				: joined();
			let first = true;
			for await (const chunk of plain) {
				if (first && looksBinary(chunk))
					throw new UserError(`${path === '-' ? 'Standard input' : path} is not text: it looks like a binary file.`, exitCodes.dataError);
				first = false;
				yield chunk;
			}
		},
		problem: () => problem,
	};
}
