/** One process of the concurrency test: appends its lines, one after the other. */
import {systemClock} from '../../src/adapters/machine/system-clock.ts';
import {appendEntry} from '../../src/ops-log/append-file.ts';

const [path = '', name = '', count = '0'] = process.argv.slice(2);
for (let number = 0; number < Number(count); number++) {
	// oxlint-disable-next-line no-await-in-loop -- one after the other is what is tested
	await appendEntry({path, line: `- ${name} ${number} ${'x'.repeat(300)}`, clock: systemClock, patienceMs: 60_000});
}
