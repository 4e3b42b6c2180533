/**
 * Makes the files of a release in one folder: the tarball, its list of packages (an SBOM) and the release notes.
 * Usage: npm run release:files -- [--built] [FOLDER]. With --built, dist/ is used as it is.
 */
import {execFileSync} from 'node:child_process';
import {createWriteStream, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {pipeline} from 'node:stream/promises';
import {parseArgs} from 'node:util';
import {ConventionalChangelog} from 'conventional-changelog';

const {values, positionals} = parseArgs({options: {built: {type: 'boolean', default: false}}, allowPositionals: true});
const folder = path.resolve(positionals[0] ?? 'release');
const shell = process.platform === 'win32';
const npm = (...args) => execFileSync('npm', args, {encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 64e6, shell});
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** All packages are devDependencies. npm lists the tools too, but only the packages whose code is in dist/ reach a user. */
function softwareBillOfMaterials() {
	const whole = JSON.parse(npm('sbom', '--include=dev', '--sbom-format', 'cyclonedx'));
	const shipped = new Set(readJson('dist/build.json').packages.map((place) => nameAndVersion(readJson(path.join(place, 'package.json')))));
	const product = whole.metadata.component;
	const known = new Set([product['bom-ref'], ...shipped]);
	return {
		...whole,
		// npm takes the name of the folder.
		metadata: {...whole.metadata, component: {...product, type: 'application', name: readJson('package.json').name}},
		components: whole.components
			.filter((component) => shipped.has(nameAndVersion(component)))
			// All are in the bundle, so npm's mark "development" is wrong. The place of the download is not published.
			.map(({externalReferences = [], ...component}) => ({
				...component,
				properties: [],
				externalReferences: externalReferences.filter(({type}) => type !== 'distribution'),
			})),
		dependencies: whole.dependencies
			.filter(({ref}) => known.has(ref))
			.map(({ref, dependsOn = []}) => ({ref, dependsOn: dependsOn.filter((name) => known.has(name))})),
	};
}

const nameAndVersion = ({name, version}) => `${name}@${version}`;

mkdirSync(folder, {recursive: true});
if (!values.built) npm('run', 'build');
const [{filename}] = JSON.parse(npm('pack', '--ignore-scripts', '--json', '--pack-destination', folder));
const stem = filename.replace(/\.tgz$/, '');
writeFileSync(path.join(folder, `${stem}.cdx.json`), `${JSON.stringify(softwareBillOfMaterials(), undefined, '\t')}\n`);
const notes = new ConventionalChangelog(process.cwd()).readPackage().loadPreset('conventionalcommits');
await pipeline(notes.writeStream(), createWriteStream(path.join(folder, `${stem}-notes.md`)));
console.log([filename, `${stem}.cdx.json`, `${stem}-notes.md`].map((name) => path.join(folder, name)).join('\n'));
