/** What happens when rounds itself fails: a sentence for the operator, the trace in a file, a report where one is wanted. */
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {createCrashReporter} from '../../adapters/sentry/crash-reports.ts';
import {stateDirectory} from '../../adapters/disk/state-directory.ts';
import {nameSourceLines, traceOf} from '../../adapters/machine/source-lines.ts';
import {debugLog} from './debug.ts';
import type {Context} from '../../apps/context.ts';

/**
 * Writes the trace, secrets replaced, to a file of the operator's own, says where, and sends a report where
 * `crashReports` of rounds.yaml holds a DSN. Never throws.
 */
export async function reportCrash(
	error: unknown,
	{context, err}: {readonly context: Context | undefined; readonly err: (text: string) => void},
): Promise<void> {
	nameSourceLines(error);
	const redact = context?.secrets.redact ?? ((text: string) => text);
	const message = redact(error instanceof Error ? error.message : String(error));
	const trace = redact(traceOf(error));
	debugLog().write({kind: 'crash', error: trace});
	const directory = join(stateDirectory(), 'crashes');
	const file = join(directory, `${new Date().toISOString().replaceAll(':', '')}.txt`);
	try {
		mkdirSync(directory, {recursive: true, mode: 0o700});
		writeFileSync(file, trace, {mode: 0o600});
		err(`rounds: stopped by a defect in rounds: ${message}\nThe round is saved. Run \`rounds\` to resume it. The trace is in ${file}\n`);
	} catch {
		err(`rounds: stopped by a defect in rounds: ${message}\nThe round is saved. Run \`rounds\` to resume it.\n`);
	}
	const dsn = context?.loaded.config.crashReports?.dsn;
	if (!context || dsn === undefined) return;
	const value = await context.secrets.resolve(dsn, 'crash reports').catch(() => undefined);
	await createCrashReporter({...(value === undefined ? {} : {dsn: value}), redact, release: process.env.ROUNDS_VERSION ?? '0.0.0'}).report(
		error,
	);
}
