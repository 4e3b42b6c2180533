/** The parts of the README and the manual that are made from the code, so that they cannot grow old unnoticed. */
import {checkKinds, checkOf} from '../../src/checks/index.ts';
import {commandTable} from '../../src/commands/kit/command-table.ts';
import {configReference} from '../../src/config/config-reference.ts';
import {keyTableMarkdown} from '../../src/keys/keymap.ts';
import {manualTopics} from '../../src/runbooks/manual.ts';

const cell = (text: string) => text.replaceAll('|', String.raw`\|`);

function checkTable(): string {
	const rows = checkKinds.map((kind) => {
		const {title, why, serves, source, everyMs} = checkOf(kind);
		return `| \`${kind}\` | ${title} | ${why} | ${serves} | ${source} | ${everyMs / 1000} s |`;
	});
	return ['| check | title | why | protects | source | read every |', '|---|---|---|---|---|---|', ...rows].join('\n');
}

function commandRows(): string {
	const rows = commandTable.map(({name, summary}) => `| \`${`rounds ${name}`.trim()}\` | ${cell(summary)} |`);
	return ['| command | what it does |', '|---|---|', ...rows].join('\n');
}

function topicRows(): string {
	const rows = Object.entries(manualTopics).map(([topic, summary]) => `| [${topic}](src/manual/${topic}.md) | ${cell(summary)} |`);
	return ['| topic | about |', '|---|---|', ...rows].join('\n');
}

/** By file, then by the name in its markers. */
export const sections: Readonly<Record<string, Readonly<Record<string, () => string>>>> = {
	'README.md': {commands: commandRows, topics: topicRows},
	'src/manual/keys.md': {keys: () => keyTableMarkdown().trim()},
	'src/manual/checks.md': {checks: checkTable},
	'src/manual/configuration.md': {config: () => configReference().trim()},
};

/** The page with its made sections as they should be. Throws if a marker is missing. */
export function withSections(file: string, page: string): string {
	return Object.entries(sections[file] ?? {}).reduce((text, [name, make]) => {
		const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
		const from = text.indexOf(begin);
		const to = text.indexOf(end);
		if (from < 0 || to < from) throw new Error(`${file} has no ${begin} … ${end}`);
		return `${text.slice(0, from + begin.length)}\n${make()}\n${text.slice(to)}`;
	}, page);
}
