import { meanDirection } from './embedding.js';
import { ModelChainMismatchError } from './compare-templates.js';
import { decodeTemplate, encodeTemplate } from './template.js';

/** One template of several captures of one person: what is peculiar to one picture evens out, what belongs to
 *  the face stays. A single capture keeps its template, byte for byte, in a copy. */
export function averageTemplates(templates: readonly Uint8Array[]): Uint8Array {
  const [first, ...others] = templates;
  if (!first) throw new RangeError('no template to average');
  if (others.length === 0) return first.slice();
  const decoded = templates.map((template) => decodeTemplate(template));
  const { modelChain } = decodeTemplate(first);
  const stranger = decoded.find((template) => template.modelChain !== modelChain);
  if (stranger) throw new ModelChainMismatchError(modelChain, stranger.modelChain);
  return encodeTemplate({ modelChain, embedding: meanDirection(decoded.map(({ embedding }) => embedding)) });
}
