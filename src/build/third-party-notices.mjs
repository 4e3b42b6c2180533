/** The licences of the packages whose code the build puts into dist/. Plain JavaScript, because the build runs on Node 22.12. */
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';

/** The folder of a package: `node_modules/@scope/name`, also below another package. */
const packageFolder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;
/** Apache licences ask that a NOTICE file goes with the code. */
const licenceFile = /^(?:licen[cs]e|copying|copyright|notice)(?:[._-].*)?$/i;

/** The folders of all packages with at least one byte in an output of the build. */
export function bundledPackages({outputs}) {
	const folders = Object.values(outputs).flatMap(({inputs}) =>
		Object.entries(inputs).flatMap(([file, {bytesInOutput}]) => (bytesInOutput > 0 ? (packageFolder.exec(file)?.[0] ?? []) : [])),
	);
	return [...new Set(folders)].sort();
}

function readPackage(folder) {
	const {name, version, license, author} = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
	const files = readdirSync(folder, {withFileTypes: true}).filter((entry) => entry.isFile() && licenceFile.test(entry.name));
	const texts = files.map((entry) => readFileSync(path.join(folder, entry.name), 'utf8').trim()).filter((text) => text !== '');
	return {title: `${name} ${version}`, license: license ?? 'not stated', author: author?.name ?? author ?? 'not stated', texts};
}

/** The text of THIRD-PARTY-NOTICES.txt: first the packages without a licence file, then each licence in full. */
export function thirdPartyNotices(folders) {
	// A package may be installed in two places.
	const packages = [...new Map(folders.map(readPackage).map((one) => [one.title, one])).values()];
	const without = packages.filter(({texts}) => texts.length === 0);
	const line = '-'.repeat(80);
	return [
		`rounds contains code of ${packages.length} packages. Each has the licence below.`,
		...(without.length === 0
			? []
			: [
					'These packages have no licence file. Their package.json names this licence and this author:',
					without.map(({title, license, author}) => `  ${title}: ${license}, ${author}`).join('\n'),
				]),
		...packages
			.filter(({texts}) => texts.length > 0)
			.map(({title, license, texts}) => [line, title, `Licence: ${license}`, ...texts].join('\n\n')),
		'',
	].join('\n\n');
}
