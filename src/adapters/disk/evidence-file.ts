/** Pins of logs that are looked at outside a round: a markdown list, one file a day, on disk before the screen says so. */
import {appendFileSync, mkdirSync} from 'node:fs';
import {dirname} from 'node:path';
import type {LogEvidence} from '../../logs/log-evidence.ts';

/** Keeps pins in the file; a pin that is taken back is struck out, never lost. */
export function createEvidenceFile(
	path: string,
	write: (evidence: LogEvidence) => string,
): {readonly pin: (evidence: LogEvidence) => string; readonly isPinned: (id: string) => boolean} {
	const pinned = new Set<string>();
	const append = (line: string) => {
		mkdirSync(dirname(path), {recursive: true, mode: 0o700});
		appendFileSync(path, `${line}\n`, {mode: 0o600});
	};
	return {
		isPinned: (id) => pinned.has(id),
		pin(evidence) {
			const line = write(evidence).replaceAll(/\s*\n\s*/g, ' ⏎ ');
			if (pinned.delete(evidence.id)) {
				append(`- ~~${line}~~`);
				return 'unpinned';
			}
			append(`- ${line}`);
			pinned.add(evidence.id);
			return `pinned to ${path}`;
		},
	};
}
