import {describe, expect, test} from 'vitest';
import {formatCpu, formatMemory, kubectlAge, kubectlPodAge, kubectlRestarts} from '../../../src/checks/kit/kubernetes-format.ts';

const s = 1000;
const m = 60 * s;
const h = 60 * m;
const d = 24 * h;
const y = 365 * d;

describe('kubectlAge', () => {
	test.each([
		[-5 * s, '<invalid>'],
		[-1.5 * s, '0s'],
		[0, '0s'],
		[999, '0s'],
		[119.9 * s, '119s'],
		[2 * m, '2m'],
		[2 * m + 5 * s, '2m5s'],
		[10 * m - 1, '9m59s'],
		[10 * m + 59 * s, '10m'],
		[3 * h - 1, '179m'],
		[3 * h, '3h'],
		[7 * h + 12 * m, '7h12m'],
		[8 * h, '8h'],
		[48 * h - 1, '47h'],
		[2 * d, '2d'],
		[2 * d + 4 * h, '2d4h'],
		[8 * d, '8d'],
		[2 * y - 1, '729d'],
		[2 * y, '2y'],
		[2 * y + 3 * d, '2y3d'],
		[8 * y, '8y'],
		[9 * y + 100 * d, '9y'],
	])('%d ms is %s', (ms, text) => {
		expect(kubectlAge(ms)).toBe(text);
	});
});

test('a pod without a creation date has an unknown age', () => {
	expect(kubectlPodAge({}, 5 * m)).toBe('<unknown>');
	expect(kubectlPodAge({createdAt: 0}, 5 * m)).toBe('5m');
});

test('restarts say how long ago only where a date is known', () => {
	expect(kubectlRestarts({restarts: 0, lastRestartAt: 0}, 38 * s)).toBe('0');
	expect(kubectlRestarts({restarts: 3}, 38 * s)).toBe('3');
	expect(kubectlRestarts({restarts: 14, lastRestartAt: 0}, 38 * s)).toBe('14 (38s ago)');
});

const mi = 1024 ** 2;

test.each([
	[488 * mi, 512 * mi, '488/512Mi'],
	[301 * mi, undefined, '301Mi'],
	[undefined, 512 * mi, '-/512Mi'],
	[undefined, undefined, '-'],
	[900 * 1024, undefined, '900Ki'],
	[0, 512 * mi, '0/512Mi'],
	[1536 * mi, 2048 * mi, '1536/2048Mi'],
	[12.5 * 1024 * mi, 16 * 1024 * mi, '12.5/16Gi'],
])('memory %s of %s is %s', (used, limit, text) => {
	expect(formatMemory(used, limit)).toBe(text);
});

test.each([
	[210, undefined, '210m'],
	[210.4, 500, '210/500m'],
	[12_500, undefined, '12.5'],
	[undefined, undefined, '-'],
])('CPU %s of %s is %s', (used, limit, text) => {
	expect(formatCpu(used, limit)).toBe(text);
});
