/** One temporary directory for a whole run of tests; the run fails if a test file left anything in it. */
import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

export default function setup(): () => void {
	const directory = mkdtempSync(join(tmpdir(), 'rounds-test-'));
	process.env['TMPDIR'] = directory;
	return () => {
		const left = readdirSync(directory);
		rmSync(directory, {recursive: true, force: true, maxRetries: 5});
		if (left.length === 0) return;
		console.error(`Tests left ${left.length} files behind in the temporary directory: ${left.slice(0, 10).join(', ')}`);
		process.exitCode = 1;
	};
}
