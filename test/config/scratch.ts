import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {onTestFinished} from 'vitest';

/** An empty directory that goes with the test; `files` are written into it. */
export function scratch(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
	const directory = mkdtempSync(join(tmpdir(), 'rounds-config-'));
	onTestFinished(() => rmSync(directory, {recursive: true, force: true}));
	for (const [name, content] of Object.entries(files)) {
		mkdirSync(dirname(join(directory, name)), {recursive: true});
		writeFileSync(join(directory, name), content);
	}
	return directory;
}

/** The least that rounds.yaml must say, with more lines behind it. */
export function minimal(more = ''): string {
	return `services:\n  - name: checkout\n    owner: team\n    environments:\n      - name: production\n${more}`;
}
