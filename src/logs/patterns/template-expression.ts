/** A pattern's template as a test of messages, for filters: it outlives the miner that found it. */
import {literalSource} from '../condition.ts';

/** The whole message must be of the template: any text stands for `<*>`, any blanks for a blank. */
export function templateExpression(template: string): RegExp {
	const words = template
		.trim()
		.split(/\s+/)
		.map((word) =>
			word
				.split('<*>')
				.map(literalSource)
				.join(String.raw`[\s\S]*?`),
		);
	return new RegExp(String.raw`^\s*${words.join(String.raw`\s+`)}\s*$`);
}
