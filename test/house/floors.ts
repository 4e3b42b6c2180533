/**
 * The floors of the house, lowest first: a file imports from its own floor and from those above it in this list, which
 * are lower floors. One more floor is one more row here.
 */

export interface Floor {
	readonly folder: string;
	/** Lower floors that it may not use all the same. */
	readonly except?: readonly string[];
	/** True for the edge: elsewhere only files named `*-file.ts` touch the disk. */
	readonly disk: boolean;
	/** Packages of one kind that it may use, besides those that every floor may. */
	readonly packages: readonly ('sdk' | 'screen' | 'node')[];
}

const core = (name: string): Floor => ({folder: `src/${name}`, disk: false, packages: ['node']});
const edge = (name: string, rest: Partial<Floor> = {}): Floor => ({folder: `src/${name}`, disk: true, packages: ['node'], ...rest});

export const floors: readonly Floor[] = [
	core('base'),
	core('ports'),
	core('service'),
	core('keys'),
	core('logs'),
	core('checks'),
	core('runbooks'),
	core('config'),
	core('round'),
	core('triage'),
	core('outside'),
	core('ops-log'),
	edge('adapters', {packages: ['node', 'sdk']}),
	edge('demo', {except: ['src/adapters'], packages: ['node', 'sdk']}),
	edge('apps', {except: ['src/demo']}),
	edge('commands'),
	{folder: 'views', except: ['src/adapters', 'src/demo', 'src/commands'], disk: false, packages: ['screen']},
];

/** Folders that a file of the floor may import from, its own not counted. */
export function floorsBelow({folder, except = []}: Floor): readonly string[] {
	const lower = floors.slice(
		0,
		floors.findIndex((floor) => floor.folder === folder),
	);
	return lower.map((floor) => floor.folder).filter((name) => !except.includes(name));
}
