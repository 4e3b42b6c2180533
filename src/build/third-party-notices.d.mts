/** The part of esbuild's metafile that names what is in an output. */
interface Outputs {
	readonly outputs: Readonly<Record<string, {readonly inputs: Readonly<Record<string, {readonly bytesInOutput: number}>>}>>;
}

export function bundledPackages(metafile: Outputs): readonly string[];
export function thirdPartyNotices(folders: readonly string[]): string;
