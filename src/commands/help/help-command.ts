/** `rounds help`: lists the topics of the manual; with a topic, shows its page. */
import {join} from 'node:path';
import {readText} from '../../config/read-text-file.ts';
import {didYouMean} from '../../base/nearest.ts';
import {UserError} from '../../base/user-error.ts';
import {embeddedManual, isManualTopic, manualTopics} from '../../runbooks/manual.ts';

export interface HelpInput {
	readonly words: readonly string[];
	/** Names of the commands, which have help of their own. */
	readonly commands: readonly string[];
	readonly say: (text: string) => void;
	/** Of the terminal; undefined if standard output is not one. */
	readonly columns: number | undefined;
	/** Lays markdown out for a terminal of so many columns. */
	readonly draw: (markdown: string, columns: number) => Promise<string>;
}

function listText(): string {
	const topics = Object.entries(manualTopics);
	const width = Math.max(...topics.map(([topic]) => topic.length));
	return [
		'Topics of the manual:',
		'',
		...topics.map(([topic, summary]) => `  ${topic.padEnd(width)}  ${summary}`),
		'',
		'Run `rounds help TOPIC` to read one, `rounds COMMAND --help` for the options of a command.',
		'',
	].join('\n');
}

/**
 * Prints the list or the page and resolves to the exit code.
 * @throws UserError (64) for a topic that does not exist
 */
export async function help({words, commands, say, columns, draw}: HelpInput): Promise<number> {
	const [topic, ...more] = words;
	if (topic === undefined) {
		say(listText());
		return 0;
	}
	if (!isManualTopic(topic) || more.length > 0) {
		const names = [...Object.keys(manualTopics), ...commands];
		throw new UserError(`There is no topic "${words.join(' ')}"${didYouMean(words.join('-'), names)} (\`rounds help\` lists them)`);
	}
	// Markers tell which parts are made from the code; no one reads them.
	const markdown = (await readText(join(embeddedManual, `${topic}.md`))).replaceAll(/^<!-- .*-->\n/gm, '');
	say(columns === undefined ? markdown : await draw(markdown, columns));
	return 0;
}
