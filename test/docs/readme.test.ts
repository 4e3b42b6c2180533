import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {expect, test} from 'vitest';
import {isManualTopic, manualTopics} from '../../src/runbooks/manual.ts';
import {commandTable} from '../../src/commands/kit/command-table.ts';
import {sections, withSections} from './sections.ts';

const topics = Object.keys(manualTopics);
const pages = ['README.md', ...topics.map((topic) => `src/manual/${topic}.md`)];
const textOf = (file: string) => readFileSync(file, 'utf8');

test.each(Object.keys(sections))('%s has its made tables as the code is (npm run docs)', (file) => {
	expect(withSections(file, textOf(file))).toBe(textOf(file));
});

test('keeps the README short enough to read at once', () => {
	expect(textOf('README.md').split('\n').length).toBeLessThanOrEqual(201);
});

test('has a page for each topic and no other page', () => {
	expect(readdirSync('src/manual').sort()).toEqual(topics.map((topic) => `${topic}.md`).sort());
	for (const topic of topics) expect(textOf(`src/manual/${topic}.md`)).toMatch(/^# \S/);
});

test.each(pages)('%s links to places that exist', (file) => {
	const prose = textOf(file).replaceAll(/^```[^]*?^```$/gm, '');
	const targets = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
	const local = targets.filter((target) => !/^(?:https?:|#|mailto:)/.test(target)).map((target) => target.replace(/#.*/, ''));
	expect(local.filter((target) => !existsSync(join(dirname(file), target)))).toEqual([]);
});

test.each(pages)('%s names only commands and topics that exist', (file) => {
	const text = textOf(file);
	const helps = [...text.matchAll(/rounds help ([a-z-]+)/g)].map(([, topic = '']) => topic);
	expect(helps.filter((topic) => !isManualTopic(topic))).toEqual([]);
	const names = new Set(commandTable.map(({name}) => name));
	const commands = [...text.matchAll(/`rounds ([a-z]+)/g)].map(([, name = '']) => name);
	expect(commands.filter((name) => !names.has(name))).toEqual([]);
});
