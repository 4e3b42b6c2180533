/**
 * Builds dist/: one ESM bundle in chunks, so that `rounds --version` loads almost nothing, the first frame loads
 * Ink and React, and every SDK waits until its source is asked.
 */
import {createHash} from 'node:crypto';
import {cp, mkdir, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {build} from 'esbuild';
import {bundledPackages, thirdPartyNotices} from './src/build/third-party-notices.mjs';

const out = 'dist';
const packageJson = JSON.parse(await readFile('package.json', 'utf8'));

/** Yoga inlines its WebAssembly as base64 and fetches it; reading it from a file next to the bundle is some 25 ms quicker. */
const yogaFromFile = {
	name: 'yoga-from-file',
	setup(context) {
		context.onLoad({filter: /yoga-layout[\\/]dist[\\/]src[\\/]index\.js$/}, async ({path: file}) => ({
			contents: (await readFile(file, 'utf8'))
				.replace('await loadYoga()', "await loadYoga({wasmBinary: readFileSync(new URL('./yoga.wasm', import.meta.url))})")
				.replace(/^/, "import {readFileSync} from 'node:fs';\n"),
			loader: 'js',
		}));
		context.onLoad({filter: /yoga-wasm-base64-esm\.js$/}, async ({path: file}) => {
			const source = await readFile(file, 'utf8');
			const payload = /data:application\/octet-stream;base64,([A-Za-z0-9+/=]+)/.exec(source);
			if (!payload) throw new Error(`${file}: no inlined WebAssembly found; yoga-layout changed its build`);
			await writeFile(path.join(out, 'chunks', 'yoga.wasm'), Buffer.from(payload[1], 'base64'));
			return {contents: source.replace(payload[0], ''), loader: 'js'};
		});
	},
};

/**
 * string-width spends 25 ms on its Unicode tables as it loads, and as much again in each copy of it at the first
 * character beyond ASCII. Text of letters, punctuation, arrows and boxes that are one column each and join nothing needs
 * no table; the rest asks the one copy that is kept, once it is needed.
 */
const widthWithoutTables = {
	name: 'width-without-tables',
	setup(context) {
		const whole = path.resolve('node_modules/string-width/index.js');
		context.onResolve({filter: /^string-width$/}, () => ({path: 'string-width', namespace: 'narrow-first'}));
		context.onLoad({filter: /.*/, namespace: 'narrow-first'}, () => ({
			contents: `
				import stripAnsi from 'strip-ansi';
				import {narrow} from ${JSON.stringify(path.resolve('views/ink/narrow.ts'))};
				export default function stringWidth(input, options = {}) {
					if (typeof input !== 'string' || input === '') return 0;
					const text = options.countAnsiEscapeCodes ? input : stripAnsi(input);
					if (options.ambiguousIsNarrow !== false && narrow.test(text)) return text.length;
					return require(${JSON.stringify(whole)}).default(text, options);
				}`,
			resolveDir: path.dirname(whole),
			loader: 'js',
		}));
	},
};

/**
 * The Kubernetes client does not say that its modules only define things, so esbuild would keep all its models for the
 * few classes that are used. Its one module with an effect adds `File`, which every Node that runs this has.
 */
const clientByName = {
	name: 'client-by-name',
	setup(context) {
		context.onResolve({filter: /^\.{1,2}\//}, ({path: file, resolveDir}) => {
			if (!/@kubernetes[\\/]client-node[\\/]dist/.test(resolveDir)) return undefined;
			return {path: path.resolve(resolveDir, file), sideEffects: false};
		});
	},
};

const banner = "import {createRequire as __createRequire} from 'node:module';const require=__createRequire(import.meta.url);";

/**
 * To import one of Node's own modules reads every property it has, those too that load half of Node as they are read:
 * 29 ms for node:http, 6 for node:process, 3 each for node:fs and node:util. What is required costs nothing of that.
 * Blanks take the place of each import, so that the columns behind it, and with them the source map, stay right; what
 * requires goes to the end of the banner's line, which holds nothing that is mapped.
 */
function builtinsRequired(code) {
	const required = [];
	const pattern = /import(?: ([\w$]+))?,?(?:\*as ([\w$]+)|\{([^{}"\n]+)\})? ?from"(node:[\w/]+)";/g;
	const rest = code.replaceAll(pattern, (statement, byDefault, whole, names, module) => {
		for (const name of [byDefault, whole]) if (name) required.push(`${name}=require("${module}")`);
		if (names) required.push(`{${names.replaceAll(' as ', ':')}}=require("${module}")`);
		return ' '.repeat(statement.length);
	});
	if (required.length === 0) return code;
	if (!code.includes(`${banner}\n`)) throw new Error('the banner does not stand on a line of its own; esbuild changed how it writes it');
	// At the top, where imports take effect wherever they are.
	return rest.replace(`${banner}\n`, () => `${banner}const ${required.join(',')};\n`);
}

/** What is kept of one build's work is not taken for another's: all that the bundle is made of. */
const sourceDigest = createHash('sha256').update(await readFile('package-lock.json'));
for (const file of (await readdir('src', {recursive: true, withFileTypes: true}))
	.filter((entry) => entry.isFile())
	.map(({parentPath, name}) => path.join(parentPath, name))
	.sort())
	sourceDigest.update(file).update(await readFile(file));

await rm(out, {recursive: true, force: true});
await mkdir(path.join(out, 'chunks'), {recursive: true});
const bundle = {
	bundle: true,
	format: 'esm',
	platform: 'node',
	target: 'node20',
	outdir: out,
	splitting: true,
	chunkNames: 'chunks/[name]-[hash]',
	minifySyntax: true,
	minifyWhitespace: true,
	keepNames: true,
	sourcemap: 'linked',
	sourcesContent: false,

	legalComments: 'linked',
	logLevel: 'warning',
	define: {
		'process.env.NODE_ENV': '"production"',
		'process.env.ROUNDS_VERSION': JSON.stringify(packageJson.version),
		'process.env.ROUNDS_BUILD': JSON.stringify(sourceDigest.digest('hex')),
	},
	// Ink loads it with DEV=true only, and works without it.
	external: ['react-devtools-core'],
	plugins: [yogaFromFile, widthWithoutTables, clientByName],
};
const built = await build({
	...bundle,
	entryPoints: {cli: 'src/cli.ts', schemas: 'src/config/schemas.ts'},
	metafile: true,
	banner: {js: banner},
});
for (const file of Object.keys(built.metafile.outputs).filter((name) => name.endsWith('.js')))
	await writeFile(file, builtinsRequired(await readFile(file, 'utf8')));

const {schemas} = await import(path.resolve(out, 'schemas.js'));
for (const [file, schema] of Object.entries(schemas()))
	await writeFile(path.join(out, file), `${JSON.stringify(schema, undefined, '\t')}\n`);
await rm(path.join(out, 'schemas.js'));

const packages = bundledPackages(built.metafile);
await writeFile(path.join(out, 'THIRD-PARTY-NOTICES.txt'), thirdPartyNotices(packages));

await cp('src/manual', path.join(out, 'manual'), {recursive: true});
const manual = (await readdir('src/manual')).map((name) => path.join('src/manual', name));

/** What `npm start` compares to know whether the build is older than the source. */
const inputs = [
	'esbuild.config.mjs',
	'patches/ink+8.0.0.patch',
	...manual,
	'src/build/third-party-notices.mjs',
	...Object.keys(built.metafile.inputs),
]
	.filter((file) => !file.includes('node_modules') && !file.startsWith('narrow-first:'))
	.sort((a, b) => (a < b ? -1 : 1));
const digest = createHash('sha256');
for (const file of inputs) digest.update(file).update(await readFile(file));
/** What is left of the Kubernetes client, for the test that keeps its models out. */
const clientPlace = 'node_modules/@kubernetes/client-node/';
const kubernetesClient = Object.values(built.metafile.outputs)
	.flatMap((output) => Object.entries(output.inputs))
	.filter(([file, {bytesInOutput}]) => file.startsWith(clientPlace) && bytesInOutput > 0)
	.map(([file]) => file.slice(clientPlace.length))
	.sort();
/** How many bytes of each file of Ink came in, for the test that the build alters none. */
const ink = Object.entries(built.metafile.inputs).flatMap(([file, {bytes}]) =>
	file.startsWith('node_modules/ink/') ? [[file, bytes]] : [],
);
await writeFile(path.join(out, 'build.json'), JSON.stringify({inputs, sha256: digest.digest('hex'), packages, kubernetesClient, ink}));
