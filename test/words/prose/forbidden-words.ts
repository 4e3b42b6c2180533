/** Holds markdown to the words of the style guide: no word that a reader has to decode. */
import type {TxtNode} from '@textlint/ast-node-types';
import type {TextlintRuleModule} from '@textlint/types';
import {textOf} from '../markdown.ts';
import {forbiddenIn} from '../rules.ts';

const rule: TextlintRuleModule = ({Syntax, RuleError, report}) => {
	const check = (node: TxtNode) => {
		for (const fault of forbiddenIn(textOf(node))) report(node, new RuleError(fault));
	};
	return {[Syntax.Paragraph]: check, [Syntax.Header]: check, [Syntax.TableCell]: check};
};
export default rule;
