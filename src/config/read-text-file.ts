import {readFile, stat} from 'node:fs/promises';
import {exitCodes, UserError} from '../base/user-error.ts';

/** A rounds.yaml of hundreds of services stays far below. */
const longest = 1024 * 1024;

const sentences: Readonly<Record<string, (path: string) => string>> = {
	ENOENT: (path) => `${path} does not exist.`,
	ENOTDIR: (path) => `${path} does not exist.`,
	EACCES: (path) => `${path} cannot be read: permission denied.`,
	EPERM: (path) => `${path} cannot be read: permission denied.`,
	ELOOP: (path) => `${path} is a link that leads to itself.`,
};

/** One clear sentence for what the file system said. */
function refusal(path: string, error: unknown): UserError {
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	const say = sentences[code];
	return new UserError(say ? say(path) : `${path} cannot be read${code ? ` (${code})` : ''}.`, exitCodes.config);
}

/**
 * The file's text without a byte order mark.
 * @throws UserError (78), one sentence, where it is absent, unreadable, no file, larger than 1 MiB or not UTF-8
 */
export async function readText(path: string): Promise<string> {
	const found = await stat(path).catch((error: unknown) => {
		throw refusal(path, error);
	});
	if (found.isDirectory()) throw new UserError(`${path} is a directory. Name the file, such as ${path}/rounds.yaml.`, exitCodes.config);
	if (!found.isFile()) throw new UserError(`${path} is not a regular file.`, exitCodes.config);
	if (found.size > longest) {
		throw new UserError(
			`${path} has ${(found.size / longest).toFixed(1)} MiB, but at most 1 MiB is read. Is it the right file?`,
			exitCodes.config,
		);
	}
	const bytes = await readFile(path).catch((error: unknown) => {
		throw refusal(path, error);
	});
	try {
		const text = new TextDecoder('utf-8', {fatal: true}).decode(bytes);
		if (!text.includes('\0')) return text;
	} catch {
		// Falls through to the one sentence for all that is no text.
	}
	throw new UserError(`${path} is not UTF-8 text. Save it as UTF-8.`, exitCodes.config);
}
