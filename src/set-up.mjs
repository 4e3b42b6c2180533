/**
 * Runs a script of package.json on a machine where anything may be missing: an old Node, no packages, no build.
 * Plain JavaScript, because it must run on Node 20 before anything is installed.
 */
import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, readdirSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const [task, ...rest] = process.argv.slice(2);
const needed = [22, 12];

/** Runs a program; its output goes to stderr so that stdout keeps to the data. Ends this process where it fails. */
function must(program, args, stdio = ['ignore', 2, 2]) {
	const {status, signal, error} = spawnSync(program, args, {stdio, shell: process.platform === 'win32'});
	if (status !== 0) {
		if (error) console.error(`rounds: cannot run ${program}: ${error.message}`);
		process.exit(status ?? (signal ? 1 : 69));
	}
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
	if (process.env.ROUNDS_SET_UP) {
		console.error(`rounds: npm gave Node ${process.versions.node} again; install Node ${needed.join('.')} or newer`);
		process.exit(69);
	}
	console.error(`rounds: this is Node ${process.versions.node}, ${needed.join('.')} or newer is needed; running with Node 24 from npm`);
	process.on('SIGINT', () => {});
	const {status} = spawnSync('npm', ['exec', '--yes', '--package=node@24', '--', 'node', fileURLToPath(import.meta.url), task, ...rest], {
		stdio: 'inherit',
		env: {...process.env, ROUNDS_SET_UP: '1'},
		shell: process.platform === 'win32',
	});
	process.exit(status ?? 1);
}
delete process.env.ROUNDS_SET_UP;

const installed = path.join('node_modules', '.package-lock.json');
/** What npm ci installs from: a newer one of these asks for it again. */
const installs = ['package-lock.json', ...readdirSync('patches').map((name) => path.join('patches', name))];
if (!existsSync(installed) || installs.some((file) => statSync(installed).mtimeMs < statSync(file).mtimeMs - 1000)) {
	console.error('rounds: installing packages');
	must('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}

/** True where dist/ was built from exactly the sources that are here. */
function built() {
	try {
		const {inputs, sha256} = JSON.parse(readFileSync('dist/build.json', 'utf8'));
		const digest = createHash('sha256');
		for (const file of inputs) digest.update(file).update(readFileSync(file));
		return digest.digest('hex') === sha256;
	} catch {
		return false;
	}
}
if (!built()) must(process.execPath, ['esbuild.config.mjs']);

const vitest = path.join('node_modules', 'vitest', 'vitest.mjs');
const tasks = {
	start: ['dist/cli.js', 'demo'],
	test: [vitest, 'run'],
	'test:real': [vitest, 'run', '--config', 'vitest.real.config.ts'],
	bench: ['test/bench/bench.ts'],
	docs: ['test/docs/readme.ts'],
	picture: ['test/docs/picture.ts'],
};
const [script, ...args] = tasks[task] ?? [];
if (!script) {
	console.error(`rounds: no task ${task}; there are ${Object.keys(tasks).join(', ')}`);
	process.exit(64);
}
process.argv = [process.execPath, path.resolve(script), ...args, ...rest];
await import(pathToFileURL(path.resolve(script)).href);
