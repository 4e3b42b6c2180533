/** What the house does in one way only stays in one file. The simulated company is a world of its own. */
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {sourceFiles} from './imports.ts';

test.each([
	['doubles a pause', /\* 2 \*\* \(/, ['src/base/back-off.ts']],
	['asks for a random number', /Math\.random|randomInt\(/, ['src/adapters/machine/system-random.ts']],
	['reads Retry-After', /get\('retry-after'\)|ratelimit-reset|rate-limit-reset/i, ['src/base/retry-after.ts']],
	['replaces a secret', /replaceAll\([^\n]*(•••|hidden)/, ['src/base/redact.ts']],
])('%s in one place only', (_, pattern, places) => {
	const found = sourceFiles.filter((file) => !file.startsWith('src/demo/') && pattern.test(readFileSync(file, 'utf8')));
	expect(found).toEqual(places);
});
