/** The rules that the linter holds the house to. Its floors are listed in test/house/floors.ts. */
import {defineConfig, type OxlintOverride} from 'oxlint';
import {type Floor, floors, floorsBelow} from './test/house/floors.ts';

const packages = {
	sdk: ['@kubernetes/*', '@sentry/*', 'stripe', 'stripe/*', 'execa', 'conf', 'undici'],
	screen: ['ink', 'react', 'react/*'],
	node: ['node:*', 'node:*/*'],
} as const;
const disk = ['node:fs', 'node:fs/*'];
/** The one file that imports the values of a package, by name, so that the bundle holds no more of it. */
const facades = {
	'@kubernetes/client-node': 'src/adapters/kubernetes/client/client-node.ts',
	'@sentry/node': 'src/adapters/sentry/sentry-node.ts',
	conf: 'src/adapters/disk/conf-file.ts',
} as const;
/** Folders are at most this many levels below their floor. */
const depths = [0, 1, 2, 3];

/**
 * What the files of a floor may import, at one depth below it: no path that leaves the floor but those to lower floors,
 * and no package of a kind but those that the floor may use. A new folder is closed until floors.ts names it.
 */
function restricted(floor: Floor, depth: number, disk: readonly string[], facadeOf?: string): NonNullable<OxlintOverride['rules']> {
	const levels = depth + floor.folder.split('/').length;
	const up = '../'.repeat(levels);
	const out = floor.folder.startsWith('src/') ? '../'.repeat(levels - 1) : up;
	const below = floorsBelow(floor).flatMap((name) => [
		`!${up}${name}/**`,
		...(floor.folder.startsWith('src/') ? [`!${out}${name.replace('src/', '')}/**`] : []),
	]);
	const kinds = (['sdk', 'screen', 'node'] as const).filter((kind) => !floor.packages.includes(kind));
	return {
		'no-restricted-imports': [
			'error',
			{
				patterns: [
					{
						group: [`${out}**`, ...below],
						message: `${floor.folder} may import ${floorsBelow(floor).join(', ') || 'nothing of ours'} only (test/house/floors.ts).`,
					},
					...kinds.map((kind) => ({
						group: [...packages[kind]],
						message: `${floor.folder} may not use these packages (test/house/floors.ts).`,
					})),
					...Object.entries(facades)
						.filter(([name]) => floor.packages.includes('sdk') && name !== facadeOf)
						.map(([name, file]) => ({group: [name], allowTypeImports: true, message: `Only ${file} imports its values.`})),
					...(disk.length > 0
						? [{group: [...disk], message: 'Only files named *-file.ts, and the adapters, apps and commands, touch the disk.'}]
						: []),
				],
			},
		],
	};
}

const rows = floors.flatMap((floor) =>
	depths.flatMap((depth): OxlintOverride[] => {
		const place = `${floor.folder}${'/*'.repeat(depth)}`;
		const open = restricted(floor, depth, []);
		if (floor.disk || !floor.packages.includes('node')) return [{files: [`${place}/*.{ts,tsx}`], rules: open}];
		return [
			{files: [`${place}/*.ts`], rules: restricted(floor, depth, disk)},
			{files: [`${place}/*-file.ts`], rules: open},
		];
	}),
);

const facadeRows = floors
	.filter(({folder}) => folder === 'src/adapters')
	.flatMap((floor) =>
		Object.entries(facades).map(([name, file]): OxlintOverride => {
			const depth = file.split('/').length - 1 - floor.folder.split('/').length;
			return {files: [file], rules: restricted(floor, depth, [], name)};
		}),
	);

export default defineConfig({
	plugins: ['typescript', 'import', 'react', 'unicorn', 'promise', 'vitest'],
	categories: {correctness: 'error', suspicious: 'error'},
	rules: {
		'import/no-cycle': ['error', {ignoreTypes: false}],
		'import/no-unassigned-import': 'off',
		'import/no-named-as-default-member': 'off',
		'typescript/no-explicit-any': 'error',
		'typescript/no-unsafe-type-assertion': 'off',
		'typescript/no-floating-promises': 'error',
		'typescript/no-misused-promises': 'error',
		'typescript/switch-exhaustiveness-check': ['error', {considerDefaultExhaustiveForUnions: true}],
		'typescript/consistent-type-imports': 'error',
		'react/react-in-jsx-scope': 'off',
		'unicorn/no-array-sort': 'off',
		'unicorn/consistent-function-scoping': 'off',
		'promise/always-return': 'off',
		'promise/no-promise-in-callback': 'off',
		'promise/no-callback-in-promise': 'off',
		'eslint/no-shadow': 'off',
		'max-lines': ['error', {max: 320, skipBlankLines: true, skipComments: true}],
	},
	overrides: [...rows, ...facadeRows],
	ignorePatterns: ['dist', 'node_modules', 'coverage'],
});
