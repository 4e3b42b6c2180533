/** Follows one path through everything that happens to logs: growth, rotation, cutting, deletion, lost permission. */
import {basename} from 'node:path';
import type {LineBatch, LogSink, StreamId} from '../../ports/log-feed.ts';
import {createTimeReader} from '../../logs/formats/line-time.ts';
import type {Clock} from '../../ports/clock.ts';
import type {FileAccess, FileFacts, OpenFile} from './file-access.ts';
import {openedFile, type OpenedFile} from './opened-file.ts';
import {copyOfCut, filesBetween, siblingIdentities} from './rotated-files.ts';

export interface TailerOptions {
	readonly path: string;
	readonly stream: StreamId;
	readonly sink: LogSink;
	readonly clock: Clock;
	readonly files: FileAccess;
	/** Identities of all files that were read, by whichever path: none is read twice. */
	readonly known: Set<string>;
	readonly pollMs: number;
}

export interface FileTailer {
	readonly path: string;
	/** One look at the path: reads what is new. The buffer is shared by all tailers. */
	readonly look: (buffer: Buffer) => Promise<void>;
	/** Takes over a file whose past was read, with what stood next to it when it was opened. */
	readonly adopt: (opened: OpenedFile, beside: ReadonlySet<string>) => void;
	/** One sentence while there is nothing to read; undefined while there is. */
	readonly problem: () => string | undefined;
	readonly close: () => Promise<void>;
}

/** A writer may continue writing to a file that was renamed, until it is told to open its log anew. */
const lingerMs = 10_000;
/** Bytes of one look, so that a log that grows faster than it is read leaves the others their turn. */
const lookBytes = 16 * 1024 * 1024;

/** Times without a zone are local ones, as syslog writes them. */
export function localTimes(clock: Clock) {
	return createTimeReader({now: clock.now, offsetMinutes: -new Date(clock.now()).getTimezoneOffset()});
}

/** What a system error means for the path. */
export function explainFileError(path: string, error: unknown): string {
	const {code, message} = error as NodeJS.ErrnoException;
	if (code === 'EACCES' || code === 'EPERM') return `${path} may not be read (permission denied)`;
	if (code === 'ENOENT' || code === 'ENOTDIR') return `${path} does not exist`;
	if (code === 'EMFILE' || code === 'ENFILE') return `${path} cannot be opened: too many files are open`;
	return `${path} cannot be read (${code ?? message})`;
}

