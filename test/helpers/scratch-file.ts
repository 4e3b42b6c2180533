/**
 * A temporary directory for each test file, removed after its last test. Files of one worker share their modules, so a
 * helper cannot register this for every file that imports it.
 */
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll} from 'vitest';

const above = tmpdir();
const directory = mkdtempSync(join(above, 'file-'));
process.env['TMPDIR'] = directory;

afterAll(() => {
	process.env['TMPDIR'] = above;
	rmSync(directory, {recursive: true, force: true, maxRetries: 10, retryDelay: 50});
});
