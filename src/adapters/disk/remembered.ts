/** Keeps what was worked out of a file, so that the very same text need not be judged again: it is asked for by all of it. */
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {writeAtomically} from '../../base/atomic-file.ts';

export interface RememberOptions<Value> {
	/** Made where absent, for this user alone. */
	readonly directory: string;
	/** Absolute path of the file. */
	readonly file: string;
	readonly readText: (file: string) => Promise<string>;
	/** What else the value rests on: the build of this program. Undefined: nothing is kept. */
	readonly build: string | undefined;
	readonly isValue: (value: unknown) => value is Value;
	/** Works it out of the file. */
	readonly work: () => Promise<Value>;
}

/** Of which file it is is inside; a digest would ask for all of node:crypto, as long as the rest of it. */
const nameFor = (file: string) => `${Buffer.from(file).toString('base64url').slice(-120)}.json`;

interface Kept {
	readonly build: string;
	readonly file: string;
	/** The file's, to the letter. */
	readonly text: string;
}

async function recall(kept: string, {build, file, text}: Kept): Promise<unknown> {
	try {
		const read = JSON.parse(await readFile(kept, 'utf8')) as Partial<Kept & {readonly value: unknown}> | null;
		return read?.build === build && read.file === file && read.text === text ? read.value : undefined;
	} catch {
		return undefined;
	}
}

/**
 * The value of the file as it is now. Where it cannot be kept, it is worked out each time.
 * @throws what `readText` and `work` throw; nothing is kept then
 */
export async function remembered<Value>(options: RememberOptions<Value>): Promise<Value> {
	const {directory, file, readText, build, isValue, work} = options;
	if (build === undefined) return work();
	const text = await readText(file);
	const kept = join(directory, nameFor(file));
	const known = await recall(kept, {build, file, text});
	if (isValue(known)) return known;
	const value = await work();
	// Someone may have saved the file in between.
	if ((await readText(file)) !== text) return value;
	try {
		await writeAtomically(kept, JSON.stringify({build, file, text, value}), {sync: 'none', private: true});
	} catch {
		// It is only quicker with it.
	}
	return value;
}
