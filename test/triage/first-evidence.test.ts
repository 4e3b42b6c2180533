import {expect, it} from 'vitest';
import type {Finding, Reason} from '../../src/checks/kit/check.ts';
import {firstEvidence} from '../../src/triage/first-evidence.ts';

const reason = (status: Reason['status'], subject: string): Reason => ({status, subject, text: 'x'});
const finding = (reasons: readonly Reason[], texts: readonly string[]): Finding => ({
	status: 'critical',
	summary: '',
	short: '',
	reasons,
	evidence: texts.map((text) => ({id: text, check: 'health', text, at: 0})),
});
const texts = (of: Finding | undefined) => firstEvidence(of).map(({text}) => text);

it('has the evidence for the problems, the most severe first, without what is OK', () => {
	const reasons = [reason('critical', 'search'), reason('warning', 'staging'), reason('ok', 'production')];
	expect(texts(finding(reasons, ['production 200', 'staging 200, slow', 'search 503', 'docs 200']))).toEqual([
		'search 503',
		'staging 200, slow',
	]);
});

it('adds the other evidence when a problem names none of it', () => {
	const reasons = [reason('critical', 'api-1'), reason('warning', 'cus_7'), reason('ok', 'web-1')];
	expect(texts(finding(reasons, ['web-1 runs', 'payment pi_9 failed', 'api-1 died']))).toEqual(['api-1 died', 'payment pi_9 failed']);
});

it('has all evidence when nothing is wrong, and none without a result', () => {
	expect(texts(finding([], ['production 200']))).toEqual(['production 200']);
	expect(firstEvidence(undefined)).toEqual([]);
});
