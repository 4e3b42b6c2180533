import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {checkKinds, checkOf} from '../../src/checks/index.ts';
import {blockOf} from '../../src/runbooks/blocks/blocks.ts';
import {loadRunbooks} from '../../src/runbooks/load-runbooks-file.ts';
import {runbookFor} from '../../src/runbooks/match-runbook.ts';

const {runbooks, warnings} = await loadRunbooks({
	embeddedDirectory: fileURLToPath(new URL('../../runbooks/', import.meta.url)),
	teamDirectories: [],
});

test('all can be read', () => {
	expect(warnings).toEqual([]);
	expect(runbooks.length).toBeGreaterThanOrEqual(checkKinds.length);
});

describe.each(runbooks.map((runbook) => [runbook.id, runbook] as const))('%s', (_, runbook) => {
	test('has its front matter', () => {
		expect(runbook.title).not.toBe('');
		expect(runbook.owner).toBeDefined();
		expect(runbook.lastReviewedOn).toMatch(/^\d{4}-\d\d-\d\d$/);
		expect(runbook.reviewInMs).toBeGreaterThan(0);
		expect(runbook.checks.length).toBeGreaterThan(0);
		for (const check of runbook.checks) expect(checkKinds).toContain(check);
	});
	test('has its sections in order', () => {
		const sections = [...runbook.markdown.matchAll(/^## (.+)$/gm)].map(([, title]) => title);
		expect(sections).toEqual(['Symptom', 'First look', 'Decide', 'Do', 'Undo', 'Who to call']);
	});
	test('speaks only of runbooks that exist', () => {
		for (const [, id] of runbook.markdown.matchAll(/runbook `([^`]+)`/g)) expect(runbooks.map((one) => one.id)).toContain(id);
	});
	test('closes its code blocks and names their language', () => {
		const fences = runbook.markdown.match(/^\s*```.*$/gm) ?? [];
		expect(fences.length % 2).toBe(0);
		const opening = fences.filter((_, index) => index % 2 === 0).map((fence) => fence.trim());
		expect(opening.filter((fence) => !/^```(console|sh|sql|promql|yaml)$/.test(fence))).toEqual([]);
	});
});

/** What the checks really say, and where it should lead. */
test.each([
	['pods', 'api-54fb9-n4vkg CrashLoopBackOff, 14 restarts in the last hour, usual 0, last OOMKilled 38 s ago', 'pod-crash-loop'],
	['pods', 'worker ImagePullBackOff: image checkout-worker:1.42.0 cannot be pulled', 'image-pull'],
	['pods', 'web-6d5f-8kq2p last OOMKilled 7 h ago', 'oom-killed'],
	['pods', 'api Running but only 0/1 ready', 'pods'],
	['logs', '5xx 1.9 % of requests, usual 0.2 % for a Friday 08:00, all from one pod api-n4vkg', 'burst-5xx'],
	['logs', '/api/search p95 2.4 s, usual 247 ms for a Friday 08:00', 'slow-endpoint'],
	['errors', 'CHECKOUT-1 TypeError, critical, escalating, 412 in the last full hour, usual 8', 'sentry-spike'],
	['payments', 'evt_1 invoice.paid not delivered for 3 h, 1 delivery pending', 'stuck-webhooks'],
	['payments', 'A-0001 EUR 149.00 payment failed, card_declined, 2 attempts', 'failed-invoices'],
	[
		'rate-limits',
		'password reset 180 blocks of 610 requests (30 %) in the last hour, usual 15: 12x, 3 sources: looks like an attack',
		'blocked-log-ins',
	],
	['backups', 'orders last restorable 2026-11-19T22:10Z, 10 h 21 m ago, should be within 1 h', 'stale-backup'],
	['health', 'production certificate ends in 13 days, should have 14 or more', 'certificate'],
	['health', 'staging answers 503, should be 200', 'health'],
	['capacity', 'data-orders-0 volume 91 %, warning from 80 %, critical from 90 %', 'full-volume'],
	['capacity', 'api memory 95 % (488Mi of 512Mi), warning from 80 %, critical from 90 %', 'oom-killed'],
	['alerts', 'CheckoutErrorBudgetBurn firing for 39 m, critical', 'burst-5xx'],
	['alerts', 'KubePersistentVolumeFillingUp firing for 2 h, critical', 'full-volume'],
	['alerts', 'KubePodCrashLooping firing for 10 m, warning', 'pod-crash-loop'],
	['alerts', 'HighRequestRate firing for 5 m, warning', 'ten-times-the-traffic'],
	['alerts', 'Watchdog firing for 90 d', 'alerts'],
	['readiness', 'Threat model never confirmed: it knows every door', 'readiness'],
] as const)('%s: %s', (kind, text, expected) => {
	expect(runbookFor(runbooks, {id: checkOf(kind).runbook, check: kind, texts: [text]})?.id).toBe(expected);
});

/** What looks must not change things; where it does, the page says so. */
const firstLooksThatChange = ['command "$COMMAND"; echo', 'http kubectl run', 'stale-backup pgbackrest --stanza="$STANZA" check'];

describe('the blocks', () => {
	const blocks = runbooks.flatMap((runbook) =>
		[...runbook.markdown.matchAll(/^( *)```(\w+)\n([^]*?)\n\1```$/gm)].map(([, , language = '', code = ''], index) => {
			const text = code.replaceAll(/^ {1,3}(?=\S)/gm, '');
			const before = runbook.markdown.slice(0, runbook.markdown.indexOf(code));
			const section = [...before.matchAll(/^## (.+)$/gm)].at(-1)?.[1] ?? '';
			return {name: `${runbook.id} ${text}`, index, language, section, block: blockOf(language, text)};
		}),
	);

	test('can be run: a shell only for what needs one', () => {
		const commands = blocks.filter(({language}) => language === 'console' || language === 'sh');
		expect(commands.filter(({block}) => block.kind === 'text').map(({name}) => name)).toEqual([]);
		const needless = commands.filter(
			({language, name}) => language === 'sh' && blockOf('console', name.slice(name.indexOf(' ') + 1)).kind === 'argv',
		);
		expect(needless.map(({name}) => name)).toEqual([]);
	});

	test('of a first look are known to read', () => {
		const changing = blocks
			.filter(({section, block}) => section === 'First look' && block.kind !== 'text' && !block.reads)
			.map(({name}) => name);
		expect(changing.filter((name) => !firstLooksThatChange.some((known) => name.startsWith(known)))).toEqual([]);
		expect(changing).toHaveLength(firstLooksThatChange.length);
	});
});
