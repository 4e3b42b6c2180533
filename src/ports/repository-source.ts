/** Vulnerabilities and builds of the repository. */

export interface Vulnerability {
	readonly repository: string;
	readonly id: string;
	readonly package: string;
	readonly severity: 'low' | 'medium' | 'high' | 'critical';
	readonly summary: string;
	readonly url: string;
	readonly createdAt: number;
}

export interface Build {
	readonly repository: string;
	readonly workflow: string;
	readonly branch: string;
	readonly conclusion: string;
	readonly url: string;
	readonly at: number;
}

export interface RepositorySource {
	readonly repositories: readonly string[];
	readonly read: (signal: AbortSignal) => Promise<{
		readonly vulnerabilities: readonly Vulnerability[];
		readonly builds: readonly Build[];
		/** What could not be read, one sentence each; that part is unknown, not fine. */
		readonly missing?: readonly string[];
	}>;
}
