/** Holds markdown to short sentences. Code counts as one word. */
import type {TxtNode} from '@textlint/ast-node-types';
import type {TextlintRuleModule} from '@textlint/types';
import {textOf} from '../markdown.ts';
import {longest, wordsIn} from '../rules.ts';

/** A full stop inside an abbreviation ends no sentence. */
const abbreviation = /\b(?:e\.g|i\.e|etc|vs|approx)\./gi;

const rule: TextlintRuleModule = ({Syntax, RuleError, report}) => {
	const check = (node: TxtNode) => {
		const text = textOf(node).replaceAll(abbreviation, (found) => found.replaceAll('.', ''));
		for (const sentence of text.split(/(?<=[.?!:;][)”"’]?)\s+/)) {
			const words = wordsIn(sentence);
			if (words > longest) report(node, new RuleError(`${words} words in a sentence, at most ${longest}: "${sentence.slice(0, 60)}…"`));
		}
	};
	return {[Syntax.Paragraph]: check, [Syntax.Header]: check, [Syntax.TableCell]: check};
};
export default rule;
