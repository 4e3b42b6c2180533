/** The form of a commit message: Conventional Commits, with a subject that fits in one line of `git log --oneline`. */
export default {
	extends: ['@commitlint/config-conventional'],
	rules: {
		'header-max-length': [2, 'always', 72],
		// A paragraph of the body may be one line.
		'body-max-line-length': [0],
		'footer-max-line-length': [0],
	},
	ignores: [
		// The names of the packages it updates may be long.
		(message) => message.includes('Signed-off-by: dependabot[bot]'),
	],
};
