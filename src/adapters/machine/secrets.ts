/** Secrets by reference: they are read when first needed, kept in memory only, and never shown. */
import {readFile, stat} from 'node:fs/promises';
import {homedir} from 'node:os';
import {resolve as resolvePath} from 'node:path';
import type {SecretReference} from '../../service/service.ts';
import type {CommandRunner} from '../../ports/commands.ts';
import {redact} from '../../base/redact.ts';
import {SourceError} from '../../base/source-error.ts';

/** A secret that is not read before it is needed. */
export interface Credential {
	/** Where it is, for messages: `env:SENTRY_TOKEN`. Never the value. */
	readonly name: string;
	readonly value: () => Promise<string>;
}

export interface Secrets {
	/**
	 * Reads the secret, once; later calls get the same value.
	 * @throws SourceError `missing-credential` saying what to export, install or chmod
	 */
	readonly resolve: (reference: SecretReference, whoFor: string) => Promise<string>;
	readonly credential: (reference: SecretReference, whoFor: string) => Credential;
	/** The text with every secret read so far replaced by `•••`. */
	readonly redact: (text: string) => string;
}

/** Where a secret is, without its value: `env:NAME`, `file:PATH`, `command op`. */
function describeSecret(reference: SecretReference): string {
	return typeof reference === 'string' ? reference : `command ${reference.command[0] ?? ''}`;
}

/** Makes the reader of secrets; `file:` paths are relative to `baseDirectory`. */
export function createSecrets(options: {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly run: CommandRunner;
	readonly baseDirectory: string;
}): Secrets {
	const pending = new Map<string, Promise<string>>();
	const values = new Set<string>();

	const read = async (reference: SecretReference, whoFor: string): Promise<string> => {
		const missing = (message: string, advice: string, cause?: unknown) =>
			new SourceError({source: whoFor, kind: 'missing-credential', message, advice, cause});
		if (typeof reference !== 'string') return fromCommand(reference.command, options, missing);
		if (reference.startsWith('env:')) {
			const name = reference.slice('env:'.length);
			const value = options.env[name]?.trim();
			if (value) return value;
			const state = options.env[name] === undefined ? 'not set' : 'empty';
			throw missing(`The credential of ${whoFor} is missing: ${name} is ${state}`, `export ${name}=…`);
		}
		const path = reference.slice('file:'.length).replace(/^~(?=\/)/, homedir());
		return fromFile(resolvePath(options.baseDirectory, path), whoFor, missing);
	};

	const resolve: Secrets['resolve'] = (reference, whoFor) => {
		const key = JSON.stringify(reference);
		const known = pending.get(key);
		if (known) return known;
		const reading = read(reference, whoFor).then((value) => {
			values.add(value);
			return value;
		});
		pending.set(key, reading);
		// What failed may be fixed while the program runs (a file's mode, a vault's log-in): ask again next time.
		reading.catch(() => pending.delete(key));
		return reading;
	};

	return {
		resolve,
		credential: (reference, whoFor) => ({name: describeSecret(reference), value: () => resolve(reference, whoFor)}),
		redact: (text) => redact(text, values),
	};
}

type Missing = (message: string, advice: string, cause?: unknown) => SourceError;

async function fromFile(path: string, whoFor: string, missing: Missing): Promise<string> {
	let text: string;
	try {
		const {mode} = await stat(path);
		if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
			const octal = (mode & 0o777).toString(8).padStart(3, '0');
			throw missing(`The credential file of ${whoFor} is readable by others: ${path} has mode ${octal}`, `chmod 600 ${path}`);
		}
		text = await readFile(path, 'utf8');
	} catch (error) {
		if (error instanceof SourceError) throw error;
		const code = (error as NodeJS.ErrnoException).code;
		const why = code === 'ENOENT' ? 'does not exist' : code === 'EISDIR' ? 'is a directory' : 'cannot be read';
		throw missing(`The credential file of ${whoFor} ${why}: ${path}`, `Write the token into ${path} and chmod 600 it`, error);
	}
	const value = text.split('\n', 1)[0]?.trim() ?? '';
	if (value === '') throw missing(`The credential file of ${whoFor} is empty: ${path}`, `Write the token into its first line`);
	return value;
}

async function fromCommand(
	argv: readonly string[],
	{run, baseDirectory}: {readonly run: CommandRunner; readonly baseDirectory: string},
	missing: Missing,
): Promise<string> {
	const program = argv[0] ?? '';
	// A vault may ask for a fingerprint: give the person time.
	const result = await run.run(argv, {timeoutMs: 60_000, cwd: baseDirectory}).catch((error: unknown) => {
		if (error instanceof SourceError)
			throw missing(`The credential command failed: ${error.message}`, error.advice ?? `Run ${program} by hand`, error);
		throw error;
	});
	if (result.exitCode !== 0) {
		throw missing(
			`The credential command ${program} ended with exit code ${result.exitCode}`,
			`Run ${program} by hand. It may need a log-in.`,
		);
	}
	const value = result.stdout.split('\n', 1)[0]?.trim() ?? '';
	if (value === '') throw missing(`The credential command ${program} printed nothing`, `Run ${program} by hand`);
	return value;
}
