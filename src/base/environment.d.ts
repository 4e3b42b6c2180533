/** Variables of the environment that the program knows by name; the build puts in the last two. */
declare global {
	namespace NodeJS {
		interface ProcessEnv {
			UV_THREADPOOL_SIZE?: string;
			ROUNDS_VERSION?: string;
			ROUNDS_BUILD?: string;
		}
	}
}

export {};
