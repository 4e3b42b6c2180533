/** A pattern's template as a test of messages, for filters: it outlives the miner that found it. */
import {literalSource} from './condition.ts';
import {deepest} from '../patterns/request-shape.ts';

/** `GET /api/users/<*> 2xx`. */
const request = /^[A-Z]+ \/\S* \dxx$/;

/** In a request a value is a part of the path, or all that is deeper than is distinguished. */
const inPath = (path: string, last: boolean) => (last && path.split('/').length > deepest ? String.raw`\S*` : String.raw`[^\s\/]*`);

/**
 * The whole message must be of the template: any text means `<*>`, any blanks for a blank. In a request `<*>` is one
 * part of the path: who wants `/users/<*>` does not want what lies below it.
 */
export function templateExpression(template: string): RegExp {
	const isRequest = request.test(template.trim());
	const words = template
		.trim()
		.split(/\s+/)
		.map((word) =>
			word
				.split('<*>')
				.map(literalSource)
				.reduce((before, after) => before + (isRequest ? inPath(word, after === '') : String.raw`[\s\S]*?`) + after),
		);
	return new RegExp(String.raw`^\s*${words.join(String.raw`\s+`)}\s*$`);
}
