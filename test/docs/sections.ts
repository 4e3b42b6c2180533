/** The parts of the README that are made from the code, so that they cannot grow old unnoticed. */
import {checkKinds, checkOf} from '../../src/checks/index.ts';
import {configReference} from '../../src/config/config-reference.ts';
import {keyTableMarkdown} from '../../src/keys/keymap.ts';

function checkTable(): string {
	const rows = checkKinds.map((kind) => {
		const {title, why, serves, source, everyMs} = checkOf(kind);
		return `| \`${kind}\` | ${title} | ${why} | ${serves} | ${source} | ${everyMs / 1000} s |`;
	});
	return ['| check | title | why | serves | source | read every |', '|---|---|---|---|---|---|', ...rows].join('\n');
}

/** By the name in the README's markers. */
export const sections: Readonly<Record<string, () => string>> = {
	keys: () => `<details><summary>All keys</summary>\n\n${keyTableMarkdown().trim()}\n\n</details>`,
	checks: checkTable,
	config: () => `<details><summary>Every key of rounds.yaml</summary>\n\n${configReference().trim()}\n\n</details>`,
};

/** The README with its made sections as they should be. Throws where a marker is missing. */
export function withSections(readme: string): string {
	return Object.entries(sections).reduce((text, [name, make]) => {
		const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
		const from = text.indexOf(begin);
		const to = text.indexOf(end);
		if (from < 0 || to < from) throw new Error(`README.md has no ${begin} … ${end}`);
		return `${text.slice(0, from + begin.length)}\n${make()}\n${text.slice(to)}`;
	}, readme);
}
