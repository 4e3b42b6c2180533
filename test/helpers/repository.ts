import {globSync} from 'node:fs';

/** The files that a clone would have, relative to the root; folders that are made are left out. */
export function repositoryFiles(): readonly string[] {
	const made = /(?:^|\/)(?:node_modules|dist|coverage|release|\.git)(?:\/|$)/;
	return globSync(['**/*', '.*', '.github/**/*', '.ci/*'], {withFileTypes: true, exclude: (entry) => made.test(entry.name)})
		.filter((entry) => entry.isFile())
		.map((entry) => `${entry.parentPath.replace(process.cwd(), '').replace(/^\//, '')}/${entry.name}`.replace(/^\//, ''));
}
