/** An import that the house forbids is a lint error in every folder, and one that it allows is none. */
import {execFileSync} from 'node:child_process';
import {cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join, relative, resolve} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {type Floor, floors, floorsBelow} from './floors.ts';
import {sourceFiles} from './imports.ts';

const root = mkdtempSync(join(tmpdir(), 'rounds-house-'));
afterAll(() => rmSync(root, {recursive: true, force: true}));

interface Finding {
	readonly filename: string;
	readonly labels: readonly {readonly span: {readonly line: number}}[];
}

/** `FILE:LINE` of each import that the linter forbids. */
function lint(): ReadonlySet<string> {
	let out: string;
	const argv = [resolve('node_modules/oxlint/bin/oxlint'), '-A', 'all', '-D', 'no-restricted-imports', '-f', 'json', 'src', 'views'];
	try {
		out = execFileSync(process.execPath, argv, {cwd: root, encoding: 'utf8'});
	} catch (error) {
		out = (error as {readonly stdout: string}).stdout;
	}
	const {diagnostics} = JSON.parse(out) as {readonly diagnostics: readonly Finding[]};
	return new Set(diagnostics.map(({filename, labels}) => `${filename}:${labels[0]?.span.line}`));
}

const packagesOf = {sdk: 'stripe', screen: 'ink', node: 'node:path'} as const;
const kinds = ['sdk', 'screen', 'node'] as const;

/** The lines of a planted file, and which of them are wrong there. */
function planted(floor: Floor, folder: string): readonly (readonly [line: string, wrong: boolean])[] {
	const below = floorsBelow(floor);
	return [
		...floors.map(({folder: to}) => [`import '${relative(folder, `${to}/x.ts`)}';`, to !== floor.folder && !below.includes(to)] as const),
		...kinds.map((kind) => [`import '${packagesOf[kind]}';`, !floor.packages.includes(kind)] as const),
		["import 'node:fs/promises';", !floor.disk],
		["import 'zod';", false],
	];
}

test('forbids every wrong import in every folder, and no right one', () => {
	cpSync('oxlint.config.ts', join(root, 'oxlint.config.ts'));
	cpSync('test/house/floors.ts', join(root, 'test/house/floors.ts'));
	cpSync('package.json', join(root, 'package.json'));
	symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
	const folders = [...new Set(sourceFiles.map((file) => dirname(file)))].filter((folder) => folder !== 'src');
	const wanted: string[] = [];
	for (const folder of [...folders, ...floors.map((floor) => `${floor.folder}/a-new-folder`)]) {
		const floor = floors.find((one) => folder === one.folder || folder.startsWith(`${one.folder}/`));
		if (floor === undefined) throw new Error(`${folder} is on no floor`);
		const lines = planted(floor, folder);
		mkdirSync(join(root, folder), {recursive: true});
		writeFileSync(join(root, folder, 'planted.ts'), `${lines.map(([line]) => line).join('\n')}\nexport {};\n`);
		wanted.push(...lines.flatMap(([, wrong], at) => (wrong ? [`${folder}/planted.ts:${at + 1}`] : [])));
	}
	expect([...lint()].sort()).toEqual(wanted.sort());
});