export function isDenied(error: unknown): boolean {
	return ['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '');
}

export function isMissing(error: unknown): boolean {
	return ['ENOENT', 'ENOTDIR', 'ESTALE'].includes((error as NodeJS.ErrnoException).code ?? '');
}

/** Makes the tailer; nothing is read before the first look. */
export function createFileTailer({path, stream, sink, clock, files, known, pollMs}: TailerOptions): FileTailer {
	let current: OpenedFile | undefined;
	/** Renamed ones that may still grow, with the time of their last growth. */
	let lingering: {readonly opened: OpenedFile; grewAt: number}[] = [];
	/** The file at the path is read by another tailer, or was. */
	let foreign: string | undefined;
	let problem: string | undefined;
	let missing = 0;
	let lastRead = clock.now();
	/** When the file had last been written to, at the last look. */
	let lastChange: number | undefined;
	/** Next to the current file when it was opened. */
	let siblings: ReadonlySet<string> = new Set();
	const closed = new Set<OpenedFile>();

	const onLines = (batch: LineBatch) => sink.lines(stream, batch);
	const note = (kind: 'gap' | 'mark', text: string) =>
		sink.note(stream, {kind, from: kind === 'gap' ? lastRead : clock.now(), to: clock.now(), text});
	const take = (file: OpenFile, facts: FileFacts): OpenedFile => {
		known.add(facts.identity);
		return openedFile(file, {facts, timeOf: localTimes(clock), onLines});
	};

	/** Reads to the end; true where the file was found cut. */
	const drain = async (opened: OpenedFile, buffer: Buffer, most = Number.POSITIVE_INFINITY): Promise<boolean> => {
		for (let bytes = 0; bytes < most; bytes += buffer.length) {
			const found = await opened.step(buffer);
			if (found === 'cut') return true;
			lastRead = clock.now();
			if (found === 'end') return false;
		}
		return false;
	};

	/** The rest of what was cut off is in the copy, where one was made; then the file is read from its new beginning. */
	const restart = async (opened: OpenedFile, buffer: Buffer) => {
		const copy = await copyOfCut(files, {path, opened, now: clock.now(), known, lastChange});
		if (copy) {
			known.add(copy.facts.identity);
			while ((await opened.step(buffer, copy.file)) === 'more');
			await copy.file.close();
		}
		opened.endLine();
		note(
			'gap',
			copy
				? `cut to zero after it was copied to ${basename(copy.path)}: what was written in between is lost`
				: 'cut to zero: what was written since it was last read may be missing',
		);
		opened.seek(0);
		await drain(opened, buffer, lookBytes);
	};

	const readLingering = async (buffer: Buffer) => {
		for (const old of lingering) {
			const before = old.opened.position();
			const cut = await drain(old.opened, buffer, lookBytes);
			if (!cut && old.opened.position() > before) old.grewAt = clock.now();
			else if (cut || clock.now() - old.grewAt > lingerMs) await closeFile(old.opened);
		}
		lingering = lingering.filter(({opened}) => !closed.has(opened));
	};
	const closeFile = async (opened: OpenedFile) => {
		closed.add(opened);
		opened.endLine();
		await opened.close();
	};

	/** Another file is at the path. */
	const change = async (facts: FileFacts, buffer: Buffer) => {
		const old = current;
		if (known.has(facts.identity)) {
			foreign = facts.identity;
			current = undefined;
		} else {
			const file = await files.open(path);
			const now = await file.facts();
			const isKnown = (identity: string) => known.has(identity) || siblings.has(identity) || identity === now.identity;
			if (old) await drain(old, buffer);
			for (const each of old ? await filesBetween(files, {path, before: old, known: isKnown}) : []) {
				const opened = take(each.file, each.facts);
				await drain(opened, buffer);
				lingering.push({opened, grewAt: clock.now()});
			}
			siblings = await siblingIdentities(files, path);
			if (old) note('mark', 'rotated: following the new file');
			current = take(file, now);
			foreign = undefined;
			await drain(current, buffer, lookBytes);
		}
		if (old) lingering.push({opened: old, grewAt: clock.now()});
	};

	const lookOnce = async (buffer: Buffer) => {
		await readLingering(buffer);
		const wasCut = current !== undefined && (await drain(current, buffer, lookBytes));
		if (current && wasCut) await restart(current, buffer);
		const facts = await files.facts(path);
		if (facts.kind !== 'file') throw Object.assign(new Error('not a file'), {code: 'ENOENT'});
		if (facts.identity !== current?.facts.identity && facts.identity !== foreign) await change(facts, buffer);
		// Empty as before, but not untouched: it was written to and cut between two looks.
		else if (!wasCut && current?.position() === 0 && facts.size === 0 && lastChange !== undefined && facts.changedAt !== lastChange) {
			await restart(current, buffer);
		}
		lastChange = facts.changedAt;
		missing = 0;
		problem = undefined;
		sink.state(stream, {kind: 'live', since: clock.now()});
	};

	const fail = (error: unknown) => {
		const text = explainFileError(path, error);
		if (isMissing(error)) {
			missing += 1;
			// A rotation has a moment without a file; only what lasts is worth a word.
			if (current && missing === 1) return;
			if (current && missing === 2) note('mark', 'deleted. Following resumes when the file comes back.');
			problem = current ? `${path} was deleted` : `${path} does not exist yet`;
			sink.state(stream, {kind: 'queued'});
			return;
		}
		problem = text;
		if (isDenied(error)) sink.state(stream, {kind: 'denied', error: text});
		else sink.state(stream, {kind: 'reconnecting', since: lastRead, retryAt: clock.now() + pollMs, error: text});
	};

	return {
		path,
		async look(buffer) {
			try {
				await lookOnce(buffer);
			} catch (error) {
				if ((error as NodeJS.ErrnoException).code === undefined) throw error;
				fail(error);
			}
		},
		adopt(opened, beside) {
			current = opened;
			siblings = beside;
			lastChange = opened.facts.changedAt;
		},
		problem: () => problem,
		async close() {
			for (const {opened} of lingering) await closeFile(opened);
			if (current) await closeFile(current);
		},
	};
}
