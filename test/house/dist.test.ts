/** What the build puts into the package: only the parts of the SDKs that are used. */
import {globSync, readFileSync, statSync} from 'node:fs';
import {parseSync} from 'oxc-parser';
import {expect, test} from 'vitest';
import {sourceFiles} from './imports.ts';

const facades: Readonly<Record<string, string>> = {
	'@kubernetes/client-node': 'src/adapters/kubernetes/client/client-node.ts',
	'@sentry/node': 'src/adapters/sentry/sentry-node.ts',
	conf: 'src/adapters/disk/conf-file.ts',
};

/** The packages whose values a file imports or hands on, as they are named; types cost nothing. */
function packagesOf(file: string): readonly string[] {
	const source = readFileSync(file, 'utf8');
	const {module} = parseSync(file, source);
	return [
		...module.staticImports
			.filter(({entries}) => entries.length === 0 || entries.some(({isType}) => !isType))
			.map(({moduleRequest}) => moduleRequest.value),
		...module.staticExports.flatMap(({entries}) =>
			entries.filter(({isType}) => !isType).flatMap(({moduleRequest}) => moduleRequest?.value ?? []),
		),
		...module.dynamicImports.map(({moduleRequest}) => source.slice(moduleRequest.start + 1, moduleRequest.end - 1)),
	];
}

test('imports the values of a large SDK in its facade only', () => {
	const found = sourceFiles.flatMap((file) =>
		packagesOf(file)
			.filter((name) => facades[name] !== undefined && facades[name] !== file)
			.map((name) => `${file}: ${name}`),
	);
	expect(found).toEqual([]);
	for (const [name, file] of Object.entries(facades)) expect(packagesOf(file)).toContain(name);
});

test('holds these files of the Kubernetes client and none of its models', () => {
	const {kubernetesClient} = JSON.parse(readFileSync('dist/build.json', 'utf8'));
	expect(kubernetesClient).toEqual([
		'dist/azure_auth.js',
		'dist/config.js',
		'dist/config_types.js',
		'dist/exec_auth.js',
		'dist/file_auth.js',
		'dist/gcp_auth.js',
		'dist/gen/auth/auth.js',
		'dist/gen/configuration.js',
		'dist/gen/http/http.js',
		'dist/gen/http/isomorphic-fetch.js',
		'dist/gen/middleware.js',
		'dist/gen/rxjsStub.js',
		'dist/gen/servers.js',
		'dist/middleware.js',
		'dist/oidc_auth.js',
		'package.json',
	]);
});

test('takes at most 6 MB without its source maps', () => {
	const files = globSync('dist/**/*').filter((file) => !file.endsWith('.map') && statSync(file).isFile());
	const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
	expect(bytes).toBeLessThanOrEqual(6_000_000);
	expect(bytes).toBeGreaterThan(1_000_000);
});
