import {expect, test} from 'vitest';
import {follow} from '../../src/runbooks/follow.ts';
import {headingFor} from '../../src/runbooks/heading-for.ts';
import {fakeRunbook} from '../views/runbook/fake-runbook.ts';

const pods = fakeRunbook(
	'pods',
	'Pods',
	'# Pods\n\n## First look\n\n## CrashLoopBackOff of a pod\n\n## ImagePullBackOff\n\n## Do it {#act}\n',
);
const deep = fakeRunbook('oom', 'OOM', 'x', {path: '/runbooks/memory/oom.md'});
const index = fakeRunbook('index', 'Index', 'x', {path: '/runbooks/nodes/index.md'});
const runbooks = [pods, deep, index];

test.each([
	['https://x.y/z', {kind: 'outside', url: 'https://x.y/z'}],
	['mailto:a@b.c', {kind: 'outside', url: 'mailto:a@b.c'}],
	['memory/oom.md', {kind: 'inside', runbook: deep}],
	['./memory/oom', {kind: 'inside', runbook: deep}],
	['nodes/', {kind: 'inside', runbook: index}],
	['/docs/runbooks/oom/', {kind: 'inside', runbook: deep}],
	['oom.md?plain=1', {kind: 'inside', runbook: deep}],
	['#first-look', {kind: 'inside', runbook: pods, line: 2}],
	['#act', {kind: 'inside', runbook: pods, line: 8}],
	['pods.md#First%2Dlook', {kind: 'inside', runbook: pods, line: 2}],
	['#gone', {kind: 'inside', runbook: pods, missing: 'pods has no heading #gone'}],
	['gone.md', {kind: 'nowhere', words: 'there is no runbook gone.md here'}],
	['%E0%A4%A', {kind: 'nowhere', words: 'there is no runbook %E0%A4%A here'}],
	['', {kind: 'nowhere', words: 'this link leads nowhere: its address is empty'}],
])('%s leads there', (href, destination) => {
	expect(follow(href, pods, runbooks)).toEqual(destination);
});

test('a link is relative to the file it is in', () => {
	expect(follow('../pods.md', deep, runbooks)).toEqual({kind: 'inside', runbook: pods});
});

test('the heading whose words all stand in the row is the right one', () => {
	expect(headingFor(pods, 'worker-1 ImagePullBackOff 0/1')).toBe('ImagePullBackOff');
	expect(headingFor(pods, 'api-1 CrashLoopBackOff first 0/1')).toBe('CrashLoopBackOff of a pod');
	expect(headingFor(pods, 'api-1 Running 1/1')).toBeUndefined();
});
